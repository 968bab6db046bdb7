"""Swim lanes: what is drawn for whom."""

from __future__ import annotations

from generator.pages.drawings.swimlanes import ARROWS_IN_A_PHASE, Arrow, Lane, LaneBox, PhaseHead, Picture, swimlanes
from tests.pages.knowledge import HOSTILE
from tests.pages.rendering import Outline

NOTHING = LaneBox(0, 0, 0, 0, (), "#phase-use")
PHASES = tuple(PhaseHead(name, f"#phase-{name}", None, "", False) for name in ("a", "b", "c", "d", "e"))


def picture(*lanes: Lane, arrows: tuple[Arrow, ...] = (), phases: tuple[PhaseHead, ...] = PHASES) -> Picture:
    """A picture of `lanes`."""
    return Picture("全体", "お客様", phases, lanes, arrows)


def a_lane(*boxes: LaneBox, name: str = "営業") -> Lane:
    """A department with these boxes in the first phases and nothing in the others."""
    return Lane(name, 18, (*boxes, *[NOTHING] * (5 - len(boxes))))


def test_acting_planning_and_knowing_look_different():
    """By their frame, not by colour alone; where there is nothing there is no box and no link."""
    acts = LaneBox(1, 0, 1, 1, ("完了 1",), "#x")
    plans, knows = LaneBox(0, 0, 1, 1, ("予定 1",), "#x"), LaneBox(0, 0, 0, 2, ("メモ 2",), "#x")
    for drawing in swimlanes(picture(a_lane(acts, plans, knows))):
        looks = [look for look in ("acts", "plans", "knows") if f"cb-d-work-{look}" in drawing]
        assert looks == ["acts", "plans", "knows"]
        assert drawing.count("cb-d-nothing-done") == 2
        assert Outline(drawing).hrefs.count("#x") == 3


def test_the_small_drawing_keeps_the_figures():
    """What is done and being done; or else what is planned; or else how many notes there are. The rest is its name."""
    boxes = (
        LaneBox(2, 3, 1, 1, ("完了 2", "進行中 3"), "#x"),
        LaneBox(0, 0, 4, 1, ("予定 4",), "#x"),
        LaneBox(0, 0, 0, 7, ("メモ 7",), "#x"),
    )
    _, small = swimlanes(picture(a_lane(*boxes)))
    for figure in (">5<", ">4<", ">7<", "<title>完了 2 進行中 3</title>"):
        assert figure in small


def test_only_the_most_frequent_hand_overs_are_drawn():
    """Three in a phase; one from a department to itself is a loop."""
    frequent = (Arrow(0, 0, 1, count, f"{count}回") for count in (1, 5, 2, 4))
    arrows = (*frequent, Arrow(1, 1, 1, 3, "同じ部門"))
    wide, small = swimlanes(picture(a_lane(), a_lane(name="SE"), arrows=arrows))
    for drawing in (wide, small):
        assert [f"{count}回" in drawing for count in (5, 4, 2, 1)] == [True, True, True, False]
        assert drawing.count('class="cb-d-arrow"') == ARROWS_IN_A_PHASE + 1
        assert "<title>同じ部門</title>" in drawing


def test_a_phase_without_a_journey_has_no_face():
    """Nothing is guessed: the curve runs from one told phase to the next."""
    told = tuple(
        PhaseHead(phase.name, phase.href, feeling, "気持ち", False)
        for phase, feeling in zip(PHASES, (None, 1.5, None, -2, None), strict=True)
    )
    wide, _ = swimlanes(picture(a_lane(), phases=told))
    assert wide.count('class="cb-face') == 2
    assert wide.count("cb-d-curve") == 1
    alone, _ = swimlanes(picture(a_lane(), phases=(told[1], *PHASES[1:])))
    assert "cb-d-curve" not in alone


def test_a_gap_is_hatched_from_top_to_bottom():
    """The column of a phase in which nobody acts."""
    head = PhaseHead("利用", "#phase-use", -1, "気持ち", True)
    for drawing in swimlanes(picture(a_lane(), phases=(*PHASES[:4], head))):
        assert drawing.count("cb-d-gap") == 1


def test_texts_stay_texts():
    """Names of departments and phases, labels of hand-overs, words in boxes."""
    head = PhaseHead(HOSTILE, "#phase-use", 1, HOSTILE, False)
    box = LaneBox(1, 0, 0, 0, (HOSTILE, HOSTILE), "#x")
    arrows = (Arrow(0, 0, 0, 1, HOSTILE), Arrow(1, 0, 1, 1, HOSTILE))
    lanes = (a_lane(box, name=HOSTILE), a_lane())
    for drawing in swimlanes(Picture(HOSTILE, HOSTILE, (head, *PHASES[1:]), lanes, arrows)):
        outline = Outline(drawing)
        assert (outline.unclosed, outline.misplaced) == ([], [])
        assert not {"script", "img"} & set(outline.tags)
        assert not [name for name in outline.attributes if name.startswith("on")]
