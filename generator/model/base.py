"""What all records of the model share: strict keys, frozen values, fields that explain themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""Identifiers that become part of an address: lower-case Latin letters, digits and single hyphens."""

MAX_SLUG_CHARACTERS = 80
"""Longer ones break file systems and mails that quote an address."""

RESERVED_SLUG_PATTERN = r"^(?:index|page-[0-9]+)$"
"""Addresses below `cases/` that its own list has: its first page and `page-2/`, `page-3/` ... No case can have them."""

CUE_ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
"""Cue identifiers become anchors (`#q042`); WebVTT allows more, an address does not."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=MAX_SLUG_CHARACTERS)]
CueId = Annotated[str, StringConstraints(pattern=CUE_ID_PATTERN)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that must say something: surrounding white space is cut off, what is left is not empty."""


class Target(StrEnum):
    """Where the thing is described that an identifier names. The first eight are lists that all cases share."""

    DEPARTMENT = "departments"
    PRODUCT = "products"
    COMPETITOR = "competitors"
    INDUSTRY = "industries"
    TAG = "tags"
    SHARED_NEED = "needs"
    AUDIENCE = "audiences"
    CHALLENGE = "challenges"
    CASE = "case"
    """A folder of cases/."""
    INSIGHT = "insight"
    """An insight of any case, `2025-07-rugged-laptop#i2`."""
    INSIGHT_OF_CASE = "insight-of-case"
    """An insight of the case that stands beside it under `case`."""
    OWN_NEED = "own-need"
    """A need of the same value map."""
    OWN_NOTE = "own-note"
    """A note of the same review."""
    CUES = "cues"
    """Cues of the case's transcript, or of the one beside it under `case`, with the words beside them under `quote`."""
    VOICE = "voice"
    """A speaker of the case's transcript."""


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a text of a record as an identifier that must exist elsewhere; `generator.validate` looks it up."""

    target: Target


DepartmentId = Annotated[Slug, RefersTo(Target.DEPARTMENT)]
ProductId = Annotated[Slug, RefersTo(Target.PRODUCT)]
CompetitorId = Annotated[Slug, RefersTo(Target.COMPETITOR)]
IndustryId = Annotated[Slug, RefersTo(Target.INDUSTRY)]
TagId = Annotated[Slug, RefersTo(Target.TAG)]
SharedNeedId = Annotated[Slug, RefersTo(Target.SHARED_NEED)]
AudienceId = Annotated[Slug, RefersTo(Target.AUDIENCE)]
ChallengeId = Annotated[Slug, RefersTo(Target.CHALLENGE)]
CaseId = Annotated[Slug, RefersTo(Target.CASE)]
Only = tuple[AudienceId, ...] | None
"""Audiences to which something is limited: all readers of the case when None, nobody when empty."""


class Record(BaseModel):
    """A frozen mapping from a YAML file. Unknown keys are refused, so that no typing slip is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def told(ja: str, en: str, default: Any = ..., **more: Any) -> Any:
    """A field with its label in Japanese (`ja`) and its meaning in English (`en`).

    Both are shown by editors that read the JSON Schema, and in the generated format reference. Without `default` the
    field is required. `more` goes to `pydantic.Field` (`ge`, `le`, `examples` ...).
    """
    return Field(default, title=ja, description=en, **more)


def told_only() -> Any:
    """The field `only`, by which a single thing is limited to some audiences."""
    return told("閲覧できる対象", "Audiences that may see it; all readers of the case when left out", None)
