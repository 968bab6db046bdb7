"""The case page: one customer, understood deeply - what happened, why, in whose words, and what changed."""

from __future__ import annotations

from generator.pages.case.search import search_facts
from generator.pages.case.sections import missing_parts, sections
from generator.pages.case.view import case_view
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.linked_data import of_case
from generator.pages.page import Heading, Page, Sound
from generator.pages.quotes import speakers
from generator.publication import PublicCase

__all__ = ["render_case"]


def render_case(library: Library, case: PublicCase, sound: Sound | None = None, *, searchable: bool = True) -> Page:
    """The page of `case` at `cases/<slug>/`.

    `sound` is its recording as prepared for playing; without it the page has no player and everything else works.
    `searchable` is False when nothing will be indexed: the page then comes without search facts.
    """
    if case.recording is None:
        sound = None  # readers of this audience may not listen
    address = f"cases/{case.slug}/"
    voices = speakers(case)
    words = library.words
    view = case_view(library, case, voices, sound, root="../../")
    shown = sections(view, words)
    body = (
        environment(library.texts)
        .get_template("case.html.j2")
        .render(v=view, sections={item.id: item for item in shown}, missing=missing_parts(case, words))
    )
    return Page(
        address=address,
        title=case.facts.title,
        body=body,
        kind="case",
        description=case.facts.core.line if case.facts.core else case.facts.title,
        headings=tuple(Heading(item.id, item.title, 2) for item in shown),
        crumbs=((words.say("Cases"), "cases/"),),
        linked_data=of_case(library, case, sound),
        search=search_facts(library, case, voices, sound) if searchable else None,
    )
