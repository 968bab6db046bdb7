"""What changed because of a customer, at `actions/`: from the claim over the change to what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.knowledge.actions import OPEN_STATES, ActionRow, actions
from generator.knowledge.changes import Share, Speed, Standing, share_changed, speeds, standings
from generator.knowledge.links import LinkedInsight
from generator.model.casebook import Department
from generator.model.vocabulary import ActionState, Artefact
from generator.pages.drawings.changes import NARROW, WIDE, Column, Lane, share_columns, speed_lanes
from generator.pages.environment import Words, environment
from generator.pages.facets import department_facet
from generator.pages.insights import first_quote
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, eyes, facet, leaves, marks_file
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.periods import period_label, period_months
from generator.pages.quotes import Quote

ADDRESS = "actions/"
ROWS_ON_A_PAGE = 80
"""A row takes two to three kilobytes of HTML."""
GROUPS = ("overdue", "open", "done", "dropped")
"""In the order of the page: what is late comes first."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An action with the words it goes back to."""

    row: ActionRow
    department: Department
    href: str
    insight_href: str
    case_href: str
    quote: Quote | None
    marks: Marks
    days_late: int = 0
    """Days since the due date of what is overdue."""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The actions of one page that have come equally far."""

    id: str
    """One of `GROUPS`."""
    title: str
    count: int
    """In the whole list."""
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """How many actions of a department have come how far."""

    department: Department
    counts: tuple[tuple[str, int], ...]
    """In the order of `GROUPS`."""
    with_outcome: int
    """Of those done, the ones of which is known what came of them."""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A period in the table beneath the drawing."""

    standing: Standing
    label: str


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """A department, or all of them, in the table beneath the drawing."""

    speed: Speed
    department: Department | None
    """None for all."""
    href: str
    """To the actions that were counted."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Whether anything changes, drawn and as tables."""

    standings: tuple[StandingRow, ...]
    standings_drawn: tuple[Markup, ...]
    """For a wide page and for a phone."""
    speeds: tuple[SpeedRow, ...]
    """All departments first; empty before something is done."""
    speeds_drawn: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """The view behind `actions.html.j2`."""

    leaf: Leaf[ActionRow]
    groups: tuple[ChangeGroup, ...]
    total: int
    share: Share
    over_time: OverTime | None
    """On the first page only."""
    departments: tuple[DepartmentRow, ...]
    group_titles: tuple[str, ...]
    facets: tuple[Facet, ...]
    root: str


def actions_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The list, cut into pages, with its file of marks."""
    words = library.words
    rows = actions(library.corpus)
    titles = group_titles(words)
    marks = [_marks(row) for row in rows]
    facets = _facets(library, marks)
    departments = _by_department(library, rows)
    share = share_changed(library.corpus)
    in_group = Counter(map(group_of, rows))
    kept = marks_file(ADDRESS, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template("actions.html.j2")
    for leaf in leaves(rows, ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        is_first = leaf.number == 1
        groups = tuple(
            ChangeGroup(
                group,
                titles[group],
                in_group[group],
                tuple(change_row(library, row, root, leaf.on_row(_marks(row))) for row in group_rows),
            )
            for group, group_rows in groupby(leaf.items, key=group_of)
        )
        view = ActionsView(
            leaf=leaf,
            groups=groups,
            total=len(rows),
            share=share,
            over_time=_over_time(library) if is_first else None,
            departments=departments,
            group_titles=tuple(titles[group] for group in GROUPS),
            facets=facets,
            root=root,
        )
        yield Page(
            address=leaf.address,
            title=words.say("Actions"),
            body=template.render(v=view),
            kind="actions",
            description=words.say("What each department changed because of a customer, and what came of it."),
            headings=(
                *(_figures(words, view) if rows and is_first else ()),
                *(Heading(f"group-{group.id}", group.title, 2) for group in groups),
            ),
            crumbs=((words.say("Actions"), ADDRESS),) if leaf.number > 1 else (),
        )


def _figures(words: Words, view: ActionsView) -> Iterator[Heading]:
    if view.over_time is not None:
        yield Heading("over-time", words.say("Does anything change?"), 2)
        if view.over_time.speeds:
            yield Heading("how-long", words.say("From the interview to the change"), 2)
    yield Heading("by-department", words.say("By department"), 2)


def group_of(row: ActionRow) -> str:
    """The group of the page in which an action stands."""
    if row.overdue:
        return "overdue"
    return "open" if row.action.state in OPEN_STATES else row.action.state.value


def group_titles(words: Words) -> Mapping[str, str]:
    """Group -> its heading."""
    return {
        "overdue": words.say("Overdue"),
        "open": words.say("Under way or planned"),
        "done": words.say("Done"),
        "dropped": words.say("Dropped"),
    }


def change_row(library: Library, row: ActionRow, root: str, marks: Marks | None = None) -> ChangeRow:
    """The row of an action on a page from which `root` leads to the site's root."""
    source = LinkedInsight(row.case, row.insight)
    due = row.action.due
    return ChangeRow(
        row=row,
        department=library.department(row.action.department),
        href=root + row.address,
        insight_href=root + source.address,
        case_href=f"{root}cases/{row.case.slug}/",
        quote=first_quote(library, source, root),
        marks=marks or {},
        days_late=(library.corpus.built_on - due).days if row.overdue and due else 0,
    )


def _marks(row: ActionRow) -> Marks:
    is_done = row.action.state is ActionState.DONE
    return {
        "department": (row.action.department,),
        "state": (group_of(row),),
        "artefact": (row.action.artefact.value,),
        "outcome": ("known",) if row.action.outcome else ("missing",) if is_done else (),
        "challenge": row.insight.challenges,
        "product": row.case.facts.products,
    }


def _facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    words, casebook = library.words, library.corpus.casebook
    titles = group_titles(words)
    outcomes = [("known", words.say("Told")), ("missing", words.say("Done, and not told"))]
    challenges = [(item.id, item.title) for item in library.corpus.challenges]
    conditions = (
        department_facet(words, casebook.departments, marks),
        facet("state", words.say("State"), [(group, titles[group]) for group in GROUPS], marks),
        facet("artefact", words.say("What changes"), [(word.value, words.label(word)) for word in Artefact], marks),
        facet("outcome", words.say("What came of it"), outcomes, marks),
        facet("challenge", words.say("Challenge"), challenges, marks),
        facet("product", words.say("Product"), [(term.id, term.name) for term in casebook.products], marks),
    )
    return (
        eyes(words.say("Through whose eyes?"), casebook.departments, marks),
        *(condition for condition in conditions if condition.options),
    )


def _by_department(library: Library, rows: Sequence[ActionRow]) -> tuple[DepartmentRow, ...]:
    counts = Counter((row.action.department, group_of(row)) for row in rows)
    told = Counter(row.action.department for row in rows if row.action.state is ActionState.DONE and row.action.outcome)
    known = dict.fromkeys(department.id for department in library.corpus.casebook.departments)
    others = dict.fromkeys(row.action.department for row in rows)
    return tuple(
        DepartmentRow(
            library.department(identifier),
            tuple((group, counts[identifier, group]) for group in GROUPS),
            told[identifier],
        )
        for identifier in (known | others)
        if any(counts[identifier, group] for group in GROUPS)
    )


def _over_time(library: Library) -> OverTime:
    words = library.words
    rows = tuple(StandingRow(item, period_label(words, item.period)) for item in standings(library.corpus))
    fast = tuple(_speed_row(library, speed) for speed in speeds(library.corpus))
    columns = [_column(words, row) for row in rows]
    lanes = [_lane(words, row) for row in fast]
    share_label = words.say("Share of insights that had changed something, at the end of each period")
    speed_label = words.say("Days from the interview until something was done, by department")
    return OverTime(
        standings=rows,
        standings_drawn=tuple(share_columns(columns, share_label, sheet) for sheet in (WIDE, NARROW)) if rows else (),
        speeds=fast,
        speeds_drawn=tuple(speed_lanes(lanes, speed_label, sheet) for sheet in (WIDE, NARROW)) if fast else (),
    )


def _column(words: Words, row: StandingRow) -> Column:
    period, share = row.standing.period, row.standing.share
    title = words.say(
        "{period}: {changed} of {insights} insights ({percent}%)",
        period=row.label,
        changed=words.number(share.changed),
        insights=words.number(share.insights),
        percent=share.percent,
    )
    return Column(share.percent, period_months(words, period), str(period.year), title)


def _speed_row(library: Library, speed: Speed) -> SpeedRow:
    department = library.department(speed.department) if speed.department else None
    query = f"department={speed.department}&state=done" if department else "state=done"
    return SpeedRow(speed, department, f"?{query}")


def _lane(words: Words, row: SpeedRow) -> Lane:
    middle = row.speed.median_days
    return Lane(
        name=row.department.name if row.department else words.say("All departments"),
        href=row.href,
        days=tuple(step.days for step in row.speed.steps),
        middle=middle,
        said=words.count("{count} day", "{count} days", middle),
    )
