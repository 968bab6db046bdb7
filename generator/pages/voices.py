"""Voices at `voices/`: customers' words at the three moments, ready to be used outside the company."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.knowledge.voices import Voice, voices
from generator.model.casebook import Product, Term
from generator.model.vocabulary import CaseType, Moment
from generator.pages.environment import Words, environment
from generator.pages.facets import terms
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.quotes import Quote, quotes

ADDRESS = "voices/"
ROWS_ON_A_PAGE = 120
"""A row takes less than two kilobytes of HTML."""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Words with what goes with them when they leave."""

    voice: Voice
    quote: Quote
    attribution: str
    """Whose words they are, without a name: `中部の電力設備保守会社 保守部長`."""
    copied: str
    """Words and attribution as one text for the clipboard."""
    case_href: str
    insight_href: str
    """To the first claim that leans on them; empty when none does."""
    industry: Term
    products: tuple[Product, ...]
    marks: Marks


@dataclass(frozen=True, slots=True)
class MomentGroup:
    """The voices of one moment on one page."""

    moment: Moment
    asks: str
    """What such voices are good for."""
    count: int
    """In the whole list."""
    inside: int
    """Voices of this moment that may not be used outside."""
    rows: tuple[VoiceRow, ...]


@dataclass(frozen=True, slots=True)
class VoicesView:
    """The view behind `voices.html.j2`."""

    leaf: Leaf[Voice]
    groups: tuple[MomentGroup, ...]
    """On the first page also those of moments without a voice."""
    total: int
    inside: int
    facets: tuple[Facet, ...]


def voices_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The list, cut into pages, with its file of marks."""
    words = library.words
    found = voices(library.corpus)
    marks = [_marks(voice) for voice in found.allowed]
    facets = _facets(library, marks)
    counts = {moment: sum(voice.moment is moment for voice in found.allowed) for moment in Moment}
    uses = _uses(words)
    kept = marks_file(ADDRESS, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template("voices.html.j2")
    for leaf in leaves(found.allowed, ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        on_leaf = {
            moment: tuple(voice_row(library, voice, root, leaf.on_row(_marks(voice))) for voice in group)
            for moment, group in groupby(leaf.items, key=lambda voice: voice.moment)
        }
        groups = tuple(
            MomentGroup(moment, uses[moment], counts[moment], found.inside[moment], on_leaf.get(moment, ()))
            for moment in Moment
            if moment in on_leaf or (leaf.number == 1 and not counts[moment])
        )
        view = VoicesView(leaf, groups, len(found.allowed), sum(found.inside.values()), facets)
        yield Page(
            address=leaf.address,
            title=words.say("Voices"),
            body=template.render(v=view),
            kind="voices",
            description=words.say("Customers' words that may be used outside the company, by moment."),
            headings=tuple(Heading(f"moment-{group.moment.value}", words.label(group.moment), 2) for group in groups),
            crumbs=((words.say("Voices"), ADDRESS),) if leaf.number > 1 else (),
        )


def voice_row(library: Library, voice: Voice, root: str, marks: Marks | None = None) -> VoiceRow:
    """The row of a voice on a page from which `root` leads to the site's root."""
    (quote,) = quotes(library, voice.case, (voice.evidence,), page_of=None, root=root)
    facts = voice.case.facts
    is_japanese = quote.language == "ja"
    who = (facts.customer.alias, voice.role) if is_japanese else (voice.role, facts.customer.alias)
    attribution = (" " if is_japanese else ", ").join(filter(None, who))
    case_href = f"{root}cases/{voice.case.slug}/"
    return VoiceRow(
        voice=voice,
        quote=quote,
        attribution=attribution,
        copied=f"{quote.marked} {attribution}" if is_japanese else f"{quote.marked} - {attribution}",
        case_href=case_href,
        insight_href=f"{case_href}#insight-{voice.insights[0].id}" if voice.insights else "",
        industry=library.industry(facts.customer.industry),
        products=tuple(map(library.product, facts.products)),
        marks=marks or {},
    )


def _marks(voice: Voice) -> Marks:
    facts = voice.case.facts
    return {
        "moment": (voice.moment.value,),
        "product": facts.products,
        "industry": (facts.customer.industry,),
        "type": (facts.type.value, *(("silent",) if facts.silent else ())),
        "tag": tuple(dict.fromkeys(tag for insight in voice.insights for tag in insight.tags)),
        "language": (voice.case.language,),
    }


def _facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    words, casebook = library.words, library.corpus.casebook
    types = [(word.value, words.label(word)) for word in CaseType]
    languages = [("ja", words.say("Japanese")), ("en", words.say("English"))]
    candidates = (
        facet("moment", words.say("Moment"), [(word.value, words.label(word)) for word in Moment], marks),
        facet("product", words.say("Product"), terms(casebook.products), marks),
        facet("industry", words.say("Industry"), terms(casebook.industries), marks),
        facet("type", words.say("Type"), [*types, ("silent", words.say("Silent loss"))], marks),
        facet("tag", words.say("Tag"), terms(casebook.tags), marks),
        facet("language", words.say("Language"), languages, marks),
    )
    return tuple(candidate for candidate in candidates if candidate.options)


def _uses(words: Words) -> dict[Moment, str]:
    return {
        Moment.BEFORE_BUYING: words.say(
            "What held them back, and what let them decide: for first lines and proposals."
        ),
        Moment.AFTER_USE: words.say("What really became of it: for proof, and for those who still hesitate."),
        Moment.ON_LEAVING: words.say("Why they went: for honest comparisons, and for what we must not promise."),
    }
