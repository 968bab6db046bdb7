"""Transcribing again: what is heard now meets what an editor made of what was heard before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources.transcript_notes import Confidence
from generator.sources.webvtt import parse, write
from generator.transcription.alignment import NO_TRANSCRIPT, Merged, OldTranscript, merge, read_old
from generator.transcription.cues import DraftCue
from generator.transcription.matching import letters_of
from generator.transcription.values import TranscriptionError
from generator.validate.transcript import read_transcript
from tests.transcription.talks import Utterance, heard, heard_again, said, talks, varied_talks

VOICES = ("話者1", "話者2")
ROOM = said(
    ("話者1", "決め手は 何でしたか"),
    ("話者2", "前の端末は 手袋のまま 使えない んです"),
    ("話者1", "はい"),
    ("話者2", "冬は指が かじかむので 紙に書いて 後から 入力していて"),
    ("話者2", "二度手間に なっていました"),
)
"""Five lines, q001 to q005."""


def lines(merged: Merged | OldTranscript) -> dict[str, tuple[str, str]]:
    """Identifier -> voice and words."""
    transcript = read_transcript(write(merged.file).encode(), "transcript.vtt").transcript
    return {cue.id: (cue.voice, cue.text) for cue in transcript.cues} if transcript else {}


def texts(merged: Merged) -> list[str]:
    """The words of the lines in their order."""
    return [text for _, text in lines(merged).values()]


def first(talk: Sequence[Utterance] = ROOM) -> str:
    """The file that the first transcription of a talk writes."""
    return write(merge(NO_TRANSCRIPT, heard(talk), engine="engine 1, model a", proposed=VOICES).file)


def again(file: str, talk: Sequence[Utterance], cited: Collection[str] = (), quoting: Sequence[str] = ()) -> Merged:
    """What comes of transcribing a talk over a file."""
    return merge(read_old(file.encode(), "transcript.vtt"), heard(talk), cited, quoting=quoting, proposed=VOICES)


def without(talk: Sequence[Utterance], place: int) -> tuple[Utterance, ...]:
    """The talk with one line unheard."""
    return tuple(utterance for at, utterance in enumerate(talk) if at != place)


def instead(talk: Sequence[Utterance], place: int, phrases: str) -> tuple[Utterance, ...]:
    """The talk with one line heard differently."""
    new = talk[place]._replace(phrases=tuple(phrases.split()))
    return (*talk[:place], new, *talk[place + 1 :])


def test_first_transcription_numbers_the_lines() -> None:
    """Identifiers are the style of the documentation, and stored in the file."""
    merged = merge(NO_TRANSCRIPT, heard(ROOM), proposed=VOICES)
    assert list(lines(merged)) == ["q001", "q002", "q003", "q004", "q005"] == list(merged.added)
    assert lines(merged)["q003"] == ("話者1", "はい")


def test_same_input_leaves_the_file_as_it_is() -> None:
    """Whatever was done to the file since: a line that an editor deleted does not come back."""
    file = first().replace("q003\n", "\nNOTE 相づちは消した\n\nq003\n")
    assert again(file, ROOM).is_same
    assert write(again(file, ROOM).file) == write(parse(file))


def test_machine_lines_take_the_new_words_under_their_identifier() -> None:
    """A better model makes a better transcript, and no link breaks."""
    merged = again(first(), instead(ROOM, 3, "冬は指が かじかむから 紙に書いて 後で 入力していて"))
    assert lines(merged)["q004"] == ("話者2", "冬は指がかじかむから紙に書いて後で入力していて")
    assert merged.changed == ("q004",)
    assert merged.kept == ("q001", "q002", "q003", "q005")


def test_misheard_line_keeps_its_identifier_by_its_time() -> None:
    """Where hardly a word is the same, it is still the line that was said then."""
    merged = again(first(), instead(ROOM, 1, "全然別の 聞こえ方を した 発言です よ"))
    assert lines(merged)["q002"] == ("話者2", "全然別の聞こえ方をした発言ですよ")


def test_corrected_words_are_never_overwritten() -> None:
    """An editor's work counts more than any engine's."""
    file = first().replace("前の端末は手袋のまま使えないんです", "前の端末は、手袋のまま使えないんですよ")
    merged = again(file, instead(ROOM, 1, "前の炭火は 手袋のまま 使える んです"))
    assert lines(merged)["q002"] == ("話者2", "前の端末は、手袋のまま使えないんですよ")
    assert "使える" not in "".join(texts(merged))


def test_line_of_a_person_stands_for_whatever_the_machine_hears_there() -> None:
    """Words that are nothing like the corrected ones, said at the same time, are not put beside them."""
    file = first().replace("前の端末は手袋のまま使えないんです", "エッジを噛ませてVLANを切る")
    merged = again(file, instead(ROOM, 1, "江尻を かませて 貧乏 らんを 着る"))
    assert lines(merged)["q002"] == ("話者2", "エッジを噛ませてVLANを切る")
    assert len(merged.cues) == 5
    assert not merged.unheard


def test_transcript_without_a_mark_of_a_machine_is_all_the_editors() -> None:
    """Lines typed by hand are not overwritten, only those added that were forgotten."""
    file = first().partition("\n\nNOTE\ncasebook heard")[0].replace("q003\n", "q003x\n") + "\n"
    more = (*ROOM, *said(("話者1", "値段よりも 夜に電話が つながるか"), from_s=60))
    merged = again(file, instead(more, 1, "前の端末は 手袋ごと 使えない んだ"))
    assert lines(merged)["q002"][1] == "前の端末は手袋のまま使えないんです"
    assert lines(merged)["q006"][1] == "値段よりも夜に電話がつながるか"
    assert merged.changed == ()


def test_cited_line_keeps_its_words() -> None:
    """A quote still stands in the line it names, whatever a new engine hears there."""
    changed = instead(ROOM, 1, "前の端末は 手袋だと 使えない んですよ")
    assert lines(again(first(), changed, {"q002"}))["q002"][1] == "前の端末は手袋のまま使えないんです"
    assert lines(again(first(), changed))["q002"][1] == "前の端末は手袋だと使えないんですよ"


def test_confirmed_line_is_not_overwritten() -> None:
    """Deleting the note above an unsure line says that its words are right."""
    doubtful = tuple(
        replace(draft, doubts=("low-confidence",), confidence=Confidence(-1.1, 0.0, 1.2)) for draft in heard(ROOM)
    )
    file = write(merge(NO_TRANSCRIPT, doubtful, proposed=VOICES).file)
    note = (
        "NOTE verify by ear q002: low-confidence (avg_logprob -1.10, no_speech_prob 0.00, compression_ratio 1.20)\n\n"
    )
    assert note in file
    other = instead(ROOM, 1, "前の端末は 手袋だと 使えない んですよ")
    assert lines(again(file.replace(note, ""), other))["q002"][1] == "前の端末は手袋のまま使えないんです"
    assert lines(again(file, other))["q002"][1] == "前の端末は手袋だと使えないんですよ"


def test_line_heard_as_two_stays_one() -> None:
    """Its words stay under its identifier, and are not repeated."""
    halves = (
        ROOM[3]._replace(phrases=ROOM[3].phrases[:2]),
        Utterance(ROOM[3].start_s + 2.0, "話者2", ROOM[3].phrases[2:]),
    )
    merged = again(first(), (*ROOM[:3], *halves, *ROOM[4:]), {"q004"})
    assert lines(merged) == lines(again(first(), ROOM))


def test_lines_heard_as_one_stay_two() -> None:
    """A sentence that now runs on is still two lines, each with its part."""
    joined = ROOM[3]._replace(phrases=(*ROOM[3].phrases, "それで", *ROOM[4].phrases))
    merged = again(first(), (*ROOM[:3], joined))
    assert texts(merged)[3:] == ["冬は指がかじかむので紙に書いて後から入力していてそれで", "二度手間になっていました"]
    assert list(lines(merged)) == ["q001", "q002", "q003", "q004", "q005"]


def test_new_words_beside_a_fixed_line_become_a_line() -> None:
    """What the editor's line does not cover is not lost."""
    longer = ROOM[4]._replace(phrases=(*ROOM[4].phrases, "保守の更新で", "他社の話も", "聞きました"))
    merged = again(first(), (*ROOM[:4], longer), {"q005"})
    assert lines(merged)["q005"][1] == "二度手間になっていました"
    assert lines(merged)["q006"][1] == "保守の更新で他社の話も聞きました"


def test_another_voice_within_a_line_gets_a_line_of_its_own() -> None:
    """A line has one speaker; the identifier stays with most of the words."""
    parts = (
        Utterance(ROOM[3].start_s, "話者2", ("冬は指が", "かじかむので", "紙に書いて")),
        Utterance(ROOM[3].start_s + 2.0, "話者1", ("後から", "入力していて")),
    )
    merged = again(first(), (*ROOM[:3], *parts, *ROOM[4:]))
    assert lines(merged)["q004"] == ("話者2", "冬は指がかじかむので紙に書いて")
    assert lines(merged)["q006"] == ("話者1", "後から入力していて")
    assert list(lines(merged)) == ["q001", "q002", "q003", "q004", "q006", "q005"]


def test_line_that_nobody_touched_goes_when_it_is_not_said() -> None:
    """Invented sentences disappear with a better engine, and the editor is told."""
    merged = again(first(), without(ROOM, 3))
    assert [cue.id for cue in merged.went] == ["q004"]
    assert "q004" not in lines(merged)


@pytest.mark.parametrize("cited", [{"q004"}, set()])
def test_line_that_somebody_needs_stays_and_is_to_be_verified(cited: set[str]) -> None:
    """A line that evidence cites or that was corrected is not thrown away on an engine's word."""
    file = first() if cited else first().replace("紙に書いて", "紙へ書いて")
    merged = again(file, without(ROOM, 3), cited)
    assert "q004" in lines(merged)
    assert [cue.id for cue in merged.unheard] == ["q004"]
    transcript = read_transcript(write(merged.file).encode(), "transcript.vtt").transcript
    assert transcript
    assert [cue.id for cue in transcript.cues if cue.unsure] == ["q004"]


def test_verdict_on_an_unheard_line_is_asked_for_once() -> None:
    """Once the editor has deleted the note, the line is said, whatever engines hear."""
    file = write(again(first(), without(ROOM, 3), {"q004"}).file)
    note = "NOTE verify by ear q004: not-heard-again\n\n"
    assert note in file
    assert "not-heard-again" not in write(again(file.replace(note, ""), without(ROOM, 2), {"q004"}).file)
    assert "not-heard-again" not in write(again(file, ROOM, {"q004"}).file)


def test_identifier_is_never_used_twice() -> None:
    """A link to a line that went leads nowhere, never to other words."""
    file = write(again(first(), without(ROOM, 4)).file)
    merged = again(file, (*ROOM[:4], *said(("話者1", "値段よりも 夜に電話が"), from_s=60)))
    assert "q005" not in lines(merged)
    assert merged.added == ("q006",)


def test_new_identifiers_follow_those_of_the_file() -> None:
    """A team that numbers its lines in its own way goes on in that way."""
    file = first().replace("q00", "sato-1")
    merged = again(file, (*ROOM, *said(("話者1", "値段よりも 夜に電話が"), from_s=60)))
    assert merged.added == ("sato-16",)


def test_renamed_voice_is_the_name_of_new_lines_too() -> None:
    """Once the editor knows who 話者2 is, new lines of that voice have the name, whatever the engine calls it now."""
    file = first().replace("<v 話者2>", "<v 保守部長>")
    swapped = tuple(
        utterance._replace(voice="話者1" if utterance.voice == "話者2" else "話者2")
        for utterance in (*ROOM, *said(("話者2", "値段よりも 夜に電話が"), ("話者1", "ええ そうですね"), from_s=60))
    )
    merged = again(file, swapped)
    assert lines(merged)["q006"] == ("保守部長", "値段よりも夜に電話が")
    assert lines(merged)["q007"] == ("話者1", "ええそうですね")
    assert lines(merged)["q002"][0] == "保守部長"
    assert merged.changed == ()
    transcript = read_transcript(write(merged.file).encode(), "transcript.vtt").transcript
    assert transcript
    assert transcript.unconfirmed == ("話者1",)


def test_renaming_a_voice_does_not_freeze_the_words() -> None:
    """Replacing a name throughout the file is no correction of what was said."""
    file = first().replace("<v 話者2>", "<v 保守部長>")
    merged = again(file, instead(ROOM, 1, "前の端末は 手袋だと 使えない んですよ"))
    assert lines(merged)["q002"] == ("保守部長", "前の端末は手袋だと使えないんですよ")


def test_new_third_voice_does_not_take_a_name_that_is_taken() -> None:
    """Two people never share a proposed name."""
    file = first()
    shifted = tuple(
        utterance._replace(voice={"話者1": "話者2", "話者2": "話者3"}[utterance.voice]) for utterance in ROOM
    )
    third = (Utterance(60.0, "話者1", ("値段よりも", "夜に電話が")),)
    merged = merge(
        read_old(file.encode(), "transcript.vtt"), heard((*shifted, *third)), proposed=("話者1", "話者2", "話者3")
    )
    assert {name for name, _ in lines(merged).values()} == {"話者1", "話者2", "話者3"}
    assert lines(merged)["q006"][0] == "話者3"


def test_nothing_comes_between_lines_over_which_a_quote_runs() -> None:
    """Evidence over two lines must still be found; the new words are reported instead."""
    between = Utterance(ROOM[4].start_s - 0.4, "話者1", ("ええ", "そうですね", "なるほど"))
    talk = (*ROOM[:4], between, ROOM[4])
    quote = 'quote: "入力していて、二度手間になっていました"'
    merged = again(first(), talk, {"q004", "q005"}, [quote])
    assert list(lines(merged)) == ["q001", "q002", "q003", "q004", "q005"]
    assert [cue.text for cue in merged.left_out] == ["ええそうですねなるほど"]
    assert "ええそうですねなるほど" in texts(again(first(), talk, {"q004", "q005"}, ["quote: 二度手間"]))


def test_another_cut_of_the_recording_moves_the_lines() -> None:
    """When the first minute was cut off or an opening put before it, corrected lines move with what is heard."""
    talk = said(*((utterance.voice, " ".join(utterance.phrases)) for utterance in ROOM), from_s=0.0)
    file = first(talk).replace("手袋のまま", "手袋をしたまま")
    merged = again(file, [utterance._replace(start_s=utterance.start_s + 40) for utterance in talk])
    assert list(lines(merged)) == ["q001", "q002", "q003", "q004", "q005"]
    assert lines(merged)["q002"][1] == "前の端末は手袋をしたまま使えないんです"
    assert all(cue.start_s >= 40 for cue in merged.cues)


def test_what_else_is_in_the_file_survives() -> None:
    """Comments, settings and style sheets of the editor's own stay where they stand."""
    file = first().replace("WEBVTT\n", "WEBVTT - 2025-07\n\nSTYLE\n::cue { color: teal }\n\nNOTE 録音は営業部\n", 1)
    file = file.replace("q003\n", "NOTE ここから現場\n\nq003\n")
    file = file.replace("q005\n", "NOTE verify by ear q005: 雑音\n車が通った\n\nq005\n")
    written = write(again(file, without(ROOM, 2)).file)
    assert written.startswith("WEBVTT - 2025-07\n\nSTYLE\n::cue { color: teal }\n\nNOTE 録音は営業部\n\nq001\n")
    assert "NOTE ここから現場\n\nq004\n" in written
    assert "NOTE\nverify by ear q005: 雑音\n車が通った\n\nq005\n" in written


def test_lines_without_identifier_get_one() -> None:
    """A transcript from elsewhere can be cited afterwards, and none of its words is lost."""
    file = "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n<v 聞き手>決め手は、何でしたか。\n"
    merged = again(file, ROOM)
    assert lines(merged)["q001"] == ("聞き手", "決め手は、何でしたか。")


@pytest.mark.parametrize(
    "content",
    [
        b"00:00:00.000 --> 00:00:01.000\nx\n",
        b"WEBVTT\n\nq001\n0:0 --> 0:1\nx\n",
        b"WEBVTT\n\nq001\n00:00:00.000 --> 00:00:01.000\nx\n\nlost words\n",
        b"WEBVTT\n\nq001\n00:00:00.000 --> 00:00:01.000\n\xff\xfe\n",
        b"WEBVTT\n\nq001\n00:00:00.000 --> 00:00:01.000\nx\n\nq001\n00:00:01.000 --> 00:00:02.000\ny\n",
    ],
    ids=["no signature", "bad times", "stray text", "not utf-8", "same identifier twice"],
)
def test_file_that_cannot_be_read_whole_is_not_written_anew(content: bytes) -> None:
    """What the reader drops would be lost for good."""
    with pytest.raises(TranscriptionError, match=r"^cases/a/transcript\.vtt:[0-9]+:[0-9]+ .* - .* - "):
        read_old(content, "cases/a/transcript.vtt")


def test_empty_file_is_no_transcript() -> None:
    """A file made with `touch` stops nobody."""
    assert read_old(b"\xef\xbb\xbf\n", "x") is NO_TRANSCRIPT


def test_long_talk_finds_all_its_lines() -> None:
    """Sentences that are nearly alike do not take each other's place: 500 lines all find themselves."""
    rows = [(VOICES[place % 3 % 2], f"その件は {place} 番目の 話で 手袋のまま 使えない んです") for place in range(500)]
    talk = said(*rows)
    misheard = tuple(
        utterance._replace(phrases=(*utterance.phrases[:-1], "のでした")) if place % 7 == 0 else utterance
        for place, utterance in enumerate(talk)
    )
    merged = again(first(talk), misheard)
    assert not merged.added
    assert not merged.went
    assert len(merged.changed) == len(range(0, 500, 7))


@st.composite
def _edited(
    draw: st.DrawFn, made: st.SearchStrategy[tuple[Utterance, ...]]
) -> tuple[str, set[str], dict[str, tuple[str, str]], tuple[Utterance, ...]]:
    """A file that was transcribed and edited, what is cited, the lines that were corrected, and a later hearing."""
    talk = draw(made)
    old = read_old(first(talk).encode(), "x")
    ids = [line.cue.id for line in old.lines]
    cited = draw(st.sets(st.sampled_from(ids), max_size=3))
    corrected: dict[str, tuple[str, str]] = {}
    blocks = list(old.file.blocks)
    for line in old.lines:
        if draw(st.integers(0, 3)) == 0:
            text = draw(st.sampled_from((line.text + "よ", line.text[1:] or "ん", "聞き直した、まったく別の発言。")))
            corrected[line.cue.id] = (line.voice, text)
            at = blocks.index(line.cue)
            blocks[at] = replace(line.cue, text=f"<v {line.voice}>{text}")
    file = write(replace(old.file, blocks=tuple(blocks)))
    return file, cited, corrected, draw(heard_again(talk))


@given(_edited(talks()))
@settings(max_examples=60, deadline=None)
def test_whatever_is_heard_next_nothing_is_broken(
    edited: tuple[str, set[str], dict[str, tuple[str, str]], tuple[Utterance, ...]],
) -> None:
    """Cited and corrected lines keep identifier, words and voice; order and identifiers hold; the file is sound."""
    file, cited, corrected, talk = edited
    old = read_old(file.encode(), "x")
    before = lines(old)
    merged = again(file, talk, cited)
    after = lines(merged)
    assert {cue_id: after.get(cue_id) for cue_id in cited} == {cue_id: before[cue_id] for cue_id in cited}
    assert {cue_id: after.get(cue_id) for cue_id in corrected} == corrected
    assert max(Counter(cue.id for cue in merged.cues).values(), default=1) == 1
    assert [cue_id for cue_id in after if cue_id in before] == [cue_id for cue_id in before if cue_id in after]
    assert set(before) - set(after) == {cue.id for cue in merged.went}
    assert all(earlier.start_s <= later.start_s for earlier, later in pairwise(merged.cues))
    written = write(merged.file)
    assert parse(written) == merged.file
    assert not parse(written).flaws
    assert again(written, talk, cited).is_same or not talk


def _forgetful(file: str) -> str:
    """The file without what tells that it was the same."""
    return re.sub("drafts: [0-9a-f]{8}\n|engine: .*\n", "", file)


@given(varied_talks().flatmap(lambda talk: st.tuples(st.just(talk), heard_again(talk))))
@settings(max_examples=60, deadline=None)
def test_hearing_the_same_again_changes_nothing(both: tuple[tuple[Utterance, ...], tuple[Utterance, ...]]) -> None:
    """Even where the file does not tell that it was the same: every line finds itself."""
    before, after = both
    written = write(again(_forgetful(first(before)), after).file)
    assert write(again(_forgetful(written), after).file) == written


@given(talks().flatmap(lambda talk: st.tuples(st.just(talk), heard_again(talk))))
@settings(max_examples=60, deadline=None)
def test_where_nobody_has_worked_all_that_is_heard_is_in_the_file(
    both: tuple[tuple[Utterance, ...], tuple[Utterance, ...]],
) -> None:
    """No word of the engine is lost or doubled, however its lines are cut."""
    before, after = both
    drafts: tuple[DraftCue, ...] = heard(after)
    merged = again(first(before), after)
    assert letters_of("".join(texts(merged))) == letters_of("".join(draft.text for draft in drafts))
