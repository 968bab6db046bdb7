"""Why something of a case is not shown, in an editor's language: what, for which reason, and what line says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from generator.model.corpus import Corpus
from generator.publication.consent import Ending
from generator.publication.endings import endings
from generator.publication.gate import publish
from generator.publication.public import Key, PublicCase, Withheld
from generator.sources.yaml import Plain, YamlDocument, read_yaml
from generator.texts import Texts

PARTS = {
    "case": "the whole case",
    "audio": "the recording",
    "names": "people's names",
    "lead": "the lead's way",
    "account": "the account in figures",
    "review": "the review",
    "value_map": "the value map",
    "journey": "the journey",
    "notes": "notes.md",
    "related": "a related case",
    "template": "the card",
    "insight": "insight {name}",
    "action": "action {name}",
    "note": "note {name}",
    "need": "need {name}",
    "offer": "offer {name}",
    "step": "step {name}",
    "person": "person {name}",
    "words of": "what {name} said",
    "voice of": "the voice of {name}",
    "evidence of": "words quoted in: {name}",
    "link of": "a link in: {name}",
}
"""How the parts of `Withheld.part` are called."""

_PART = re.compile(rf"(?P<kind>{'|'.join(sorted(PARTS, key=len, reverse=True))})(?: (?P<name>.+))?")
FOREVER = dt.date.max


def explain(  # noqa: PLR0913 - all are named
    corpus: Corpus, cases: Path, slug: str, *, audience: str | None, on: dt.date, texts: Texts
) -> str:
    """What `audience` sees of the case `slug` on the day `on`, what it does not and why, and how long that will be so.

    `cases` is the folder as messages name it; its files are read for the lines. The case must be in the corpus.
    """
    public, withheld = publish(corpus, audience=audience, on=on)
    title = next(case.facts.title for case in corpus.cases if case.slug == slug)
    name = next((known.name for known in corpus.casebook.audiences if known.id == audience), audience)
    readers = texts.gettext("everybody") if name is None else name
    case = public.case(slug)
    own = [item for item in withheld if item.slug == slug]
    coming = [ending for ending in endings(corpus, after=on, until=FOREVER) if ending.withheld.slug == slug]
    lines = [
        f"{slug}: {title}",
        texts.gettext("For {readers} on {day}").format(readers=readers, day=on.isoformat()),
        "",
        texts.gettext("Shown:") if case else texts.gettext("Not shown."),
        *(f"  {line}" for line in (_shown(case, texts) if case else ())),
    ]
    if own:
        lines += ["", texts.gettext("Withheld:"), *(f"  {told(item, cases, texts)}" for item in own)]
    if coming:
        lines += ["", texts.gettext("Will be gone:")]
        lines += [f"  {ended(ending, cases, texts)}" for ending in coming]
    return "\n".join(lines)


def told(item: Withheld, cases: Path, texts: Texts) -> str:
    """One line: what is withheld, why, and where that is written."""
    detail = f" ({item.detail})" if item.detail else ""
    return f"{_part(item.part, texts)} - {texts.label(item.reason)}{detail} - {_place(item, cases)}"


def ended(ending: Ending, cases: Path, texts: Texts) -> str:
    """One line: from which day on, what is gone, and where that is written."""
    item = ending.withheld
    return f"{ending.gone_on}: {_part(item.part, texts)} ({item.detail}) - {_place(item, cases)}"


def _part(part: str, texts: Texts) -> str:
    found = _PART.fullmatch(part)
    if found is None:
        return part
    called, name = PARTS[found["kind"]], found["name"] or ""
    inner = _part(name, texts) if found["kind"] in ("evidence of", "link of") else name
    return texts.gettext(called).format(name=inner)


def _shown(case: PublicCase, texts: Texts) -> Iterator[str]:
    cues = case.transcript.cues if case.transcript else ()
    notes = case.review.notes if case.review else ()
    readable = len(cues) - len(case.withheld_cues)
    counts = (
        (readable, texts.ngettext("{count} line", "{count} lines", readable)),
        (len(case.insights), texts.ngettext("{count} insight", "{count} insights", len(case.insights))),
        (len(notes), texts.ngettext("{count} note", "{count} notes", len(notes))),
    )
    yield from (text.format(count=count) for count, text in counts if count)
    silences = len(case.muted_s)
    if case.recording is not None and not silences:
        yield texts.gettext("the recording")
    elif case.recording is not None:
        one, several = "the recording, silent in {count} place", "the recording, silent in {count} places"
        yield texts.ngettext(one, several, silences).format(count=silences)


def _place(item: Withheld, cases: Path) -> str:
    """`cases/2025-07-tower/case.yml:12 consent.until`, as far as it is known. Reads the file."""
    file = cases / item.file.removeprefix("../") if item.file.startswith("../") else cases / item.slug / item.file
    key = ".".join(str(step) for step in item.key)
    try:
        document = read_yaml(file.read_bytes())
    except OSError:
        return f"{file.as_posix()} {key}".rstrip()
    line = document.value_mark(_way(document, item.key)).line
    return f"{file.as_posix()}:{line} {key}".rstrip()


def _way(document: YamlDocument, key: Key) -> tuple[str | int, ...]:
    """The way as the file has it: a thing in a list by its position."""
    way: list[str | int] = []
    at: Plain = document.data
    for step in key:
        place: str | int | None = step
        if isinstance(at, list) and isinstance(step, str):
            named = (isinstance(item, dict) and step in (item.get("id"), item.get("competitor")) for item in at)
            place = next((position for position, is_it in enumerate(named) if is_it), None)
        if place is None:
            break
        way.append(place)
        try:
            at = at[place]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(way)
