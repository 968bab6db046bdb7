"""What an engine put out becomes lines: cut where people pause and stop, never inside a word, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.transcription.cues import MAX_S, MAX_WIDTH, DraftCue, digest_of_drafts, to_cues, width
from generator.transcription.doubts import Doubt, Doubted
from generator.transcription.speakers import Speakers
from generator.transcription.values import Segment, Word

NOBODY = Speakers("none")


def segment(
    text: str,
    from_s: float = 0.0,
    pace_s: float = 0.3,
    *,
    gap: dict[int, float] | None = None,
    channel: int | None = None,
) -> Segment:
    """A segment whose words are separated by `|`; `gap` is silence before the words of those places."""
    words = []
    at_s = from_s
    for place, piece in enumerate(text.split("|")):
        at_s += (gap or {}).get(place, 0.0)
        words.append(Word(at_s, at_s + pace_s, piece, 0.9))
        at_s += pace_s
    return Segment(from_s, at_s, text.replace("|", ""), tuple(words), -0.2, 0.01, 1.2, channel)


def cues(*segments: Segment, speakers: Speakers = NOBODY) -> tuple[DraftCue, ...]:
    """The lines of segments that nobody doubts."""
    return to_cues([Doubted(item, ()) for item in segments], speakers)


def texts(drafts: Sequence[DraftCue]) -> list[str]:
    """Their words."""
    return [draft.text for draft in drafts]


def test_sentence_is_a_line() -> None:
    """People cite sentences."""
    heard = segment("前の|端末は|使えない|です。|紙に|書いて|いました。|どうして？|冬|だから|です")
    assert texts(cues(heard)) == ["前の端末は使えないです。", "紙に書いていました。", "どうして？", "冬だからです"]


def test_sentence_runs_on_over_segments() -> None:
    """Whisper's segments end where its windows do; Japanese has no space there, and English one."""
    assert texts(cues(segment("前の|端末は"), segment("使えない|です。", 0.7))) == ["前の端末は使えないです。"]
    assert texts(cues(segment("It| was"), segment("too| slow.", 0.7))) == ["It was too slow."]
    assert texts(cues(segment(" It| was"), segment(" too| slow.", 0.7))) == ["It was too slow."]


def test_pause_ends_a_line() -> None:
    """Who falls silent for more than a second begins anew."""
    heard = segment("それで|現場では|紙に|書いて", gap={2: 1.2})
    assert texts(cues(heard)) == ["それで現場では", "紙に書いて"]


def test_periods_inside_sentences_end_nothing() -> None:
    """Titles, initials and numbers are no sentence ends; a word in small letters goes on."""
    heard = segment(" We| asked| Dr.| Smith| about| No.| 5| and| version| 3.5| etc.| in| May.| Fine.| Thanks| a| lot.")
    assert texts(cues(heard)) == ["We asked Dr. Smith about No. 5 and version 3.5 etc. in May.", "Fine. Thanks a lot."]


def test_change_of_voice_ends_a_line() -> None:
    """A line has one speaker, and knows who that is."""
    heard = segment("使って|います|か|ええ|毎日|使って|ます")
    speakers = Speakers(
        "voices",
        ("話者1", "話者2"),
        words=tuple((0.15 + 0.3 * place, "話者1" if place < 3 else "話者2") for place in range(7)),
    )
    drafts = cues(heard, speakers=speakers)
    assert [(draft.voice, draft.text) for draft in drafts] == [
        ("話者1", "使っていますか"),
        ("話者2", "ええ毎日使ってます"),
    ]


def test_channels_are_not_mixed() -> None:
    """With one person per channel, sentences said at the same time stay whole."""
    speakers = Speakers("channels", ("話者1", "話者2"), by_channel=((0, "話者1"), (1, "話者2")))
    drafts = cues(
        segment("前の|端末は|使えない|です。", channel=0),
        segment("なるほど|そうですか。", 0.4, channel=1),
        speakers=speakers,
    )
    assert [(draft.start_s, draft.voice, draft.text) for draft in drafts] == [
        (0.0, "話者1", "前の端末は使えないです。"),
        (0.4, "話者2", "なるほどそうですか。"),
    ]


def test_long_speech_is_cut_at_a_comma_between_words() -> None:
    """What has no end is cut where the speaker draws breath."""
    half = "|".join(["とても"] * 12)
    first, second = cues(segment(f"{half}、|{half}", pace_s=0.2))
    assert first.text.endswith("とても、")
    assert second.text == "とても" * 12


def test_fragments_join_their_neighbour() -> None:
    """`はい。` alone is no line when the same person goes on at once."""
    assert texts(cues(segment("はい。|使って|います|よ。"))) == ["はい。使っていますよ。"]
    apart = segment("はい。|使って|います|よ。", gap={1: 1.5})
    assert texts(cues(apart)) == ["はい。", "使っていますよ。"]


def test_segment_without_timed_words_is_still_cut() -> None:
    """Not every engine times words; its sentences get even shares of the time."""
    heard = Segment(10.0, 20.0, "前の端末は使えないです。紙に書いていました。", (), -0.2, 0.0, 1.0)
    drafts = cues(heard)
    assert texts(drafts) == ["前の端末は使えないです。", "紙に書いていました。"]
    assert drafts[0].start_s == 10.0
    assert drafts[1].end_s == 20.0


def test_text_counts_where_the_words_say_something_else() -> None:
    """When a loop was cut out of the text, its words do not come back."""
    looped = segment("はい|はい|はい|はい")
    heard = Segment(0.0, 1.2, "はいはい", looped.words, -0.2, 0.0, 1.0)
    assert texts(cues(heard)) == ["はいはい"]


def test_line_carries_the_doubts_of_its_segments() -> None:
    """The worst of what the engine says of itself; its mean confidence by words."""
    sure, unsure = segment("前の|端末は"), segment("使えない|です。", 0.6)
    unsure = Segment(unsure.start_s, unsure.end_s, unsure.text, unsure.words, -1.4, 0.7, 1.9)
    doubt = next(iter(Doubt))
    draft, following = to_cues(
        [Doubted(sure, ()), Doubted(unsure, (doubt,)), Doubted(segment("紙に|書いて|いました。", 1.3), ())], NOBODY
    )
    assert draft.doubts == (doubt,)
    assert draft.confidence == (-0.8, 0.7, 1.9)
    assert not following.doubts


def test_equal_drafts_have_equal_names() -> None:
    """By its name the next run knows that nothing new was heard."""
    drafts = cues(segment("前の|端末は|使えない|です。"))
    assert digest_of_drafts(drafts) == digest_of_drafts(cues(segment("前の|端末は|使えない|です。")))
    assert digest_of_drafts(drafts) != digest_of_drafts(cues(segment("前の|端末は|使えない|ですね。")))


WORDS = st.sampled_from(
    (
        "前の",
        "端末",
        "は",
        "、",
        "。",
        "です。",
        "？",
        "はい",
        " WiFi",
        " the",
        " it.",
        " OK",
        "使えない",
        "…",
        "ー",
        " Mr.",
        "3",
    )
)


@st.composite
def heard_segments(draw: st.DrawFn) -> list[Doubted]:
    """Segments one after the other, of any words, with and without pauses, some without timed words."""
    found = []
    at_s = 0.0
    for _ in range(draw(st.integers(0, 8))):
        words = []
        start_s = at_s
        for text in draw(st.lists(WORDS, min_size=1, max_size=40)):
            at_s += draw(st.sampled_from((0.0, 0.0, 0.0, 0.4, 1.5, -0.05)))
            end_s = at_s + draw(st.sampled_from((0.0, 0.1, 0.3)))
            words.append(Word(at_s, end_s, text, 0.5))
            at_s = end_s
        text = "".join(word.text for word in words)
        timed = () if draw(st.booleans()) else tuple(words)
        found.append(Doubted(Segment(start_s, at_s, text, timed, -0.5, 0.1, 1.0), ()))
    return found


def letters(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


@given(heard_segments())
@settings(deadline=None)
def test_every_character_that_was_heard_stays(heard: list[Doubted]) -> None:
    """In its order; only white space may differ."""
    drafts = to_cues(heard, NOBODY)
    assert letters("".join(texts(drafts))) == letters("".join(item.segment.text for item in heard))
    assert all(draft.text == "".join(word.text for word in draft.words).strip() for draft in drafts)


@given(heard_segments())
@settings(deadline=None)
def test_lines_follow_one_another_and_are_short(heard: list[Doubted]) -> None:
    """Starts rise strictly, ends lie behind starts, and only a single word may be longer than a line should be."""
    drafts = to_cues(heard, NOBODY)
    assert all(earlier.start_s < later.start_s for earlier, later in pairwise(drafts))
    assert all(draft.start_s < draft.end_s and round(draft.end_s, 3) == draft.end_s for draft in drafts)
    for draft in drafts:
        said = [word for word in draft.words if any(letter.isalnum() for letter in word.text)]
        length_s = draft.words[-1].end_s - draft.words[0].start_s
        assert len(said) <= 1 or (width(draft.text) <= MAX_WIDTH + 4 and length_s <= MAX_S + 0.2)
