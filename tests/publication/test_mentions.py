"""What is left of a withheld case in the others: nothing, or a notice that says no more than that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.casebook import GlossaryEntry, GuidedPath
from generator.publication import WithholdingReason
from generator.publication.addresses import Addresses
from tests.support.cases import DAY, a_case, a_casebook, an_insight, published

CONSENT: dict[str, Any] = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18"}
WITHDRAWN = {"consent": {**CONSENT, "withdrawn": DAY}}
LIMITED = {"consent": {**CONSENT, "read": ["sales"]}}
GONE = "2025-05-gone"
HERE = "2025-07-tower"


@pytest.mark.parametrize(
    ("facts", "places"),
    [(WITHDRAWN, {"related", "insight-i1", "insight-i2"}), (LIMITED, set()), ({"consent": None}, set())],
)
def test_readers_are_told_only_of_what_they_once_could_see(facts: dict[str, Any], places: set[str]) -> None:
    """A link to a case that has ended leaves a notice; of what was never there nothing is said."""
    elsewhere = {"cues": "q001", "case": GONE}
    insights = (
        an_insight(id="i1", evidence=[{"cues": "q001"}, elsewhere]),
        an_insight(id="i2", contradicts=[f"{GONE}#i1"]),
        an_insight(id="i3"),
    )
    public = published(a_case(insights=insights, facts={"related": [GONE]}), a_case(GONE, facts=facts))
    assert public.cases[0].ended_links == places
    assert GONE not in repr(public)


def test_a_path_tells_that_a_stop_has_ended() -> None:
    """And one that loses every stop is gone."""
    stops = [{"case": GONE, "title": "A"}, {"case": HERE, "title": "B"}]
    named = {"cut": stops, "whole": stops[1:], "lost": stops[:1]}
    paths = {name: GuidedPath.model_validate({"title": "道", "stops": stops}) for name, stops in named.items()}
    public = published(a_case(), a_case(GONE, facts=WITHDRAWN), paths=paths)
    assert (set(public.paths), public.shortened_paths) == ({"cut", "whole"}, {"cut"})


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("続きは[冬の鉄塔](../2025-05-gone/)へ。", "続きは（公開を終了しました）へ。"),
        ("[a [b] c](/cases/2025-05-gone/#q003 'title') d", "（公開を終了しました） d"),
        ("[x](<https://intranet/kb/cases/2025-05-GONE/?play=1>)", "（公開を終了しました）"),
        ("![絵](../2025-05-gone/a.png)", "（公開を終了しました）"),
        ("[x](../2025%2D05-gone/)", "（公開を終了しました）"),
        ("[冬][1] と [1]\n\n[1]: ../2025-05-gone/ '冬'\n", "（公開を終了しました） と （公開を終了しました）\n\n"),
        ("2025-05-goneの話", "●●の話"),
        ("../2025-05-gone/", "../●●/"),
        ("[x](../limited/) limited 12limited", "●● limited 12limited"),
        ("[x](../2025-05-gone-too/) [y](../2025-07-tower/#q001)", None),
        ("1. [ ] 表 | [^1] | a[0](b)", None),
    ],
)
def test_links_in_notes_become_a_notice(written: str, left: str | None) -> None:
    """With the words of the link, which may be the case's title; other links and words stay as they are."""
    addresses = Addresses({GONE, "limited"}, {GONE})
    assert addresses.markdown(written, "ja") == (written if left is None else left)


def test_the_notice_is_in_the_language_of_the_case() -> None:
    """It stands among the case's own words."""
    case = a_case(facts={"language": "en"}, notes_markdown=f"See [it](../{GONE}/).")
    public = published(case, a_case(GONE, facts=WITHDRAWN))
    assert public.cases[0].notes_markdown == "See (no longer available)."


def test_no_text_names_the_folder_of_a_withheld_case() -> None:
    """Not in a case, and not beside the cases."""
    said = f"{GONE} を参照"
    case = a_case(insights=(an_insight(situation=said),), facts={"title": said})
    entry = GlossaryEntry(term="鉄塔", meaning=said)
    casebook = a_casebook(tags=[{"id": "t", "name": said}])
    public = published(case, a_case(GONE, facts=LIMITED), glossary=(entry,), casebook=casebook)
    assert GONE not in repr(public)
    assert public.cases[0].insights[0].situation == "●● を参照"


@given(st.text(alphabet="a-1/[]()<>!: \n'\"\\.#あ", max_size=80))
def test_no_notes_stop_the_build_or_keep_an_address(text: str) -> None:
    """Whatever editors write: it is gone through, and the folder's name stands nowhere as a word of its own."""
    addresses = Addresses({"a-1"}, {"a-1"})
    left = addresses.markdown(text, "ja")
    assert addresses.markdown(left, "ja") == left
    assert addresses.text(left) == left


def test_the_reason_is_told_with_the_place() -> None:
    """For the editor: what depended on what, and where that is written."""
    from generator.publication import publish
    from tests.support.cases import a_corpus

    case = a_case(insights=(an_insight(id="i2", evidence=[{"cues": "q001"}, {"cues": "q007", "case": GONE}]),))
    withheld = publish(a_corpus(case, a_case(GONE, facts=WITHDRAWN)), on=DAY)[1]
    assert [(item.part, item.reason, item.detail, item.key) for item in withheld] == [
        ("case", WithholdingReason.WITHDRAWN, DAY.isoformat(), ("consent", "withdrawn")),
        (
            "evidence of insight i2",
            WithholdingReason.DEPENDS,
            f"{GONE} q007",
            ("insights", "i2", "evidence", 1),
        ),
    ]
