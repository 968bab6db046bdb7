"""The reference pages of all problems and of all file formats, made from the codes, the model and the catalogues.

`docs/reference/problems.md` and `formats.md` in English, `problems.ja.md` and `formats.ja.md` in Japanese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Final

from pydantic.fields import FieldInfo

from generator.model.base import SLUG_PATTERN, Record, RefersTo, Target
from generator.model.deals import HEADINGS
from generator.problems import Code, Severity
from generator.texts import LANGUAGES, Texts, load_texts
from generator.validate.fields import Shape, record_paths, shapes
from generator.validate.records import allowed_range
from generator.validate.schemas import FILES, TABLES, first_paragraph

EXAMPLE_VALUES: Final = {
    "allowed": "1 … 5",
    "at": "q045",
    "case": "2025-07-rugged-laptop",
    "chain": "n1 → n2 → n1",
    "character": "：",
    "code_point": "U+0000",
    "count": "3",
    "cue": "q402",
    "cues": "q042",
    "decision": "2025-08-01",
    "duration": "00:12:40.000",
    "end": "00:12:52.300",
    "first": "q045",
    "found": "…",
    "half": ":",
    "id": "i1",
    "ids": "q042",
    "interview": "2025-07-18",
    "key": "title",
    "known": "…",
    "last": "q042",
    "least": "1",
    "limit": "80",
    "limit_mb": "2",
    "line": "12",
    "list": "departments",
    "mark": '"',
    "missing": "outcome",
    "most": "5",
    "name": "&id",
    "person": "plant-manager",
    "other": "audio.m4a",
    "path": "../audio.m4a",
    "quote": "手袋のまま使えない",
    "reason": "…",
    "said": "手袋をしたままだと使えないんです",
    "shown": "case\\u200b.yml",
    "size_mb": "3.1",
    "source": "casebook.yml",
    "tag": "!ref",
    "voice": "話者1",
    "written": "…",
}
"""What the reference page shows where a message names the editor's own words."""

_TERM_SOURCES: Final = {Target.CHALLENGE: "challenges.yml"}
_KINDS: Final = {str: "text", int: "whole", float: "number", bool: "truth", dt.date: "date"}


def write_reference(folder: Path) -> None:
    """Write the four reference pages into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reference_texts().items():
        (folder / name).write_text(text, encoding="utf-8")


def reference_texts() -> dict[str, str]:
    """The pages by file name."""
    pages = {}
    for language in LANGUAGES:
        ending = ".md" if language == "en" else f".{language}.md"
        texts = load_texts(language)
        pages[f"problems{ending}"] = "\n".join(_problems(texts)) + "\n"
        pages[f"formats{ending}"] = "\n".join(_formats(texts)) + "\n"
    return pages


def _problems(texts: Texts) -> Iterator[str]:
    yield f"# {texts.gettext('Reference.problems')}"
    yield ""
    yield texts.gettext("Reference.problems.intro")
    yield ""
    for severity in Severity:
        yield f"- **{texts.label(severity)}** - {texts.gettext(f'Reference.severity.{severity.value}')}"
    for code in Code:
        what, follows, write = (
            _example(texts.gettext(f"Code.{code.value}.{part}")) for part in ("what", "follows", "write")
        )
        yield ""
        yield f"## {code.value}"
        yield ""
        yield f"**{texts.gettext(f'Code.{code.value}.title')}** ({texts.label(code.severity)})"
        yield ""
        for label, text in (("what", what), ("follows", follows), ("write", write)):
            yield f"- {texts.gettext(f'Reference.{label}')} {_escaped(text)}"


def placeholders(text: str) -> set[str]:
    """The names in braces in a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _example(text: str) -> str:
    return text.format_map(EXAMPLE_VALUES)


def _formats(texts: Texts) -> Iterator[str]:
    yield f"# {texts.gettext('Reference.formats')}"
    yield ""
    yield texts.gettext("Reference.formats.intro")
    described: dict[type[Record], str] = {}
    for shown, record in FILES.values():
        yield ""
        yield f"## {shown}"
        for place, inner in record_paths(record):
            yield ""
            if place:
                yield f"### {shown} `{place}`"
                yield ""
            if inner in described:
                yield f"{texts.gettext('Reference.same')} {described[inner]}"
                continue
            described[inner] = f"{shown} `{place}`" if place else shown
            if place and texts.language == "en":
                yield first_paragraph(inner)
                yield ""
            columns = ("key", "meaning", "required", "values", "example")
            yield "| " + " | ".join(texts.gettext(f"Reference.{column}") for column in columns) + " |"
            yield "|" + " --- |" * len(columns)
            for name, shape in shapes(inner).items():
                yield _row(name, shape, inner.model_fields[name], texts)
    for shown, record in TABLES.values():
        yield ""
        yield f"## {shown}"
        yield ""
        yield texts.gettext("Reference.table.intro")
        yield ""
        heads = ("column", "headings", "meaning", "required", "values", "example")
        yield "| " + " | ".join(texts.gettext(f"Reference.{head}") for head in heads) + " |"
        yield "|" + " --- |" * len(heads)
        for name, shape in shapes(record).items():
            row = _row(name, shape, record.model_fields[name], texts)
            headings = ", ".join((record.model_fields[name].title or "", *HEADINGS[name]))
            yield row.replace(f"| `{name}` |", f"| `{name}` | {headings} |", 1)


def _row(name: str, shape: Shape, field: FieldInfo, texts: Texts) -> str:
    meaning = field.title if texts.language == "ja" else field.description
    required = texts.gettext("Reference.yes") if field.is_required() else ""
    cells = (f"`{name}`", meaning or "", required, _values(shape, texts), _examples(field))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _examples(field: FieldInfo) -> str:
    return ", ".join(f"`{_as_yaml(example)}`" for example in field.examples or ())


def _as_yaml(example: object) -> str:
    return f"[{', '.join(map(str, example))}]" if isinstance(example, list) else str(example)


def _values(shape: Shape, texts: Texts) -> str:
    """What may be written, in words."""
    target = next((constraint.target for constraint in shape.constraints if isinstance(constraint, RefersTo)), None)
    if shape.record:
        kind = texts.gettext("Reference.keys")
    elif shape.words:
        kind = ", ".join(_word(word, shape.kind, texts) for word in shape.words)
    elif target:
        source = _TERM_SOURCES.get(target, "casebook.yml")
        kind = texts.gettext(f"Reference.target.{_target_group(target)}").format(list=target.value, source=source)
    else:
        is_slug = any(getattr(constraint, "pattern", None) == SLUG_PATTERN for constraint in shape.constraints)
        kind = texts.gettext(f"Reference.kind.{'slug' if is_slug else _KINDS[shape.kind]}")
        allowed = allowed_range(shape)
        kind += f" ({allowed})" if allowed else ""
    return texts.gettext("Reference.list").format(kind=kind) if shape.is_list else kind


def _target_group(target: Target) -> str:
    special = (Target.CASE, Target.INSIGHT, Target.INSIGHT_OF_CASE, Target.OWN_NEED, Target.OWN_NOTE, Target.CUES)
    return target.value if target in (*special, Target.VOICE) else "term"


def _word(word: str, kind: type[object], texts: Texts) -> str:
    if not issubclass(kind, StrEnum):
        return f"`{word}`"
    label = texts.label(kind(word))
    return f"`{word}` {label}" if label != f"{kind.__name__}.{word}" else f"`{word}`"


def _escaped(text: str) -> str:
    """Text in Markdown: what stands outside code and looks like a tag is shown as it is."""
    pieces = text.split("`")
    return "`".join(piece if place % 2 else piece.replace("<", "&lt;") for place, piece in enumerate(pieces))
