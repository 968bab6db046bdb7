"""Which lines of a talk a piece of evidence leans on."""

from __future__ import annotations

import pytest

from generator.knowledge.lines import lines_of
from generator.model.evidence import Evidence
from tests.support.cases import a_case, a_transcript, published


@pytest.mark.parametrize(
    ("evidence", "lines"),
    [
        ({"cues": "q002"}, [1]),
        ({"cues": "q001..q003"}, [0, 1, 2]),
        ({"cues": "q002", "case": "one"}, [1]),
        ({"cues": "q002", "case": "other"}, []),
        ({"cues": "q003..q001"}, []),
        ({"cues": "q001..q009"}, []),
    ],
    ids=["one line", "a run", "named by its own case", "said in another case", "reversed", "not there"],
)
def test_evidence_leans_on_lines_of_its_own_talk(evidence: dict[str, str], lines: list[int]):
    """A run has all lines from its first to its last; what was said elsewhere, or stands nowhere, has none."""
    case = published(a_case("one", transcript=a_transcript("一", "二", "三"))).cases[0]
    assert list(lines_of(case, Evidence.model_validate(evidence))) == lines


def test_a_case_without_a_transcript_has_no_lines():
    """A case may be published without its talk."""
    case = published(a_case("one", transcript=None)).cases[0]
    assert not lines_of(case, Evidence(cues="q001"))
