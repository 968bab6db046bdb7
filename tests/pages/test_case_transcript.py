"""The talk: every line has its link, its time, its side of the table, its notes and what leans on it."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

from generator.knowledge.citations import Citation
from generator.model.review import Note
from generator.model.transcript import Cue, Transcript
from generator.pages.case.transcript import quoted_spans, threads
from generator.pages.clock import clock
from tests.pages.rendering import render
from tests.pages.sample import CASE


def _talk(*texts: str) -> Transcript:
    return Transcript(
        tuple(Cue(f"q{place}", place * 5, place * 5 + 4, "A", text, place) for place, text in enumerate(texts, 1))
    )


def _cites(quote: str, anchor: str = "insight-i1") -> Citation:
    return Citation("insight", anchor, "claim", quote)


def _note(identifier: str, cues: str, reply_to: str | None = None) -> Note:
    return Note.model_validate(
        {"id": identifier, "cues": cues, "department": "sales", "kind": "idea", "text": "x", "reply_to": reply_to}
    )


def test_quoted_words_are_marked_in_their_line():
    """Of a line only the words that somebody quotes are marked."""
    talk = _talk("手袋のまま使えない、それだけです")
    assert quoted_spans(talk, {"q1": [_cites("手袋のまま使えない")]}) == {"q1": [(0, 9)]}


def test_overlapping_quotes_are_one_mark():
    """Two quotes of the same words do not nest."""
    talk = _talk("手袋のまま使えない")
    cited = {"q1": [_cites("手袋のまま"), _cites("まま使えない", "need-n1")]}
    assert quoted_spans(talk, cited) == {"q1": [(0, 9)]}


def test_quote_over_two_lines_is_marked_in_both():
    """A sentence that the transcript broke in two is marked on both sides of the break."""
    talk = _talk("夜、電話したら", "人が出た。助かった")
    citation = _cites("電話したら人が出た")
    assert quoted_spans(talk, {"q1": [citation], "q2": [citation]}) == {"q1": [(2, 7)], "q2": [(0, 4)]}


def test_quote_that_stands_nowhere_marks_nothing():
    """Words that were redacted since are not searched for elsewhere."""
    assert quoted_spans(_talk("●●のまま使えない"), {"q1": [_cites("手袋のまま")]}) == {}


def test_replies_stand_with_the_note_that_they_answer():
    """A thread stays together beside the line of its first note, whatever line a reply names."""
    beside = threads([_note("n1", "q1"), _note("n2", "q5", "n1"), _note("n3", "q9", "n2")])
    assert list(beside) == ["q1"]
    assert [note.id for note in beside["q1"][0].replies] == ["n2", "n3"]


def test_reply_to_nothing_opens_its_own_thread():
    """A note is never lost because the one before it was withheld."""
    assert [thread.note.id for thread in threads([_note("n2", "q5", "gone")])["q5"]] == ["n2"]


def test_line_is_its_own_link_and_knows_its_time():
    """The time leads to the line, and the player finds the line by its start in seconds."""
    cue = CASE.transcript.cues[2] if CASE.transcript else None
    assert cue is not None
    assert f'<p id="q003" data-s="{cue.start_s:.1f}"><a href="#q003">{clock(cue.start_s)}</a>' in render().body


def test_customer_and_interviewer_are_told_apart():
    """Turns of the own side are marked as such; the customer's stand plain."""
    body = render().body
    assert '<div class="cb-own"><b>聞き手</b>' in body
    assert "<div><b>荷役課長</b>" in body


def test_lines_name_what_leans_on_them():
    """From a line the reader reaches the insight, the need and the step that cite it."""
    line = render().body.partition('<p id="q018"')[2].partition("</p>")[0]
    assert 'href="#need-n1"' in line
    assert 'href="#step-j6"' in line
    assert "<mark>最後まで首にかかってます</mark>" in line


def test_back_link_stands_once_for_a_run_of_lines():
    """What cites two lines in a row is named at the first of them."""
    body = render().body
    assert 'href="#insight-i2"' in body.partition('<p id="q011"')[2].partition("</p>")[0]
    assert 'href="#insight-i2"' not in body.partition('<p id="q012"')[2].partition("</p>")[0]


def test_unsure_line_asks_to_be_verified():
    """Where the transcription was unsure the line says so in words, and the talk says how many there are."""
    body = render().body
    assert '<small class="cb-unsure">聞き取り未確認</small>' in body.partition('<p id="q020"')[2].partition("</p>")[0]
    assert "音声で確かめていない発言が1件あります。" in body
    english = render(language="en").body
    assert '<small class="cb-unsure" lang="en">Verify by ear</small>' in english
    assert "1 line has not been verified by ear yet." in english


def test_verified_talk_says_nothing_about_it():
    """When everything has been heard, nothing is left of the marks."""
    transcript = CASE.transcript
    assert transcript
    sure = replace(transcript, cues=tuple(cue._replace(unsure=False) for cue in transcript.cues))
    body = render(case=replace(CASE, transcript=sure)).body
    assert "cb-unsure" not in body
    assert "cb-draft" not in body


def test_voice_that_nobody_named_is_marked_wherever_it_stands():
    """Over its turns, under its quotes and in the search; as a machine's word, not as the editor's."""
    transcript = CASE.transcript
    assert transcript
    page = render(case=replace(CASE, transcript=replace(transcript, unconfirmed=("荷役課長",))))
    assert '<div><b>荷役課長<small class="cb-unconfirmed">（未確認）</small></b>' in page.body
    assert '<div class="cb-own"><b>聞き手</b>' in page.body
    assert '<span>荷役課長</span><small class="cb-unconfirmed">（未確認）</small>' in page.body
    assert "（未確認）の話者は、自動で聞き分けたものです。" in page.body
    assert page.search
    assert {passage.voice for passage in page.search.passages if passage.kind == "cue"} == {
        "荷役課長（未確認）",
        "聞き手",
    }


def test_notes_are_folded_under_their_line_with_their_number():
    """Where there is no margin the notes of a line are one fold that says how many there are."""
    after = render().body.partition('<p id="q006"')[2]
    assert "<summary>メモ 3件</summary>" in after[: after.index("</details>")]


def test_a_line_that_is_not_shown_keeps_its_place_and_its_link():
    """The timeline holds, links to the line land, and search does not know it."""
    first = CASE.transcript.cues[0]
    cues = (first._replace(voice="", text=""), *CASE.transcript.cues[1:])
    case = dataclasses.replace(CASE, transcript=Transcript(cues), withheld_cues=frozenset({first.id}))
    page = render(case)
    assert f'<p id="{first.id}" data-s="{first.start_s:.1f}">' in page.body
    assert page.body.count("（非公開の発言）") == 1
    assert page.search is not None
    assert first.id not in {passage.anchor for passage in page.search.passages}
