"""Words that were said, ready for a page: who said them, where they are heard, and how to get there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.evidence import Evidence
from generator.model.vocabulary import Moment, Side
from generator.pages.library import Library
from generator.publication import PublicCase


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of a transcript as readers know it."""

    role: str
    """`保守部長`; the name in the transcript when no person of the case claims the voice."""
    side: Side
    unconfirmed: bool = False
    """Whether a machine told the voice apart, and nobody has confirmed who it is."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The view behind `macros/parts.html.j2: quote`."""

    words: str
    speaker: str
    cue_id: str
    href: str
    """To the line: `#q042` on its own page, `../other/#q042` from elsewhere."""
    play_href: str
    """The same, asking to be played; empty when readers may not listen."""
    start_s: float
    end_s: float
    language: str = "ja"
    """Language of the words: their face and their marks, whatever the language of the page."""
    moment: Moment | None = None
    copy_allowed: bool = False
    case_title: str = ""
    """Title of the other case when the words were said there."""
    unconfirmed: bool = False
    """Whether a machine says that it was this speaker, and nobody has confirmed it."""

    @property
    def marked(self) -> str:
        """The words between the quotation marks of their language."""
        return f"「{self.words}」" if self.language == "ja" else f"“{self.words}”"


def speakers(case: PublicCase) -> dict[str, Speaker]:
    """Voice in the transcript -> who that is.

    Where a person of the customer claims a voice, voices that nobody claims are those who ask: the own side. Where
    nobody does, there is no telling, and all of them count as the customer's.
    """
    named = {person.voice: (person.role, person.side) for person in case.facts.people if person.voice}
    told = any(side is Side.CUSTOMER for _, side in named.values())
    if case.transcript is None:
        return {}
    unconfirmed = case.transcript.unconfirmed
    others = Side.OWN if told else Side.CUSTOMER
    return {
        voice: Speaker(*named.get(voice, (voice, others)), unconfirmed=voice in unconfirmed)
        for voice in case.transcript.voices
    }


def quotes(
    library: Library, case: PublicCase, evidence: Iterable[Evidence], *, page_of: PublicCase | None, root: str
) -> tuple[Quote, ...]:
    """The quotes for pieces of evidence of `case`, leaving out those whose lines readers cannot see.

    `page_of` is the case whose page they stand on (None on a list), `root` leads from that page to the site's root.
    """
    made = (_quote(library, case, item, page_of, root) for item in evidence)
    return tuple(quote for quote in made if quote is not None)


def said_in_case(
    library: Library, case: PublicCase, evidence: Iterable[Evidence], root: str, *, under_title: bool = False
) -> Quote | None:
    """The first words of `evidence` that readers may see, for a page across cases.

    They are signed with the customer, or stand `under_title` of the case. None when there are none.
    """
    signed = case.facts.title if under_title else case.facts.customer.alias
    made = (_quote(library, case, item, None, root, signed) for item in evidence)
    return next((quote for quote in made if quote is not None), None)


def _quote(  # noqa: PLR0913, PLR0917 - the case, its words, and three things about where they will stand
    library: Library, case: PublicCase, evidence: Evidence, page_of: PublicCase | None, root: str, signed: str = ""
) -> Quote | None:
    """The quote of a piece of evidence; `signed` is its title where the words were said in `case` itself."""
    source = case if evidence.case in (None, case.slug) else library.corpus.case(evidence.case or "")
    if source is None or source.transcript is None:
        return None
    cues = source.transcript.run(evidence.first_cue, evidence.last_cue)
    if not cues:
        return None
    here = page_of is not None and source.slug == page_of.slug
    page = "" if here else f"{root}cases/{source.slug}/"
    anchor = f"#{cues[0].id}"
    play = "" if source.recording is None else anchor if here else f"{page}?play=1{anchor}"
    voice = next((cue.voice for cue in cues if cue.voice), "")
    speaker = next((p.role for p in source.facts.people if p.voice == voice and p.voice), voice)
    return Quote(
        words=evidence.quote or "".join(cue.text for cue in cues),
        speaker=speaker,
        cue_id=cues[0].id,
        href=page + anchor,
        play_href=play,
        start_s=cues[0].start_s,
        end_s=cues[-1].end_s,
        language=source.language,
        moment=evidence.moment,
        copy_allowed=evidence.copy_allowed,
        case_title=signed if source.slug == case.slug else source.facts.title,
        unconfirmed=cues[0].voice in source.transcript.unconfirmed,
    )
