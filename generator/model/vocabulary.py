"""The fixed words of the practice. Words that a company chooses itself (departments, tags) live in casebook.yml.

Each member's value is what an editor writes; its label in the reader's language comes from the catalogues
(`generator.texts`), where the msgid is `<enum name>.<value>`, for example `CaseType.lost`.
"""

from __future__ import annotations

from enum import StrEnum


class CaseType(StrEnum):
    """Why this customer was chosen: four kinds of turning point from which a company learns most."""

    LOYAL = "loyal"
    """Buys again and again, and can say why (ロイヤル顧客)."""
    SWITCHED_TO_US = "switched_to_us"
    """Came over from a competitor (他社からの乗り換え)."""
    LOST = "lost"
    """We offered, another was chosen (失注)."""
    SWITCHED_AWAY = "switched_away"
    """Was a customer, left for a competitor (他社へ乗り換え)."""


class DealOutcome(StrEnum):
    """How a deal ended that sales has closed."""

    WON = "won"
    LOST = "lost"
    """We offered, another was chosen (失注)."""
    SWITCHED_AWAY = "switched_away"
    """Was a customer, and left (解約, 他社へ乗り換え)."""


class SegmentKind(StrEnum):
    """The five segments of N1 analysis; with `Preference` the first four split into eight, nine in all."""

    LOYAL = "loyal"
    GENERAL = "general"
    LAPSED = "lapsed"
    AWARE = "aware"
    UNAWARE = "unaware"


class Preference(StrEnum):
    """Would the customer choose us the next time?"""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Side(StrEnum):
    """On whose side of the table a person sits."""

    CUSTOMER = "customer"
    OWN = "own"
    PARTNER = "partner"


class DecisionPart(StrEnum):
    """The part a person plays in a buying decision (the buying centre of Webster and Wind, 1972, plus the champion)."""

    INITIATOR = "initiator"
    USER = "user"
    INFLUENCER = "influencer"
    DECIDER = "decider"
    APPROVER = "approver"
    BUYER = "buyer"
    GATEKEEPER = "gatekeeper"


class Stance(StrEnum):
    """How a person stands towards us, from who fights for us to who fights against us."""

    CHAMPION = "champion"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    SCEPTIC = "sceptic"
    OPPONENT = "opponent"


class Topic(StrEnum):
    """The three things that a depth interview digs for."""

    WHY_US = "why_us"
    """Why it had to be this product (and no other)."""
    VALUE = "value"
    """The value that using it really produced."""
    DECISION = "decision"
    """Who decided, how, and with how much influence."""


class NoteKind(StrEnum):
    """What a reviewer adds to a line."""

    RECALL = "recall"
    """そういえば…: something the customer once told us on site."""
    READING = "reading"
    """What the line may mean beneath its words."""
    QUESTION = "question"
    OBJECTION = "objection"
    IDEA = "idea"


class InsightKind(StrEnum):
    """What a claim is about."""

    NEED = "need"
    PAIN = "pain"
    VALUE = "value"
    PERCEPTION = "perception"
    TRIGGER = "trigger"
    BARRIER = "barrier"
    DECISION = "decision"


class InsightState(StrEnum):
    """How far a claim has been proved."""

    HYPOTHESIS = "hypothesis"
    HOLDS = "holds"
    REFUTED = "refuted"
    SUPERSEDED = "superseded"


class Scene(StrEnum):
    """At which moment of the customer's way an insight is true (the gap "which scene")."""

    BEFORE = "before"
    DECIDING = "deciding"
    AFTER = "after"


class Purpose(StrEnum):
    """What an insight is good for (the gap "what for")."""

    NEXT_DEAL = "next_deal"
    DIRECTION = "direction"
    WORDS = "words"


class Moment(StrEnum):
    """When the customer said it: the three moments at which voices are collected."""

    BEFORE_BUYING = "before_buying"
    AFTER_USE = "after_use"
    ON_LEAVING = "on_leaving"


class Artefact(StrEnum):
    """What an action changed."""

    TALK = "talk"
    PROPOSAL = "proposal"
    LANDING_PAGE = "landing_page"
    AD_COPY = "ad_copy"
    PRODUCT = "product"
    SUPPORT = "support"
    PROCESS = "process"


class ActionState(StrEnum):
    """How far an action or a measure has come."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Verdict(StrEnum):
    """What a trial of the idea brought: the customer's "yes" or "not quite"."""

    YES = "yes"
    NOT_QUITE = "not_quite"
    NO = "no"


class Phase(StrEnum):
    """The phases of a customer journey, in order."""

    AWARENESS = "awareness"
    INTEREST = "interest"
    COMPARISON = "comparison"
    PURCHASE = "purchase"
    USE = "use"


class Zone(StrEnum):
    """Where a need or an offer lies on the 3C value map. Computed, never written."""

    OURS_ALONE = "ours_alone"
    """Wanted, and only we meet it: the value proposition."""
    THEIRS_ALONE = "theirs_alone"
    """Wanted, and only a competitor meets it."""
    BOTH = "both"
    """Wanted, and met by both: the price of entry."""
    NOBODY = "nobody"
    """Wanted, and met by nobody: the opening."""
    NOT_WANTED = "not_wanted"
    """Offered, and not wanted by this customer."""
