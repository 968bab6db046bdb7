"""What all records of the model share: strict keys, frozen values, fields that explain themselves."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""Identifiers that become part of an address: lower-case Latin letters, digits and single hyphens."""

CUE_ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
"""Cue identifiers become anchors (`#q042`); WebVTT allows more, an address does not."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
CueId = Annotated[str, StringConstraints(pattern=CUE_ID_PATTERN)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that must say something: surrounding white space is cut off, what is left is not empty."""


class Record(BaseModel):
    """A frozen mapping from a YAML file. Unknown keys are refused, so that no typing slip is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def told(ja: str, en: str, default: Any = ..., **more: Any) -> Any:
    """A field with its label in Japanese (`ja`) and its meaning in English (`en`).

    Both are shown by editors that read the JSON Schema, and in the generated format reference. Without `default` the
    field is required. `more` goes to `pydantic.Field` (`ge`, `le`, `examples` ...).
    """
    return Field(default, title=ja, description=en, **more)
