"""The drawings: lines break as Japanese does, the curve tells no more than was felt, needs and people have places."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.knowledge.zones import zones
from generator.model.case import Stakeholder
from generator.model.value_map import ValueMap
from generator.pages.drawings.emotion_curve import Moment, curve_path, emotion_curve, turning_points
from generator.pages.drawings.icons import face
from generator.pages.drawings.people_map import can_say_no, people_map
from generator.pages.drawings.value_map import value_map_drawing
from generator.pages.drawings.waveform import BARS, Dot, bar_heights, insight_dots, waveform
from generator.pages.drawings.wrapping import width, wrap, wrap_evenly
from generator.pages.environment import Words
from generator.texts import load_texts
from tests.pages.rendering import words_of
from tests.pages.sample import FACTS, VALUE_MAP


@cache
def japanese() -> Words:
    """The words of a Japanese site."""
    return Words(load_texts("ja"))


def test_a_japanese_character_is_as_wide_as_two_letters():
    """Widths are half-ems; half-width katakana count as letters do."""
    assert (width("手袋"), width("TF14"), width("ｶﾅ"), width("3年")) == (4, 4, 2, 3)


def test_lines_do_not_begin_with_what_must_not():
    """Small kana, long marks and closing brackets go down with the character before them."""
    assert wrap("あいうえおっか", 10) == ["あいうえ", "おっか"]
    assert wrap("「そうです」と", 10) == ["「そうで", "す」と"]


def test_stops_may_hang_over_the_end():
    """A full stop is not worth a line of its own."""
    assert wrap("言えないでしょう。", 16) == ["言えないでしょう。"]


def test_lines_do_not_end_with_an_opening_bracket():
    """A bracket stays with what it opens."""
    assert wrap("彼は言う「はい」", 10) == ["彼は言う", "「はい」"]


def test_latin_words_stay_whole():
    """Words are not cut while a line can hold them."""
    assert wrap("the rugged notebook", 12) == ["the rugged", "notebook"]


def test_what_is_cut_says_so():
    """A text that does not fit ends in an ellipsis and keeps its width."""
    lines = wrap("あいうえおかきくけこ", 6, 2)
    assert lines == ["あいう", "えお…"]


def test_no_crumb_is_left_on_the_last_line():
    """Lines are evened out rather than leaving one character alone."""
    text = "替えたいと言い出すきっかけがある"
    assert wrap(text, 30) == ["替えたいと言い出すきっかけがあ", "る"]
    assert wrap_evenly(text, 30) == ["替えたいと言い出すきっか", "けがある"]


@given(st.text(alphabet="あア漢、。「」ーっ abZ9(", max_size=60), st.integers(4, 40))
def test_wrapping_loses_nothing_and_keeps_to_the_limit(text: str, limit: int):
    """Whatever the text, all of it is there; a line is over its limit only by characters that may not stand alone."""
    lines = wrap(text, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line.strip() for line in lines)


@given(st.lists(st.integers(-2, 2), min_size=2, max_size=12))
def test_the_curve_meets_every_point_and_never_swings_beyond(feelings: list[int]):
    """Between two steps nothing is felt that lies outside of them."""
    points = [(place * 100.0, feeling * 30.0) for place, feeling in enumerate(feelings)]
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", curve_path(points))]
    drawn = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert drawn[::3] == points
    for (before, after), controls in zip(pairwise(points), zip(drawn[1::3], drawn[2::3], strict=True), strict=True):
        low, high = sorted((before[1], after[1]))
        assert all(low - 0.1 <= y <= high + 0.1 for _, y in controls)


@pytest.mark.parametrize(
    ("feelings", "turning"),
    [([2, -1, -2, 0, -1, 2], {0, 2, 4, 5}), ([0, 0], set()), ([1], {0}), ([-1, -2, -2, 1], {1, 2, 3}), ([], set())],
)
def test_words_stand_at_lows_and_highs(feelings: list[int], turning: set[int]):
    """A low is felt below zero with no lower neighbour; a high the other way round."""
    assert turning_points(feelings) == turning


def test_the_curve_quotes_the_customer_where_it_turns():
    """At the lowest point stand the words; on the way there they do not."""
    moments = [Moment(-1, "a", "「まだ平気」", "#q1"), Moment(-2, "b", "「もう無理」", "#q2"), Moment(1, "c", "", "")]
    drawing = emotion_curve(moments, "curve")
    assert "「もう無理」" in words_of(drawing)
    assert 'href="#q2"' in drawing
    assert "まだ平気" not in drawing


def test_a_single_step_is_a_face_without_a_curve():
    """One moment makes no line."""
    drawing = emotion_curve([Moment(1, "a", "", "")], "curve")
    assert "cb-d-curve" not in drawing
    assert "cb-feel-1" in drawing


def test_feelings_differ_in_shape():
    """Each feeling has a face of its own, readable without colour."""
    shapes = {re.sub(r"cb-feel--?\d", "", face(feeling)) for feeling in range(-2, 3)}
    assert len(shapes) == 5


def test_needs_stand_in_their_zones_with_their_weight():
    """Ours alone at the left, theirs alone at the right, both between, nobody's above; what weighed more is larger."""
    drawing = value_map_drawing(zones(VALUE_MAP), japanese(), lambda identifier: identifier)
    places = {
        identifier: (float(x), float(y))
        for identifier, x, y in re.findall(
            r'href="#need-(n\d)">.*?class="cb-d-need[^"]*"(?: x="([\d.]+)")? y="([\d.]+)"', drawing
        )
        if x
    }
    ours, theirs, both, nobody = places["n3"], places["n1"], places["n2"], places["n4"]
    assert ours[0] < both[0] < theirs[0]
    assert nobody[1] < min(ours[1], both[1], theirs[1])
    assert 'class="cb-d-need cb-d-need-5 cb-d-strong"' in drawing
    assert 'href="#offer-o3"' in drawing


def test_an_empty_zone_says_so():
    """A reader sees that a zone is empty, not that something is missing."""
    lonely = ValueMap.model_validate({"needs": [{"id": "n1", "text": "早い返事"}]})
    assert words_of(value_map_drawing(zones(lonely), japanese(), str)).count("該当なし") == 3


def test_who_could_say_no_is_marked():
    """Deciders, approvers and gatekeepers carry a ring and the words; users and buyers do not."""
    drawing = people_map(FACTS.people, japanese())
    assert drawing.count("cb-d-veto-word") == 2
    assert [person.id for person in FACTS.people if can_say_no(person)] == ["safety-deputy", "harbour-director"]


def test_people_without_influence_or_stance_stay_off_the_map():
    """The map shows only what is known; the table names everybody."""
    unknown = Stakeholder.model_validate({"id": "x", "role": "経理", "influence": 3})
    assert "経理" not in people_map([*FACTS.people, unknown], japanese())


def test_influence_rises_and_stance_goes_from_left_to_right():
    """Who weighs more stands higher; who is for us stands further right."""
    drawing = people_map(FACTS.people, japanese())
    place = {
        role: (float(x), float(y))
        for x, y, role in re.findall(r'<text class="cb-d-role" x="([\d.]+)" y="([\d.]+)">([^<]+)<', drawing)
    }
    assert place["安全担当の副長"][1] < place["港湾事業部長"][1] < place["荷役課長"][1] < place["班長"][1]
    assert place["班長"][0] < place["港湾事業部長"][0] < place["安全担当の副長"][0] < place["荷役課長"][0]


def test_the_waveform_keeps_the_loudest_of_each_stretch():
    """Downsampling never hides a shout; the drawing has one bar for each stretch."""
    peaks = [0] * 1200
    peaks[601] = 100
    heights = bar_heights(peaks)
    assert len(heights) == BARS
    assert [place for place, peak in enumerate(heights) if peak] == [100]
    assert waveform(peaks).count("v36") == 1


def test_a_silent_or_short_recording_still_draws():
    """Few peaks, or none, make a drawing and no error."""
    assert waveform([]).startswith("<svg")
    assert waveform([0, 50]).count("M") == 2


def test_dots_lead_to_the_line_and_name_the_claim():
    """A dot is a way to the evidence, with the claim shown as text."""
    dots = insight_dots([Dot("q042", 30.0, "<b>claim")], 60.0)
    assert 'href="#q042"' in dots
    assert 'cx="50.00%"' in dots
    assert "&lt;b&gt;claim" in dots
