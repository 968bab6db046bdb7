"""Value gaps across cases: which shared needs only we meet, only a competitor meets, both meet, and nobody meets.

Needs of single value maps are put together by the shared need that an editor maps them to (`shared` in value-map.yml,
the vocabulary `needs` in casebook.yml). The unit is the need as one customer had it: each has its weight, its zone and
its words, and a case that maps two needs to the same shared one counts twice there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.knowledge.zones import UnwantedOffer, ZonedNeed, zones
from generator.model.vocabulary import Zone
from generator.publication import PublicCase, PublicCorpus

WANTED_ZONES = (Zone.OURS_ALONE, Zone.BOTH, Zone.NOBODY, Zone.THEIRS_ALONE)
"""The zones of what is wanted, from what is ours to what is theirs."""

_MOST_URGENT = (Zone.THEIRS_ALONE, Zone.NOBODY, Zone.OURS_ALONE, Zone.BOTH)
"""Which zone leads when two weigh the same: the one that asks more of us."""


@dataclass(frozen=True, slots=True)
class HeardNeed:
    """A need as one customer had it, in its zone."""

    case: PublicCase
    zoned: ZonedNeed

    @property
    def zone(self) -> Zone:
        """Who meets it for this customer."""
        return self.zoned.zone

    @property
    def weight(self) -> int:
        """1 to 5."""
        return self.zoned.need.weight

    @property
    def rivals(self) -> tuple[str, ...]:
        """Identifiers of the competitors that meet it, each once."""
        return tuple(dict.fromkeys(competitor for competitor, _ in self.zoned.theirs))

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#need-n1`."""
        return f"cases/{self.case.slug}/#need-{self.zoned.need.id}"


@dataclass(frozen=True)
class SharedNeed:
    """A need that several customers share, and how each of them had it met: what follows is computed once."""

    id: str
    """As in casebook.yml."""
    heard: tuple[HeardNeed, ...]
    """Every need mapped to it: newest case first, the heaviest of a case first. A case may have several."""

    @property
    def cases(self) -> int:
        """How many customers have it."""
        return len({item.case.slug for item in self.heard})

    @property
    def total_weight(self) -> int:
        """What it weighs for all of them together."""
        return sum(self.weights.values())

    @property
    def mean_weight(self) -> float:
        """What it weighs on average: 1 to 5."""
        return self.total_weight / len(self.heard)

    @cached_property
    def weights(self) -> Mapping[Zone, int]:
        """Zone -> what weighs there; zones in which nobody has it are left out."""
        return {zone: sum([item.weight for item in inside]) for zone, inside in self._by_zone.items()}

    @property
    def lead(self) -> Zone:
        """The zone that weighs most: who wins this need."""
        return leading_zone(self.weights)

    @property
    def winners(self) -> tuple[tuple[str, int], ...]:
        """Competitors that meet it where we do not, and how often: most first."""
        found = Counter(rival for item in self.zone(Zone.THEIRS_ALONE) for rival in item.rivals)
        return tuple(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))

    def zone(self, zone: Zone) -> tuple[HeardNeed, ...]:
        """Where it lies in `zone`."""
        return self._by_zone.get(zone, ())

    @cached_property
    def _by_zone(self) -> Mapping[Zone, tuple[HeardNeed, ...]]:
        found: defaultdict[Zone, list[HeardNeed]] = defaultdict(list)
        for item in self.heard:
            found[item.zone].append(item)
        return {zone: tuple(inside) for zone, inside in found.items()}


@dataclass(frozen=True, slots=True)
class HeardOffer:
    """An offer that met no need of a customer."""

    case: PublicCase
    unwanted: UnwantedOffer

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#offer-o1`."""
        return f"cases/{self.case.slug}/#offer-{self.unwanted.offer.id}"


@dataclass(frozen=True, slots=True)
class Gaps:
    """All value maps of some cases as one."""

    needs: tuple[SharedNeed, ...]
    """Those that somebody has: the heaviest in all first, then in the order of casebook.yml."""
    heard: tuple[HeardNeed, ...]
    """Every need of every case, newest case first, whether it is mapped to a shared one or not."""
    unwanted: tuple[HeardOffer, ...]
    """Offers that nobody wanted there, ours and theirs, newest case first."""
    cases: tuple[PublicCase, ...]
    """Cases with a need on their value map."""
    unheard: tuple[str, ...]
    """Shared needs of casebook.yml that nobody has."""

    @property
    def unmapped(self) -> tuple[HeardNeed, ...]:
        """Needs that belong to no shared need yet, newest case first."""
        return tuple(item for item in self.heard if item.zoned.need.shared is None)

    def led_by(self, zone: Zone) -> tuple[SharedNeed, ...]:
        """The shared needs in which `zone` leads, heaviest first."""
        return tuple(need for need in self.needs if need.lead is zone)


def gaps(corpus: PublicCorpus, among: Iterable[PublicCase] | None = None) -> Gaps:
    """The value gaps of `corpus`, or of the cases `among` it: a slice is computed as the whole is."""
    heard: list[HeardNeed] = []
    unwanted: list[HeardOffer] = []
    for case in corpus.cases if among is None else among:
        if case.value_map is not None:
            zoned = zones(case.value_map)
            heard += (HeardNeed(case, item) for item in zoned.needs)
            unwanted += (HeardOffer(case, item) for item in zoned.unwanted)
    by_shared: defaultdict[str, list[HeardNeed]] = defaultdict(list)
    for item in heard:
        if item.zoned.need.shared is not None:
            by_shared[item.zoned.need.shared].append(item)
    vocabulary = [term.id for term in corpus.casebook.needs]
    # A need that the vocabulary does not know stands behind those that it does.
    order = [*vocabulary, *(identifier for identifier in by_shared if identifier not in vocabulary)]
    shared = [SharedNeed(identifier, tuple(by_shared[identifier])) for identifier in order if identifier in by_shared]
    return Gaps(
        needs=tuple(sorted(shared, key=lambda need: -need.total_weight)),
        heard=tuple(heard),
        unwanted=tuple(unwanted),
        cases=_cases_of(heard),
        unheard=tuple(identifier for identifier in vocabulary if identifier not in by_shared),
    )


def leading_zone(weights: Mapping[Zone, int]) -> Zone:
    """The zone with the greatest weight; of equal ones the one that asks more of us."""
    return max(_MOST_URGENT, key=lambda zone: weights.get(zone, 0))


def _cases_of(heard: Iterable[HeardNeed]) -> tuple[PublicCase, ...]:
    found: dict[str, PublicCase] = {}
    for item in heard:
        found.setdefault(item.case.slug, item.case)
    return tuple(found.values())
