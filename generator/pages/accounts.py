"""Accounts at `accounts/`: what our shares mean for competition, and visits against sales with their cautions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from markupsafe import Markup

from generator.knowledge.accounts import AccountYear, KnownAccount, Visits, accounts, visits
from generator.knowledge.regression import CONFIDENCE, FEWEST, Line
from generator.knowledge.shares import THRESHOLDS, Reach, ShareLevel, Standing, level, standing
from generator.pages.drawings.axes import round_step
from generator.pages.drawings.scatter import DRAWN_ALONE, Dot, scatter
from generator.pages.drawings.share_chart import share_chart
from generator.pages.environment import Words, environment
from generator.pages.library import Library
from generator.pages.listing import Leaf, leaves
from generator.pages.page import Heading, Page

ADDRESS = "accounts/"
ACCOUNTS_ON_A_PAGE = 40
"""One takes about four kilobytes with its drawing and table."""
ACCOUNTS_SHOWN = 120
"""Those that fell deepest; the others stand on the pages of their cases."""
NAMED_PER_LEVEL = 6
TARGETS = 4
WEAK, MEDIUM, STRONG = 0.2, 0.4, 0.7
"""Correlations from which on one speaks of a weak, a medium and a strong one (Guilford, Psychometric Methods, 1936)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place with the words that lead there."""

    text: str
    language: str
    href: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of market-share theory, and the accounts that stand on it."""

    name: str
    target: str
    """By what name it goes as a target."""
    least: float | None
    """Share in percent from which on it is reached; None for the ground below the lowest."""
    meaning: str
    count: int
    named: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of an account."""

    year: AccountYear
    level: str
    """What our share means; empty when it is not known."""
    ratio: float | None
    """Ours divided by the strongest competitor's; None when one is not known or nothing."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account on the page."""

    account: KnownAccount
    id: str
    href: str
    """To the account on the case's page."""
    chart: Markup
    """Empty when no share is known."""
    level: str
    meaning: str
    standing: str
    """How we stand to the strongest competitor, in a sentence; empty when that is not known."""
    years: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """How many visits a target needs."""

    target_k_yen: int
    visits: int
    low: int
    high: int
    beyond: bool
    """More visits than any year has seen: nobody knows whether the line goes on."""
    one_low: int
    one_high: int
    """Between which sales a single account lies with that many visits, in thousand yen."""


@dataclass(frozen=True, slots=True)
class VisitsRow:
    """Years with one number of visits, where there are too many to name each."""

    visits: int
    count: int
    least: int
    middle: float
    most: int


@dataclass(frozen=True, slots=True)
class VisitsView:
    """Visits against sales."""

    n: int
    customers: int
    fewest: int
    drawing: Markup
    """Empty when there are no points."""
    line: Line | None
    strength: str
    confidence_percent: int
    most_visits: int
    targets: tuple[TargetRow, ...]
    dots: tuple[Dot, ...]
    """The points by name; empty when there are too many."""
    grouped: tuple[VisitsRow, ...]
    """The points by number of visits, where there are too many to name each."""


@dataclass(frozen=True, slots=True)
class AccountsView:
    """The view behind `accounts.html.j2`."""

    leaf: Leaf[KnownAccount]
    rows: tuple[AccountRow, ...]
    total: int
    left_out: int
    levels: tuple[LevelRow, ...]
    visits: VisitsView


def accounts_pages(library: Library) -> Iterator[Page]:
    """The pages of accounts; the first has what is across them."""
    words = library.words
    known = accounts(library.corpus)
    template = environment(library.texts).get_template("accounts.html.j2")
    seen = _visits_view(library, visits(library.corpus))
    levels = _levels(words, known)
    shown = known[:ACCOUNTS_SHOWN]
    for leaf in leaves(shown, ADDRESS, ACCOUNTS_ON_A_PAGE):
        root = "../" * leaf.address.count("/")
        rows = tuple(_account_row(library, account, root) for account in leaf.items)
        across = leaf.number == 1 and bool(known)
        yield Page(
            address=leaf.address,
            title=words.say("Accounts"),
            body=template.render(v=AccountsView(leaf, rows, len(known), len(known) - len(shown), levels, seen)),
            kind="accounts",
            description=words.say("What our shares mean for competition, and how many visits a target needs."),
            headings=(
                *((Heading("levels", words.say("What a share means"), 2),) if across else ()),
                *((Heading("accounts", words.say("Account by account"), 2),) if known else ()),
                *((Heading("visits", words.say("Visits against sales"), 2),) if across else ()),
                *((Heading("sources", words.say("Where these figures come from"), 2),) if across else ()),
            ),
            crumbs=((words.say("Accounts"), ADDRESS),) if leaf.number > 1 else (),
        )


def _levels(words: Words, known: Sequence[KnownAccount]) -> tuple[LevelRow, ...]:
    places: dict[ShareLevel, list[Link]] = {}
    for account in known:
        if account.shares:
            share = account.shares[-1].figure.wallet_share_percent or 0.0
            alias, href = account.case.facts.customer.alias, f"../cases/{account.case.slug}/#account"
            link = Link(alias, account.case.language, href)
            places.setdefault(level(share), []).append(link)
    named = _level_names(words)
    rows = [(name, least) for name, least in THRESHOLDS] + [(ShareLevel.NONE, None)]
    return tuple(
        LevelRow(*named[name][:2], least, named[name][2], len(found), tuple(found[:NAMED_PER_LEVEL]))
        for name, least in rows
        for found in (places.get(name, []),)
    )


def _level_names(words: Words) -> Mapping[ShareLevel, tuple[str, str, str]]:
    """Name, name as a target, and meaning of each level."""
    say = words.say
    return {
        ShareLevel.MONOPOLY: (
            say("Monopoly share"), say("upper target"), say("Nobody can turn this around in the short run."),
        ),
        ShareLevel.STABLE: (
            say("Stable share"), say("stable target"), say("Safe at the top, as long as three or more compete."),
        ),
        ShareLevel.INFLUENCE: (
            say("Influential share"), say("lower target"), say("Out of the crowd, but even a leader may be overtaken."),
        ),
        ShareLevel.PARALLEL: (
            say("Parallel share"), say("upper-group target"), say("One among equals: the next aim is 26.1 %."),
        ),
        ShareLevel.RECOGNITION: (
            say("Recognised share"), say("influence target"), say("Customer and competitors think of us unprompted."),
        ),
        ShareLevel.PRESENCE: (
            say("Present share"), say("existence target"), say("Known when somebody names us, without weight."),
        ),
        ShareLevel.BRIDGEHEAD: (
            say("Bridgehead share"), say("foothold target"), say("A first foothold to build on."),
        ),
        ShareLevel.NONE: (say("No foothold"), "", say("Not yet inside.")),
    }  # fmt: skip


def _account_row(library: Library, account: KnownAccount, root: str) -> AccountRow:
    words = library.words
    names = _level_names(words)
    facts = account.case.facts
    latest = account.shares[-1].figure if account.shares else None
    chart, name, meaning, sentence = Markup(), "", "", ""
    if latest is not None and latest.wallet_share_percent is not None:
        label = words.say("Shares of {customer} over the years", customer=facts.customer.alias)
        chart = share_chart(account, label)
        name, _, meaning = names[level(latest.wallet_share_percent)]
        if latest.rival_share_percent is not None:
            sentence = _standing(words, standing(latest.wallet_share_percent, latest.rival_share_percent))
    return AccountRow(
        account=account,
        id=f"account-{account.case.slug}",
        href=f"{root}cases/{account.case.slug}/#account",
        chart=chart,
        level=name,
        meaning=meaning,
        standing=sentence,
        years=tuple(_year_row(names, year) for year in account.years),
    )


def _year_row(names: Mapping[ShareLevel, tuple[str, str, str]], year: AccountYear) -> YearRow:
    ours, theirs = year.figure.wallet_share_percent, year.figure.rival_share_percent
    return YearRow(
        year=year,
        level=names[level(ours)][0] if ours is not None else "",
        ratio=ours / theirs if ours is not None and theirs else None,
    )


def _standing(words: Words, found: Standing | None) -> str:
    say = words.say
    if found is None:
        return say("Neither we nor the strongest competitor have a share yet.")
    if found.ratio is None:
        return say("The strongest competitor has no share.") if found.ahead else say("We have no share yet.")
    ratio = words.number(round(found.ratio, 2))
    if found.ahead:
        return {
            Reach.OUT: say("{ratio} times the strongest competitor: out of its reach, even one to one.", ratio=ratio),
            Reach.FAR: say(
                "{ratio} times the strongest competitor: beyond reach in a wide market, within reach one to one.",
                ratio=ratio,
            ),
            Reach.IN: say("{ratio} times the strongest competitor: within its reach.", ratio=ratio),
        }[found.reach]
    return {
        Reach.OUT: say("The strongest competitor has {ratio} times ours: hardly to be reached.", ratio=ratio),
        Reach.FAR: say("The strongest competitor has {ratio} times ours: still within reach one to one.", ratio=ratio),
        Reach.IN: say("The strongest competitor has {ratio} times ours: within our reach.", ratio=ratio),
    }[found.reach]


def _visits_view(library: Library, found: Visits) -> VisitsView:
    dots = tuple(_dot(library, year) for year in found.points)
    alone = len(dots) <= DRAWN_ALONE
    most = max((dot.visits for dot in dots), default=0)
    return VisitsView(
        n=len(dots),
        customers=len({year.case.facts.customer.alias for year in found.points}),
        fewest=FEWEST,
        drawing=scatter(dots, found.line, library.words) if dots else Markup(),
        line=found.line,
        strength=_strength(library.words, found.line) if found.line else "",
        confidence_percent=round(100 * CONFIDENCE),
        most_visits=most,
        targets=_targets(found.line, most) if found.line else (),
        dots=dots if alone else (),
        grouped=() if alone else _grouped(dots),
    )


def _dot(library: Library, year: AccountYear) -> Dot:
    facts, figure = year.case.facts, year.figure
    title = library.words.say("{customer}, {year}", customer=facts.customer.alias, year=figure.year)
    return Dot(figure.visits or 0, figure.sales_k_yen or 0, title, f"../cases/{year.case.slug}/#account")


def _grouped(dots: Sequence[Dot]) -> tuple[VisitsRow, ...]:
    ordered = sorted(dots, key=lambda dot: (dot.visits, dot.sales_k_yen))
    groups = [(at, [dot.sales_k_yen for dot in group]) for at, group in groupby(ordered, key=lambda dot: dot.visits)]
    return tuple(VisitsRow(at, len(sales), sales[0], median(sales), sales[-1]) for at, sales in groups)


def _strength(words: Words, line: Line) -> str:
    size = abs(line.r)
    if size < WEAK:
        return words.say("hardly any connection")
    if line.r > 0:
        kinds = (
            words.say("strong positive correlation"),
            words.say("medium positive correlation"),
            words.say("weak positive correlation"),
        )
    else:
        kinds = (words.say("strong negative correlation"), words.say("medium negative correlation"),
                 words.say("weak negative correlation"))  # fmt: skip
    return kinds[0] if size >= STRONG else kinds[1] if size >= MEDIUM else kinds[2]


def _targets(line: Line, most_visits: int) -> tuple[TargetRow, ...]:
    """Round targets that lie between the mean of all years and what the line says of the most visits seen."""
    if not line.rises:
        return ()
    step = round_step(max(line.at(most_visits) - line.mean_y, 1.0), TARGETS)
    first = math.ceil(line.mean_y / step)
    rows = (target_row(line, int(step * number), most_visits) for number in range(first, first + TARGETS))
    return tuple(row for row in rows if row is not None)


def target_row(line: Line, target_k_yen: int, most_visits: int) -> TargetRow | None:
    """The visits for a target, in whole visits; None when the line cannot tell. `scripts/accounts.js` does the same."""
    needed = line.needed(target_k_yen)
    if needed is None:
        return None
    count = max(0, math.ceil(needed.x - 1e-9))
    width = line.one_within(count)
    return TargetRow(
        target_k_yen=target_k_yen,
        visits=count,
        low=max(0, math.floor(needed.low)),
        high=max(0, math.ceil(needed.high)),
        beyond=count > most_visits,
        one_low=max(0, round(line.at(count) - width)),
        one_high=max(0, round(line.at(count) + width)),
    )
