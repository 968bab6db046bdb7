"""All claims, each beside what others say to it."""

from __future__ import annotations

import re

from generator.knowledge.links import all_insights
from tests.pages.knowledge import CORPUS, assert_matches_snapshot, many, texts_in, whole_site


def row_of(reference: str) -> str:
    """The HTML of a claim's row: `2025-09-harbour-cargo.i1`."""
    body = whole_site()["insights/"].body
    start = body.index(f'id="{reference}"')
    return body[start : body.find('<li class="cb-claim-row"', start)]


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["insights/"])


def test_every_claim_stands_there_once():
    """All published insights, under the topic they belong to."""
    claims = texts_in(whole_site()["insights/"].body, "cb-claim-text")
    assert sorted(claims) == sorted(item.insight.claim for item in all_insights(CORPUS))


def test_a_claim_leads_to_its_line_and_plays():
    """One quote carries the claim: its words, its line, and a way to hear it."""
    row = row_of("2025-09-harbour-cargo.i1")
    assert "「やめる理由を聞かれたら困るな」" in row
    assert 'href="../cases/2025-09-harbour-cargo/#q006"' in row
    assert 'href="../cases/2025-09-harbour-cargo/?play=1#q006"' in row


def test_contradictions_stand_side_by_side_from_both_ends():
    """Whoever wrote the contradiction down, both claims show the other's words beside them."""
    for here, there in (
        ("2025-09-harbour-cargo.i1", "重い機械ほど、現場では信用される。"),
        ("2025-03-tunnel-survey.i1", "「壊れない」という評判が、不満を言う口をふさぐ。"),
    ):
        assert "cb-echo-contradicts" in row_of(here)
        assert there in row_of(here)


def test_support_shows_the_other_case_with_its_quote():
    """A claim that another case supports shows that case's claim and words."""
    row = row_of("2025-09-harbour-cargo.i2")
    assert "cb-echo-agrees" in row
    assert "「山で終わります」" in row
    assert "森林の測量会社" in row


def test_number_of_cases_behind_a_claim():
    """Its own case and those that agree; a contradiction counts for nobody."""
    assert "2事例で聞かれた声" in row_of("2025-09-harbour-cargo.i2")
    assert "2事例で聞かれた声" in row_of("2024-05-forest-survey.i1")
    assert "いまのところ、この事例だけの声" in row_of("2025-09-harbour-cargo.i1")


def test_doors_of_departments_count_its_insights():
    """The chips' figures are those of the cases, counted here."""
    body = whole_site()["insights/"].body
    for department in CORPUS.casebook.departments:
        count = sum(department.id in item.insight.departments for item in all_insights(CORPUS))
        shown = re.search(rf'value="{department.id}">.*?data-cb-option-count>(\d+)<', body)
        assert (int(shown[1]) if shown else 0) == count


def test_marks_tell_what_changed():
    """An insight with a done action changed something; one with open actions is being worked on."""
    body = whole_site()["insights/"].body
    changed = dict(re.findall(r'id="([^"]*)" data-cb-item[^>]*data-changed="(\w+)"', body))
    assert changed == {
        "2025-09-harbour-cargo.i1": "done",
        "2025-09-harbour-cargo.i2": "open",
        "2025-09-harbour-cargo.i3": "none",
        "2025-03-tunnel-survey.i1": "none",
        "2024-05-forest-survey.i1": "open",
    }


def test_a_long_list_is_cut_and_names_every_claim_once():
    """Three claims in each of 100 cases make three pages."""
    pages = [page for address, page in whole_site(many(100)).items() if address.startswith("insights/")]
    ids = [found for page in pages for found in re.findall(r'<li class="cb-claim-row" id="([^"]*)"', page.body)]
    assert len(pages) == 3
    assert len(ids) == len(set(ids)) == 300
