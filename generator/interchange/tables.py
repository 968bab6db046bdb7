"""The public knowledge as tables for spreadsheets and statistics: CSV after RFC 4180, described by CSVW metadata.

Column names are stable and English; cells hold what readers read (the name of a department, not its identifier). Every
row says which case it comes from and where it stands on the site, so that tables can be joined and rows be followed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from generator.interchange.document import readable
from generator.knowledge.zones import zones
from generator.model.evidence import Evidence
from generator.pages.library import Library
from generator.publication import PublicCase

Cell: TypeAlias = str | int | float | bool | dt.date | None
Rows: TypeAlias = Callable[[Library, PublicCase], Iterable[Sequence[Cell]]]

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own encoding, and Japanese becomes unreadable."""
CRLF: Final = "\r\n"
FORMULA_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is run as a formula by spreadsheets (OWASP, CSV Injection)."""
_SPECIAL: Final = ('"', ",", "\r", *(f"\n{beginning}" for beginning in FORMULA_BEGINNINGS))
"""What asks for a closer look at a column whose cells stand on a line each."""
SEPARATOR: Final = "; "
"""Between several names in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    meaning: str
    """A msgid: what the cells hold."""
    datatype: str = "string"
    """Of XML Schema, as CSVW names it: `string`, `integer`, `decimal`, `boolean`, `date`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of thing that customers' talks hold many of."""

    name: str
    """File name without `.csv`."""
    meaning: str
    """A msgid: what a row is."""
    columns: tuple[Column, ...]
    """After those of `OF_EVERY_TABLE`."""
    rows: Rows
    """The cells of `columns`, preceded by the place on the case's page, for each row that a case gives."""


OF_EVERY_TABLE: Final = (
    Column("case", "Folder name of the case"),
    Column("address", "Address on this site, relative to its root"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A table as a file."""

    table: Table
    content: bytes
    rows: int


def written(library: Library, table: Table) -> Written:
    """The rows of all cases, newest interview first, in UTF-8 with a byte order mark and CRLF."""
    head = ",".join(column.name for column in (*OF_EVERY_TABLE, *table.columns))
    parts = [f"{BYTE_ORDER_MARK}{head}{CRLF}".encode()]
    count = 0
    for case in library.corpus.cases:
        given = list(table.rows(library, case))
        if not given:
            continue
        page = f"{case.slug},cases/{case.slug}/"
        anchors, *columns = zip(*given, strict=True)
        places = [f"{page}#{anchor}" if anchor else page for anchor in anchors]
        rows = map(",".join, zip(places, *map(_as_texts, columns), strict=True))
        parts.append("".join([f"{row}{CRLF}" for row in rows]).encode())
        count += len(given)
    return Written(table, b"".join(parts), count)


def metadata(library: Library, tables: Iterable[Table]) -> bytes:
    """What the columns mean, in the words of the CSVW vocabulary (W3C, Metadata Vocabulary for Tabular Data, 2015)."""
    say = library.words.say
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": library.words.language}],
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:description": say(table.meaning),
                "tableSchema": {
                    "columns": [
                        {"name": column.name, "dc:description": say(column.meaning), "datatype": column.datatype}
                        for column in (*OF_EVERY_TABLE, *table.columns)
                    ]
                },
            }
            for table in tables
        ],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _as_texts(cells: Sequence[Cell]) -> Iterable[str]:
    """The cells of a column as they are written.

    The `csv` module looks at every letter by itself. Most columns of a talk hold nothing that has to be quoted, which
    is seen at once: the lines of a thousand talks take a quarter of the time.
    """
    kinds = set(map(type, cells))
    if kinds == {str}:
        texts = cast("Sequence[str]", cells)
        whole = "\n".join(("", *texts))
        plain = whole.count("\n") == len(texts) and not any(special in whole for special in _SPECIAL)
        return texts if plain else map(_quoted, texts)
    if len(kinds) == 1:
        return map(_AS_TEXT[kinds.pop()], cells)
    return [_AS_TEXT[type(cell)](cell) for cell in cells]


def _quoted(text: str) -> str:
    """A text as a cell: in quotation marks where RFC 4180 (section 2) wants them, and no formula."""
    if text.startswith(FORMULA_BEGINNINGS):
        text = f"'{text}"
    if '"' in text:
        text = text.replace('"', '""')
    elif "," not in text and "\n" not in text and "\r" not in text:
        return text
    return f'"{text}"'


_AS_TEXT: Final[Mapping[type, Callable[[Any], str]]] = {
    str: _quoted,
    bool: lambda cell: "true" if cell else "false",
    int: str,
    float: str,
    dt.date: str,
    type(None): lambda _: "",
}


def _names(names: Iterable[str]) -> str:
    return SEPARATOR.join(names)


def _cases(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    facts, label = case.facts, library.words.label
    segment, core = facts.segment, facts.core
    yield (
        "",
        facts.title,
        label(facts.type),
        facts.silent,
        case.language,
        facts.customer.alias,
        library.industry(facts.customer.industry).name,
        facts.customer.employees,
        facts.customer.region,
        _names(library.product(product).name for product in facts.products),
        _names(library.competitor(competitor).name for competitor in facts.competitors),
        label(segment.kind) if segment else None,
        label(segment.preference) if segment and segment.preference else None,
        facts.dates.decision,
        facts.dates.interview,
        case.months_between,
        core.line if core else None,
        _names(library.tag(tag).name for tag in facts.tags),
    )


def _lines(_: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    for id_, start_s, end_s, voice, text, _line, unsure, _times in readable(case):
        yield id_, id_, start_s, end_s, voice, text, unsure


def _insights(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    label = library.words.label
    for insight in case.insights:
        yield (
            f"insight-{insight.id}",
            insight.id,
            insight.claim,
            label(insight.kind),
            label(insight.topic),
            insight.lens.when,
            label(insight.lens.scene),
            _names(map(label, insight.lens.purpose)),
            insight.situation,
            insight.emotion,
            insight.purpose,
            "\n".join(insight.whys),
            label(insight.state),
            insight.superseded_by,
            _names(insight.supports),
            _names(insight.contradicts),
            _names(library.department(department).name for department in insight.departments),
            _names(library.tag(tag).name for tag in insight.tags),
            _names(library.challenge(challenge).title for challenge in insight.challenges),
        )


def _actions(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    label = library.words.label
    for insight in case.insights:
        for action in insight.actions:
            yield (
                f"action-{action.id}",
                action.id,
                insight.id,
                library.department(action.department).name,
                label(action.artefact),
                action.change,
                action.owner,
                action.due,
                action.done_on,
                label(action.state),
                action.outcome,
            )


def _quotes(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    for carries, evidence in _all_evidence(case):
        yield (
            evidence.first_cue if evidence.case in (None, case.slug) else "",
            carries,
            evidence.case or case.slug,
            evidence.cues,
            evidence.quote,
            library.words.label(evidence.moment) if evidence.moment else None,
            evidence.copy_allowed,
        )


def _all_evidence(case: PublicCase) -> Iterator[tuple[str, Evidence]]:
    """What the words carry, as its anchor on the page, and the words."""
    for insight in case.insights:
        yield from ((f"insight-{insight.id}", item) for item in insight.evidence)
        yield from ((f"insight-{insight.id}", item) for item in insight.against)
    if case.value_map is not None:
        offers = [*case.value_map.offers, *(offer for rival in case.value_map.rivals for offer in rival.offers)]
        for need in case.value_map.needs:
            yield from ((f"need-{need.id}", item) for item in need.evidence)
        for offer in offers:
            yield from ((f"offer-{offer.id}", item) for item in offer.evidence)
    for step in case.journey.steps if case.journey else ():
        yield from ((f"step-{step.id}", item) for item in step.evidence)
    for person in case.facts.people:
        yield from ((f"person-{person.id}", item) for item in person.evidence)
    if case.facts.template is not None:
        yield from (("template", item) for item in case.facts.template.words)


def _needs(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    for item in zones(case.value_map).needs if case.value_map else ():
        need = item.need
        yield (
            f"need-{need.id}",
            need.id,
            need.text,
            library.shared_need(need.shared).name if need.shared else None,
            need.weight,
            library.words.label(item.zone),
            _names(offer.text for offer in item.ours),
            _names(dict.fromkeys(library.competitor(competitor).name for competitor, _ in item.theirs)),
        )


def _steps(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    for step in case.journey.steps if case.journey else ():
        yield (
            f"step-{step.id}",
            step.id,
            library.phase(step.phase),
            step.title,
            _names(step.touchpoints),
            _names(step.actions),
            _names(step.thoughts),
            step.feeling,
            _names(issue.text for issue in step.issues),
            _names(measure.text for measure in step.measures),
        )


def _people(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    label = library.words.label
    for person in case.facts.people:
        yield (
            f"person-{person.id}",
            person.id,
            person.name,
            person.role,
            label(person.side),
            _names(map(label, person.part)),
            person.influence,
            label(person.stance) if person.stance else None,
            person.note,
        )


def _notes(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    for note in case.review.notes if case.review else ():
        yield (
            f"note-{note.id}",
            note.id,
            note.cues,
            library.department(note.department).name,
            library.words.label(note.kind),
            note.text,
            note.reply_to,
        )


_ID: Final = Column("id", "Identifier within the case")
_SECONDS: Final = "Seconds from the beginning of the talk"

TABLES: Final = (
    Table(
        "cases",
        "A case: one customer, one interview",
        (
            Column("title", "Title"),
            Column("type", "Why this customer was chosen"),
            Column("silent", "Nobody saw the loss coming", "boolean"),
            Column("language", "Language of its texts"),
            Column("customer", "Alias of the customer"),
            Column("industry", "Industry"),
            Column("employees", "Number of employees", "integer"),
            Column("region", "Where the customer works"),
            Column("products", "Products it is about"),
            Column("competitors", "What was compared"),
            Column("segment", "One of the five segments"),
            Column("preference", "Would choose us the next time, or not"),
            Column("decision", "Day of the decision", "date"),
            Column("interview", "Day of the interview", "date"),
            Column("months_between", "Whole months between the two", "integer"),
            Column("core", "The core in one line"),
            Column("tags", "Tags"),
        ),
        _cases,
    ),
    Table(
        "insights",
        "A claim, and how far it is proved",
        (
            _ID,
            Column("claim", "The claim in one sentence"),
            Column("kind", "What it is about"),
            Column("topic", "Topic it belongs to"),
            Column("when", "Of what time it is true"),
            Column("scene", "Before, deciding, or after"),
            Column("good_for", "What it is good for"),
            Column("situation", "Situation"),
            Column("emotion", "Emotion"),
            Column("purpose", "Purpose"),
            Column("whys", "Answers to why, one a line"),
            Column("state", "How far it is proved"),
            Column("superseded_by", "Insight that replaced it"),
            Column("supports", "Insights that it supports"),
            Column("contradicts", "Insights that it contradicts"),
            Column("departments", "Departments that should know"),
            Column("tags", "Tags"),
            Column("challenges", "Business challenges that it answers"),
        ),
        _insights,
    ),
    Table(
        "actions",
        "What a department changed because of a customer's words",
        (
            _ID,
            Column("insight", "Insight that it follows from"),
            Column("department", "Department that acts"),
            Column("artefact", "What changes"),
            Column("change", "From what to what"),
            Column("owner", "Who sees to it"),
            Column("due", "Due date", "date"),
            Column("done_on", "Day it was finished", "date"),
            Column("state", "How far it has come"),
            Column("outcome", "What came of it"),
        ),
        _actions,
    ),
    Table(
        "quotes",
        "Words that carry something: a claim, a need, a step",
        (
            Column("carries", "What they carry: its place on the case's page"),
            Column("said_in", "Case in which they were said"),
            Column("cues", "Line, or first..last line"),
            Column("quote", "The words; the whole line when empty"),
            Column("moment", "Before buying, after use, or on leaving"),
            Column("copy_allowed", "May be used outside the company", "boolean"),
        ),
        _quotes,
    ),
    Table(
        "needs",
        "A need of one customer, and who meets it",
        (
            _ID,
            Column("need", "The need in the customer's sense"),
            Column("shared_need", "Shared need it belongs to"),
            Column("weight", "How much it weighed in the decision, 1 to 5", "integer"),
            Column("zone", "Who meets it"),
            Column("ours", "What we offer for it"),
            Column("rivals", "Competitors that meet it"),
        ),
        _needs,
    ),
    Table(
        "steps",
        "A step of a customer's journey",
        (
            _ID,
            Column("phase", "Phase"),
            Column("step", "What happened"),
            Column("touchpoints", "Where the customer met us or a competitor"),
            Column("actions", "What the customer did"),
            Column("thoughts", "What the customer thought"),
            Column("feeling", "Feeling from -2 to 2", "integer"),
            Column("issues", "Our issues"),
            Column("measures", "Our measures"),
        ),
        _steps,
    ),
    Table(
        "people",
        "A person of the story",
        (
            _ID,
            Column("name", "Name, where it may be shown"),
            Column("role", "Position or function"),
            Column("side", "Customer, own company or partner"),
            Column("parts", "Parts played in the decision"),
            Column("influence", "Influence on the decision, 1 to 5", "integer"),
            Column("stance", "How the person stood towards us"),
            Column("note", "What moved this person"),
        ),
        _people,
    ),
    Table(
        "notes",
        "What a department added to a line in the review",
        (
            _ID,
            Column("cues", "Line, or first..last line"),
            Column("department", "Department that made the note"),
            Column("kind", "Kind of note"),
            Column("note", "The note"),
            Column("reply_to", "Note that it answers"),
        ),
        _notes,
    ),
    Table(
        "lines",
        "An utterance, exactly as it was said",
        (
            _ID,
            Column("start_s", _SECONDS, "decimal"),
            Column("end_s", _SECONDS, "decimal"),
            Column("voice", "Speaker as named in the transcript"),
            Column("text", "The words"),
            Column("unsure", "To be verified by ear", "boolean"),
        ),
        _lines,
    ),
)
