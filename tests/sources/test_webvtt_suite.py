"""WebVTT is read as browsers read it: the web platform's own tests hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.sources.webvtt import VttCue, VttNode, VttRegion, VttSpan, VttText, cue_nodes, parse
from generator.sources.webvtt.timings import write_timestamp

SUITE = Path(__file__).parents[1] / "data" / "webvtt-suite"
EXPECTED: dict[str, Any] = json.loads((SUITE / "expected-cues.json").read_text(encoding="utf-8"))["files"]

DOM_ELEMENTS = {"c": "span", "v": "span", "lang": "span"}
"""The elements that tags become; the others keep their names."""

ABSENT = object()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_file_is_read_as_its_assertions_say(name: str) -> None:
    """Every assertion of the suite about a file holds."""
    cues = parse((SUITE / "file-parsing" / name).read_bytes()).cues
    assert [item for item in EXPECTED[name]["asserted"] if not holds(item, cues)] == []


def test_the_suite_is_complete() -> None:
    """No assertion is lost: the suite has 441, and each of its files is read."""
    assert sum(len(file["asserted"]) for file in EXPECTED.values()) == 441
    assert {path.name for path in (SUITE / "file-parsing").iterdir()} == set(EXPECTED)


def tree_cases() -> list[Any]:
    """Each cue of the cue-parsing files with the tree it must become."""
    cases = []
    for path in sorted((SUITE / "cue-parsing").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        cues = parse(path.with_suffix(".vtt").read_bytes()).cues
        assert len(cues) == len(expected)
        pairs = enumerate(zip(cues, expected, strict=True))
        cases += [pytest.param(cue.text, item["expectedTree"], id=f"{path.stem}-{i}") for i, (cue, item) in pairs]
    return cases


@pytest.mark.parametrize(("text", "expected_tree"), tree_cases())
def test_cue_text_becomes_the_expected_tree(text: str, expected_tree: str) -> None:
    """The tree of a cue's text is the one that the suite expects of a browser."""
    assert "".join(tree_lines(cue_nodes(text))) == expected_tree


def holds(assertion: dict[str, Any], cues: tuple[VttCue, ...]) -> bool:
    """Whether one recorded assertion is true of the cues."""
    expected = assertion.get("equals", assertion.get("is", ABSENT))
    if isinstance(expected, int):
        # JavaScript's numbers are floats, so the suite means the float nearest to 18446744073709552000.
        expected = float(expected)
    if assertion["what"] == "cues.length":
        return bool(len(cues) == expected)
    if assertion["what"] == "(value)":
        # settings-region.vtt: "Cue 0 (1) has invalid region", which the assertions after it repeat one by one.
        return all(isinstance(cues[i].settings.region, VttRegion) for i in (0, 1))
    found = re.fullmatch(r"cues\[(\d+)\]\.(\w+)(?:\.(\w+))?", assertion["what"])
    assert found, assertion
    cue = cues[int(found[1])]
    if found[3]:
        region = cue.settings.region
        return region is not None and region_attribute(region, found[3]) == expected
    if isinstance(expected, dict):
        same = re.fullmatch(r"cues\[(\d+)\]\.region", expected["same_as"])
        assert same, assertion
        region = cues[int(same[1])].settings.region
        return region is not None and cue.settings.region is region
    if expected is ABSENT:
        return cue_attribute(cue, found[2]) is not None
    return bool(cue_attribute(cue, found[2]) == expected)


def cue_attribute(cue: VttCue, name: str) -> object:
    """An attribute of the browsers' VTTCue."""
    settings = cue.settings
    return {
        "id": cue.id,
        "startTime": cue.start_s,
        "endTime": cue.end_s,
        "text": cue.text,
        "vertical": settings.vertical,
        "line": "auto" if settings.line_position is None else settings.line_position,
        "lineAlign": settings.line_align,
        "snapToLines": settings.snap_to_lines,
        "position": "auto" if settings.position is None else settings.position,
        "positionAlign": settings.position_align,
        "size": settings.size,
        "align": settings.align,
        "region": settings.region,
    }[name]


def region_attribute(region: VttRegion, name: str) -> object:
    """An attribute of the browsers' VTTRegion."""
    return {
        "lines": float(region.lines),
        "scroll": "up" if region.scroll_up else "",
        "regionAnchorX": region.region_anchor[0],
        "regionAnchorY": region.region_anchor[1],
        "viewportAnchorX": region.viewport_anchor[0],
        "viewportAnchorY": region.viewport_anchor[1],
    }[name]


def tree_lines(nodes: tuple[VttNode, ...], depth: int = 0) -> list[str]:
    """The tree as html5lib's tests write the DOM that browsers make of it."""
    indent = "| " + "  " * depth
    lines = []
    for node in nodes:
        if isinstance(node, VttText):
            lines.append(f'{indent}"{node.value}"\n')
        elif isinstance(node, VttSpan):
            lines.append(f"{indent}<{DOM_ELEMENTS.get(node.tag, node.tag)}>\n")
            if node.classes:
                lines.append(f'{indent}  class="{" ".join(node.classes)}"\n')
            if node.tag == "lang":
                lines.append(f'{indent}  lang="{node.language}"\n')
            if node.tag == "v":
                lines.append(f'{indent}  title="{node.annotation}"\n')
            lines += tree_lines(node.children, depth + 1)
        else:
            lines.append(f"{indent}<?timestamp {write_timestamp(node.time_s)}>\n")
    return lines
