"""The segment map."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from generator.model.vocabulary import DealOutcome, Preference, SegmentKind
from generator.pages.segments import segments_page
from generator.publication import PublicDeal
from tests.pages.figures import plain_cases, samples
from tests.pages.knowledge import CORPUS, EMPTY, assert_matches_snapshot, changed, library, many, texts_in, whole_site


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["segments/"])


def test_map_has_nine_cells():
    """Four kinds split by preference, and the unaware whole: also before the first case."""
    for corpus in (CORPUS, EMPTY):
        assert len(texts_in(whole_site(corpus)["segments/"].body, "cb-cell")) == 2 * (len(SegmentKind) - 1) + 1


def test_a_case_stands_in_its_cell():
    """The lapsed customer who would not choose us again stands there and nowhere else."""
    cells = [text for text in texts_in(whole_site()["segments/"].body, "cb-cell") if "壊れないのに" in text]
    assert len(cells) == 1
    assert cells[0].startswith("次は選ばない")


def test_each_empty_cell_says_whom_to_interview():
    """Nine different calls on an empty map, none without words."""
    calls = texts_in(whole_site(EMPTY)["segments/"].body, "cb-cell-call")
    assert len(set(calls)) == 9
    assert all(calls)


def test_voices_are_counted_by_cell():
    """How many of the nine are heard, counted here from the cases."""
    cells = {(c.facts.segment.kind, c.facts.segment.preference) for c in CORPUS.cases if c.facts.segment}
    assert f"9マスのうち{len(cells)}マスで声を聞けています" in whole_site()["segments/"].body


def test_cases_without_a_place_are_named():
    """A case that does not say where its customer stands is asked for."""
    body = whole_site()["segments/"].body
    unplaced = body[body.index('id="unplaced"') :]
    assert "重くても、落ちないほうがいい" in unplaced
    assert "壊れないのに" not in unplaced


def test_a_case_without_preference_does_not_count_as_a_voice_of_the_nine():
    """It stands in a cell of its own, which is no call to interview anybody."""
    case = CORPUS.cases[0]
    segment = case.facts.segment.model_copy(update={"preference": None}) if case.facts.segment else None
    undecided = type(case)(case.slug, case.facts.model_copy(update={"segment": segment}), case.language)
    body = whole_site(changed(cases=(undecided,), paths={}))["segments/"].body
    assert "9マスのうち0マス" in body
    assert len(texts_in(body, "cb-cell")) == 10
    assert len(texts_in(body, "cb-cell-call")) == 9
    assert Preference.POSITIVE.value in body


LABELS = {"loyal": "ロイヤル", "general": "一般", "lapsed": "離反", "aware": "認知・未購買", "unaware": "未認知"}


def test_the_samples_stand_where_their_files_say():
    """Both maps, counted from the YAML: five bands with their number, and each title in its one cell of nine."""
    body = segments_page(library(samples())).body
    for kind, label in LABELS.items():
        count = sum(facts["segment"]["kind"] == kind for facts in plain_cases().values())
        band = next(text for text in texts_in(body, "cb-band-head") if text.startswith(label))
        assert (f"事例 {count}件" in band) == (count > 0)
    cells = texts_in(body, "cb-cell")
    for facts in plain_cases().values():
        side = {"positive": "次も選ぶ", "negative": "次は選ばない"}[facts["segment"]["preference"]]
        (cell,) = [text for text in cells if facts["title"] in text.replace("&amp;", "&").replace("&#34;", '"')]
        assert cell.startswith(side)


def test_movement_is_told_by_the_kind_of_the_case():
    """Each flow of the samples, counted from the YAML: where such customers stood before, and where they stand."""
    before = {"switched_to_us": "認知・未購買", "lost": "認知・未購買", "switched_away": "ロイヤルまたは一般"}
    expected = defaultdict(set)
    for facts in plain_cases().values():
        if facts["type"] in before:
            expected[before[facts["type"]], LABELS[facts["segment"]["kind"]]].add(facts["title"])
    body = segments_page(library(samples())).body
    rows = re.findall(r'<tr id="flow-(\d+)"><th scope="row">(.*?)</th><td><strong>(.*?)</strong>(.*?)</tr>', body, re.S)
    found = {}
    for _, origin, target, rest in rows:
        titles = re.findall(r'<a href="\.\./cases/[\w-]+/">(.*?)</a>', rest)
        found[origin, target] = {title.replace("&amp;", "&").replace("&#34;", '"') for title in titles}
    assert found == expected
    counts = re.findall(r'<a href="#flow-(\d+)" aria-label="(.*?) → (.*?): 事例 (\d+)件', body)
    assert {(origin, target): int(count) for _, origin, target, count in counts} == {
        pair: len(titles) for pair, titles in expected.items()
    }


def test_a_customer_interviewed_twice_tells_it():
    """From the segment of the first interview to that of the second."""
    case = CORPUS.cases[0]
    segment = case.facts.segment
    assert segment is not None
    dates = case.facts.dates.model_copy(update={"interview": dt.date(2024, 1, 10), "decision": dt.date(2023, 7, 1)})
    loyal = segment.model_copy(update={"kind": SegmentKind.LOYAL})
    earlier = type(case)("earlier", case.facts.model_copy(update={"segment": loyal, "dates": dates}), "ja")
    body = whole_site(changed(cases=(case, earlier), paths={}))["segments/"].body
    assert '<th scope="row">ロイヤル</th><td><strong>離反</strong>' in body
    assert "うち1件は、前とあとの両方でインタビュー" in body


def test_an_empty_cell_names_the_deals_that_would_fit():
    """A closed deal is the shortest way to a voice that is lacking."""
    deal = PublicDeal("0" * 16, dt.date(2025, 6, 1), DealOutcome.LOST, segment=SegmentKind.UNAWARE)
    body = whole_site(changed(deals=(deal,)))["segments/"].body
    assert texts_in(body, "cb-cell-deals") == ["当てはまる取引が1件あります"]
    assert '<a href="../whom-next/#gap-segments">' in body


def test_no_movement_teaches_what_would_tell_it():
    """An empty knowledge base says which cases tell where customers came from."""
    body = whole_site(EMPTY)["segments/"].body
    assert "segment を書くと" in body
    assert "cb-flow-drawing" not in body


def test_a_thousand_cases_stay_light():
    """Titles beyond the first of each cell and flow are a link away."""
    assert len(segments_page(library(many(1000))).body.encode()) < 300_000
