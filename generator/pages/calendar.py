"""A calendar that people subscribe to (iCalendar, RFC 5545): whom to ask for an interview, and from which day on.

The same deals on the same day give the same bytes: events stand in order, go by the deals' own identifiers, and are
stamped with the day of the build rather than with the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from icalendar import Calendar, Event, vDuration

REFRESH: Final = dt.timedelta(days=1)
"""How often calendars are asked to look again (RFC 7986, section 5.7)."""


@dataclass(frozen=True, slots=True)
class AllDay:
    """An event that lasts a day."""

    uid: str
    """The same in every build: `deal-9f86d081884c7d65@casebook`."""
    on: dt.date
    summary: str
    description: str = ""


def calendar(name: str, language: str, events: Iterable[AllDay], built_on: dt.date) -> bytes:
    """The calendar `name` in `language` (`ja` or `en`).

    Without events it is empty rather than gone, so that nobody's subscription ends.
    """
    made = Calendar()
    made.add("prodid", f"-//Casebook//Interviews//{language.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)  # what Outlook and Google read in its place
    made.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    stamp = dt.datetime.combine(built_on, dt.time(), dt.UTC)
    for event in events:
        entry = Event()
        entry.add("uid", event.uid)
        entry.add("dtstamp", stamp)
        entry.add("dtstart", event.on)
        if event.on < dt.date.max:
            entry.add("dtend", event.on + dt.timedelta(days=1))
        entry.add("summary", event.summary)
        if event.description:
            entry.add("description", event.description)
        entry.add("transp", "TRANSPARENT")  # it takes nobody's time
        made.add_component(entry)
    return bytes(made.to_ical())
