"""All claims, each beside what others say to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from generator.knowledge.links import all_insights
from generator.pages.insights import ECHOES_SHOWN, insights_pages
from generator.pages.page import Page
from tests.pages.figures import DAY, plain_cases, plain_insights, samples
from tests.pages.knowledge import CORPUS, assert_matches_snapshot, library, many, texts_in, whole_site
from tests.pages.ledgers import marks_of
from tests.support.cases import a_case, a_transcript, an_insight, published

ROW_IDS = re.compile(r'<li class="cb-claim-row[^"]*" id="([^"]*)" data-cb-item')


@cache
def sample_pages() -> tuple[Page, ...]:
    """The list of the sample cases."""
    return tuple(page for page in insights_pages(library(samples())) if isinstance(page, Page))


def marks_in(pages: Iterable[Page]) -> dict[str, dict[str, set[str]]]:
    """Reference of a claim (`slug.i1`) -> what it is found by, as the pages say it."""
    return {
        reference: carried
        for page in pages
        for reference, carried in zip(ROW_IDS.findall(page.body), marks_of(page.body), strict=True)
    }


def row_of(reference: str) -> str:
    """The HTML of a claim's row: `2025-09-harbour-cargo.i1`."""
    body = whole_site()["insights/"].body
    start = body.index(f'id="{reference}"')
    return body[start : body.find('<li class="cb-claim-row', start)]


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
    supported = row_of("2025-09-harbour-cargo.i2")
    behind = supported[supported.index("2事例で聞かれた声") : supported.index("cb-echo")]
    assert re.findall(r'href="([^"]*)"', behind) == [
        "../cases/2025-09-harbour-cargo/",
        "../cases/2024-05-forest-survey/",
    ]


def test_doors_of_departments_count_its_insights():
    """The chips' figures are those of the cases, counted here."""
    body = whole_site()["insights/"].body
    for department in CORPUS.casebook.departments:
        count = sum(department.id in item.insight.departments for item in all_insights(CORPUS))
        shown = re.search(rf'name="eyes" value="{department.id}".*?data-cb-option-count>(\d+)<', body)
        assert shown is not None
        assert int(shown[1]) == count


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
    """Three claims in each of 100 cases make ten pages."""
    pages = [page for address, page in whole_site(many(100)).items() if address.startswith("insights/")]
    ids = [reference for page in pages for reference in ROW_IDS.findall(page.body)]
    assert len(pages) == 10
    assert len(ids) == len(set(ids)) == 300


def test_all_words_of_a_claim_can_be_reached():
    """The first stands beside it, the others and those that speak against it open at its foot, each with its line."""
    row = row_of("2025-09-harbour-cargo.i1")
    folded = row[row.index("<details") : row.index("</details>")]
    assert "「やめる理由を聞かれたら困るな」" in row[: row.index("<details")]
    assert "「壊れないのに替えたい、とは言えないでしょう」" in folded
    assert "「前の担当の方なら、かけたと思います」" in folded
    assert texts_in(folded, "cb-quote-words") == [
        "「壊れないのに替えたい、とは言えないでしょう」",
        "「前の担当の方なら、かけたと思います」",
    ]
    for cue in ("q007", "q016"):
        assert f'href="../cases/2025-09-harbour-cargo/?play=1#{cue}"' in folded


def test_a_claim_shows_its_lens():
    """Of what time it is true, in which scene and at which phase of the journey, and what it is good for."""
    (lens, *_) = texts_in(row_of("2025-09-harbour-cargo.i1"), "cb-claim-lens")
    for said in ("2025年春の入れ替え時", "検討中", "次の商談", "方向づけ"):
        assert said in lens


def test_a_claim_that_was_replaced_shows_what_is_held_now():
    """Replaced, contradicted and supported claims wear their state, and the other's words come first to last."""
    transcript = a_transcript("一つ目", "二つ目")
    words = [{"cues": "q001", "quote": "一つ目"}]
    old = an_insight(state="superseded", superseded_by="new#i1", evidence=words)
    now = an_insight(claim="いまの見方", evidence=words, contradicts=["third#i1"])
    public = published(
        a_case("old", transcript=transcript, insights=(old,)),
        a_case("new", transcript=transcript, insights=(now,)),
        a_case("third", transcript=transcript, insights=(an_insight(claim="別の見方", evidence=words),)),
    )
    body = whole_site(public)["insights/"].body
    row = body[body.index('id="old.i1"') :].partition("</li>")[0]
    assert "cb-badge-superseded" in row
    assert "cb-echo-replaced_by" in row
    assert "いまの見方" in row
    other = body[body.index('id="new.i1"') :].partition('<li class="cb-claim-row')[0]
    assert re.findall(r'class="cb-echo cb-echo-(\w+)"', other) == ["contradicts", "replaces"]
    assert "別の見方" in other


def test_many_voices_do_not_fill_the_page():
    """The first are shown with their words; how many there are more is told, and their place is a link away."""
    others = [a_case(f"case-{place}", insights=(an_insight(supports=["one#i1"]),)) for place in range(20)]
    body = whole_site(published(a_case("one"), *others))["insights/"].body
    row = body[body.index('id="one.i1"') :].partition('<li class="cb-claim-row')[0]
    assert row.count('class="cb-echo ') == ECHOES_SHOWN
    assert f"ほかの声 {20 - ECHOES_SHOWN}件" in row
    assert "21事例で聞かれた声" in row
    assert '<a href="../cases/one/#insight-i1">21件すべて見る</a>' in row


def expected_marks() -> dict[str, dict[str, list[str]]]:
    """What the samples' claims are to be found by, from their YAML; the phase has a test of its own."""
    found = {}
    claims = plain_insights()
    supports = [(f"{slug}#{item['id']}", target) for slug, item in claims for target in item.get("supports", [])]
    against = [(f"{slug}#{item['id']}", target) for slug, item in claims for target in item.get("contradicts", [])]
    for slug, item in claims:
        facts, own = plain_cases()[slug], f"{slug}#{item['id']}"
        states = {action["state"] for action in item.get("actions", [])}
        segment = facts["segment"]
        marks = {
            "department": item.get("departments", []),
            "topic": [item["topic"]],
            "kind": [item["kind"]],
            "scene": [item["lens"]["scene"]],
            "purpose": item["lens"].get("purpose", []),
            "state": [item.get("state", "hypothesis")],
            "tag": item.get("tags", []),
            "challenge": item.get("challenges", []),
            "product": facts["products"],
            "segment": [segment["kind"], *([f"{segment['kind']}-{segment['preference']}"] if len(segment) > 1 else [])],
            "voices": [
                name
                for name, pairs in (("contradicts", against), ("agrees", supports))
                if any(own in pair for pair in pairs)
            ]
            + (["replaced"] if "superseded_by" in item else []),
            "changed": ["done" if "done" in states else "open" if states & {"planned", "doing"} else "none"],
            "heard": [quarter(facts["dates"]["interview"])],
            "since": [
                quarter(min(action["done_on"] for action in item.get("actions", []) if action["state"] == "done"))
                for _ in range("done" in states)
            ],
        }
        found[f"{slug}.{item['id']}"] = {name: values for name, values in marks.items() if values}
    return found


def quarter(day: Any) -> str:
    """`2025-q3`"""
    return f"{day.year}-q{(day.month + 2) // 3}"


def test_claims_are_found_by_what_editors_wrote():
    """Department, kind, scene, state, tag, challenge, product, segment and more, as the YAML of the samples says."""
    shown = marks_in(sample_pages())
    assert all(marks.pop("phase") for marks in shown.values())
    expected = expected_marks().items()
    assert shown == {claim: {name: set(values) for name, values in marks.items()} for claim, marks in expected}


@pytest.mark.parametrize(
    "name", ["department", "kind", "scene", "state", "tag", "challenge", "product", "segment", "heard", "since"]
)
def test_options_count_the_samples(name: str):
    """The figure beside each option is how many claims it leaves."""
    counts = Counter(value for marks in expected_marks().values() for value in dict.fromkeys(marks.get(name, [])))
    field = sample_pages()[0].body.partition(f'<select name="{name}">')[2].partition("</select>")[0]
    assert dict(re.findall(r'value="([^"]+)" data-label="[^"]*">[^<]*\((\d+)\)', field)) == {
        value: str(count) for value, count in counts.items()
    }


def test_number_of_cases_behind_each_sample_claim():
    """Its own and those whose insights support it or that it supports, counted from the YAML."""
    behind = {f"{slug}#{item['id']}": {slug} for slug, item in plain_insights()}
    for slug, item in plain_insights():
        for target in item.get("supports", []):
            behind[f"{slug}#{item['id']}"].add(target.partition("#")[0])
            behind[target].add(slug)
    text = "".join(page.body for page in sample_pages())
    for reference, cases in behind.items():
        row = text[text.index(f'id="{reference.replace("#", ".")}"') :].partition('<li class="cb-claim-row')[0]
        said = "いまのところ、この事例だけの声" if len(cases) == 1 else f"{len(cases)}事例で聞かれた声"
        assert said in row
    assert samples().built_on == DAY


def test_each_department_says_what_it_wants_to_know():
    """The picker carries the line of casebook.yml; scripts show it for the eyes that were chosen."""
    body = sample_pages()[0].body
    for department in samples().casebook.departments:
        assert department.lead_purpose
        assert f'data-purpose="{department.lead_purpose}"' in body


def test_how_far_claims_are_proved_is_counted():
    """Each state, and how many are contradicted from either end, counted from the YAML; each leads to its claims."""
    states = Counter(item.get("state", "hypothesis") for _, item in plain_insights())
    ends = [
        end
        for slug, item in plain_insights()
        for target in item.get("contradicts", [])
        for end in (f"{slug}#{item['id']}", target)
    ]
    head = sample_pages()[0].body.partition('class="cb-proof"')[2].partition("</section>")[0]
    assert dict(re.findall(r'href="\?(\S+?)"[^>]*>([\d,]+)<', head)) == {
        **{f"state={state}": str(count) for state, count in states.items()},
        "voices=contradicts": str(len(set(ends))),
    }
    assert "cb-proof" not in sample_pages()[1].body
