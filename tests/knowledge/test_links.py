"""Insights speak to one another from both ends; related cases say why; lines know who cites them."""

from __future__ import annotations

import datetime as dt

from generator.knowledge.actions import actions, is_overdue
from generator.knowledge.citations import citations
from generator.knowledge.links import insight_links
from generator.knowledge.related import RelatedIndex, Relation
from generator.knowledge.segments import five_segments, nine_segments, without_segment
from generator.model.insight import Action
from generator.model.vocabulary import Preference, SegmentKind
from tests.support.cases import a_case, a_transcript, an_insight, published


def test_support_and_contradiction_are_seen_from_both_ends() -> None:
    """An editor writes the link once; both insights show it."""
    public = published(
        a_case("one", insights=(an_insight(supports=["two#i1"], contradicts=["two#i2"]),)),
        a_case("two", insights=(an_insight(), an_insight(id="i2", state="superseded", superseded_by="one#i1"))),
    )
    links = insight_links(public)
    assert [item.reference for item in links["one#i1"].agrees] == ["two#i1"]
    assert [item.reference for item in links["two#i1"].agrees] == ["one#i1"]
    assert [item.reference for item in links["two#i2"].contradicts] == ["one#i1"]
    replaced_by = links["two#i2"].replaced_by
    assert replaced_by is not None
    assert replaced_by.reference == "one#i1"
    assert [item.reference for item in links["one#i1"].replaces] == ["two#i2"]


def test_a_pair_written_down_on_both_sides_is_named_once() -> None:
    """Writing the link in both files does not double it."""
    public = published(
        a_case("one", insights=(an_insight(supports=["two#i1"]),)),
        a_case("two", insights=(an_insight(supports=["one#i1"]),)),
    )
    assert len(insight_links(public)["one#i1"].agrees) == 1


def test_an_editor_s_word_comes_first_among_related_cases() -> None:
    """Named, then contradicting, then sharing words; never the case itself; each with its reason."""
    base = {"tags": ["gloves"], "products": ["tf14"]}
    public = published(
        a_case("one", facts={**base, "related": ["named"]}, insights=(an_insight(contradicts=["against#i1"]),)),
        a_case("shares", facts=base),
        a_case("against", facts={"customer": {"name": "x", "alias": "y", "industry": "gas"}}),
        a_case("named", facts={"customer": {"name": "x", "alias": "y", "industry": "gas"}}),
    )
    related = RelatedIndex(public).related(public.cases[0])
    assert [item.case.slug for item in related] == ["named", "against", "shares"]
    assert related[1].reasons == ((Relation.CONTRADICTS, ""),)
    assert (Relation.TAG, "gloves") in related[2].reasons
    assert len(RelatedIndex(public).related(public.cases[0], limit=1)) == 1


def test_a_line_knows_everything_that_leans_on_it() -> None:
    """Every cue of a range carries the citation; evidence from another case does not."""
    case = a_case(
        transcript=a_transcript("一つ目", "二つ目", "三つ目"),
        insights=(an_insight(evidence=[{"cues": "q001..q002"}, {"cues": "q003", "case": "other"}]),),
        facts={"people": [{"id": "boss", "role": "部長", "evidence": [{"cues": "q003", "quote": "三つ目"}]}]},
    )
    cited = citations(published(case, a_case("other")).cases[0])
    assert {cue: [item.anchor for item in entry] for cue, entry in cited.items()} == {
        "q001": ["insight-i1"],
        "q002": ["insight-i1"],
        "q003": ["person-boss"],
    }
    assert cited["q003"][0].quote == "三つ目"


def an_action(**changes: object) -> Action:
    """An open action."""
    return Action.model_validate(
        {"id": "a1", "department": "sales", "artefact": "talk", "change": "x", "state": "planned", **changes}
    )


def test_late_actions_come_first() -> None:
    """Overdue, then open by due date, then done; only open ones can be late."""
    wanted = [
        an_action(id="late", due="2025-12-01"),
        an_action(id="soon", due="2026-02-01"),
        an_action(id="someday"),
        an_action(id="done", state="done", due="2025-01-01", done_on="2025-02-01"),
    ]
    shuffled = tuple(action.model_dump() for action in (wanted[3], wanted[2], wanted[0], wanted[1]))
    rows = actions(published(a_case(insights=(an_insight(actions=shuffled),))))
    assert [(row.action.id, row.overdue) for row in rows] == [
        ("late", True),
        ("soon", False),
        ("someday", False),
        ("done", False),
    ]
    assert not is_overdue(wanted[0], dt.date(2025, 12, 1))


def test_the_map_has_nine_cells_and_five_segments_and_loses_no_case() -> None:
    """Each case stands in one cell of each map, or among those without a segment."""
    public = published(
        a_case("a", facts={"segment": {"kind": "loyal", "preference": "positive"}}),
        a_case("b", facts={"segment": {"kind": "loyal", "preference": "negative"}}),
        a_case("c", facts={"segment": {"kind": "unaware"}}),
        a_case("d"),
    )
    nine = nine_segments(public)
    assert len(nine) == 9
    assert len(five_segments(public)) == 5
    cells = {(cell.kind, cell.preference): [case.slug for case in cell.cases] for cell in nine if cell.cases}
    assert cells == {
        (SegmentKind.LOYAL, Preference.POSITIVE): ["a"],
        (SegmentKind.LOYAL, Preference.NEGATIVE): ["b"],
        (SegmentKind.UNAWARE, None): ["c"],
    }
    assert [case.slug for case in five_segments(public)[0].cases] == ["a", "b"]
    assert [case.slug for case in without_segment(public)] == ["d"]


def test_a_case_that_hides_its_preference_still_stands_on_the_map() -> None:
    """It gets a cell of its own beside the two of its kind."""
    nine = nine_segments(published(a_case(facts={"segment": {"kind": "lapsed"}})))
    assert [(cell.kind, cell.preference) for cell in nine if cell.cases] == [(SegmentKind.LAPSED, None)]
