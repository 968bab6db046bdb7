"""What a consent allows on a day: of a case, of its recording, or of one person (`generator.publication.people`).

Rules, in the order in which they are asked: no record of consent, or none to the recording - nothing is shown.
Withdrawn, or past its last day, or older than the retention period - gone. Limited to audiences - for those only. A
person's own consent narrows what the customer's allows and never widens it, but for the name.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.model.case import Consent, PersonConsent
from generator.model.casebook import Casebook
from generator.model.corpus import Case
from generator.publication.audiences import may
from generator.publication.public import Key, Withheld, WithholdingReason

Use = Literal["read", "listen"]


@dataclass(frozen=True, slots=True)
class Sight:
    """For whom and on which day a site is built."""

    circle: frozenset[str]
    """See `generator.publication.audiences.circle`."""
    today: dt.date


@dataclass(frozen=True, slots=True)
class Ending:
    """From which day on something is no longer shown, and what says so."""

    gone_on: dt.date
    """The first day without it."""
    withheld: Withheld


def case_withheld(case: Case, casebook: Casebook, sight: Sight) -> Withheld | None:
    """Why a whole case may not be shown; None when it may."""
    consent = case.facts.consent
    if consent is None or not consent.recorded:
        key: Key = ("consent",) if consent is None else ("consent", "recorded")
        return Withheld(case.slug, "case", WithholdingReason.NO_CONSENT, key=key)
    return over(case_endings(case, casebook), sight.today) or not_for(
        case.slug, "case", consent, "read", sight, ("consent",)
    )


def audio_withheld(case: Case, sight: Sight) -> Withheld | None:
    """Why the recording of a case that may be shown may not be heard at all; None when it may."""
    consent = case.facts.consent
    if consent is None:
        return Withheld(case.slug, "audio", WithholdingReason.NO_CONSENT, key=("consent",))
    return over(audio_endings(case), sight.today) or not_for(case.slug, "audio", consent, "listen", sight, ("consent",))


def case_endings(case: Case, casebook: Casebook) -> Iterator[Ending]:
    """The days on which a case leaves the site: withdrawn, after its last day, at the end of the retention period."""
    consent = case.facts.consent
    if consent is None:
        return
    yield from endings(case.slug, "case", consent, ("consent",))
    if casebook.retention is not None:
        months = casebook.retention.months
        gone_on = months_later(case.facts.dates.interview, months)
        detail = f"{case.facts.dates.interview} + {months}"
        key = ("retention", "months")
        yield Ending(gone_on, Withheld(case.slug, "case", WithholdingReason.EXPIRED, detail, "../casebook.yml", key))


def audio_endings(case: Case) -> Iterator[Ending]:
    """The day on which the recording alone leaves the site."""
    consent = case.facts.consent
    if consent is not None and consent.listen_until is not None:
        yield after(consent.listen_until, case.slug, "audio", ("consent", "listen_until"))


def endings(slug: str, part: str, consent: Consent | PersonConsent, key: Key) -> Iterator[Ending]:
    """The days on which `part` of a case ends by what one consent says; `key` leads to that consent."""
    if consent.withdrawn is not None:
        day = consent.withdrawn
        why = Withheld(slug, part, WithholdingReason.WITHDRAWN, day.isoformat(), key=(*key, "withdrawn"))
        yield Ending(day, why)
    if consent.until is not None:
        yield after(consent.until, slug, part, (*key, "until"))


def after(last_day: dt.date, slug: str, part: str, key: Key) -> Ending:
    """That something ends after its last day."""
    # After the last day that Python knows nothing comes.
    gone_on = last_day if last_day == dt.date.max else last_day + dt.timedelta(days=1)
    return Ending(gone_on, Withheld(slug, part, WithholdingReason.EXPIRED, last_day.isoformat(), key=key))


def over(coming: Iterator[Ending], today: dt.date) -> Withheld | None:
    """The first reason, in the order of `endings`, that holds on the day `today`; None when nothing is over."""
    return next((ending.withheld for ending in coming if ending.gone_on <= today), None)


def not_for(  # noqa: PLR0913, PLR0917 - what a `Withheld` says, and who asks
    slug: str, part: str, consent: Consent | PersonConsent, use: Use, sight: Sight, key: Key
) -> Withheld | None:
    """Why a consent is not for the readers of this site; listening is decided like reading where nothing is said."""
    named = "listen" if use == "listen" and consent.listen is not None else "read"
    only = consent.listen if named == "listen" else consent.read
    if may(only, sight.circle):
        return None
    return Withheld(slug, part, WithholdingReason.AUDIENCE, ", ".join(only or ()), key=(*key, named))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month when it has no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))
