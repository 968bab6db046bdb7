"""The success scenario as readers see it."""

from __future__ import annotations

import re
from functools import cache

from generator.knowledge.success import Scenario, case_works, scenario
from generator.model.vocabulary import ActionState, InsightState, Phase
from generator.pages.page import Page
from generator.pages.success import success_pages
from tests.pages.figures import samples
from tests.pages.knowledge import CORPUS, EMPTY, assert_matches_snapshot, library, texts_in, whole_site
from tests.pages.rendering import Outline


@cache
def made() -> dict[str, Page]:
    """Address -> page of the samples."""
    return {page.address: page for page in success_pages(library(samples()))}


def body() -> str:
    """The page of all samples."""
    return made()["success/"].body


@cache
def whole() -> Scenario:
    """The scenario of all samples."""
    return scenario(case_works(samples()).values())


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["success/"])


def test_the_table_says_what_is_drawn():
    """A row for each department, a column for each phase, with the figures of the boxes."""
    table = body()[body().index("cb-lanes-table") : body().index("</table>")]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', table, re.DOTALL)
    departments = {department.name: department.id for department in samples().casebook.departments}
    assert [row.partition("<")[0] for row in rows] == ["お客様", *departments]
    for row in rows[1:]:
        name, *cells = re.split(r"</th>|</td>", row)[:-1]
        for phase, cell in zip(Phase, cells, strict=True):
            box = whole().box(departments[name], phase)
            figures = [box.counts[s] for s in (ActionState.DONE, ActionState.DOING, ActionState.PLANNED)]
            told = [*(figures if any(figures) else [0]), *([box.notes] if box.notes else [])]
            assert [int(figure) for figure in re.findall(r"\d+", re.sub(r"<[^>]*>", " ", cell))] == told


def test_the_drawing_says_how_many_hand_over():
    """The most frequent hand-overs of a phase, each with departments and number."""
    told = re.findall(r"<title>(\S+から\S+へ \d+回)</title>", body())
    names = {department.id: department.name for department in samples().casebook.departments}
    for phase in Phase:
        passings = [passing for passing in whole().passings if passing.phase is phase]
        for passing in sorted(passings, key=lambda passing: -len(passing.steps))[:1]:
            giver, taker = names[passing.from_department], names[passing.to_department]
            assert f"{giver}から{taker}へ {len(passing.steps)}回" in told


def test_every_phase_says_what_customers_feel_and_say():
    """Each of the five with its median, a quote that can be heard, and the insights that speak to it."""
    assert [scene.phase for scene in whole().scenes] == list(Phase)
    sections = body().split('class="cb-scene"')[1:]
    assert len(sections) == 5
    for section, scene in zip(sections, whole().scenes, strict=True):
        assert "cb-quote-words" in section and "play=1" in section
        assert f"気持ちの中央値 {scene.feeling.median:g}" in section
        assert f'href="../insights/?phase={scene.phase.value}">{len(scene.insights)}件すべて見る' in section
        surest = next(item for item in scene.insights if item.insight.state is InsightState.HOLDS)
        assert surest.insight.claim.replace('"', "&#34;").replace("'", "&#39;") in section


def test_a_product_and_an_industry_have_a_scenario_of_their_own():
    """Made of their cases alone; words without a case have none."""
    for product in samples().casebook.products:
        cases = [case for case in samples().cases if product.id in case.facts.products]
        page = made().get(f"success/product-{product.id}/")
        assert (page is not None) == bool(cases)
        if page:
            assert f"{len(cases)}件の事例から" in page.body
    assert set(made()) == {"success/"} | {
        f"success/{kind}-{term.id}/"
        for kind, terms in (("product", samples().casebook.products), ("industry", samples().casebook.industries))
        for term in terms
        if any(term.id in (*case.facts.products, case.facts.customer.industry) for case in samples().cases)
    }


def test_choices_lead_from_one_scenario_to_the_others():
    """And the one that is read is marked."""
    for address, page in made().items():
        root = "../" * address.count("/")
        assert {root + other for other in made()} <= set(Outline(page.body).hrefs)
        assert page.body.count('aria-current="page"') == 1


def test_a_gap_is_said_in_words():
    """Customers of the small knowledge base feel bad in use, and no department is at work there."""
    told = scenario(case_works(CORPUS).values())
    gaps = [scene for scene in told.scenes if scene.is_gap]
    assert gaps
    body = whole_site()["success/"].body
    assert len(texts_in(body, "cb-success-gap")) == 2 * len(gaps)


def test_the_empty_page_teaches():
    """Three files feed it."""
    body = whole_site(EMPTY)["success/"].body
    assert "cb-teach" in body
    for file in ("journey.yml", "insights.yml", "case.yml"):
        assert f"<code>{file}</code>" in body
