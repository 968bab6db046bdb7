"""What editors write is escaped on its way into HTML and SVG, unless the maker of the HTML is named here."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.vocabulary import Topic
from generator.pages.drawings import svg
from generator.pages.drawings.waveform import Dot, Stretch, insight_dots, topic_band
from generator.pages.drawings.wrapping import wrap, wrap_evenly
from generator.pages.environment import environment
from generator.texts import load_texts
from tests.support.hostile import naughty_strings

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "generator/pages/templates").rglob("*.j2"))
FRAME = sorted((ROOT / "overrides").rglob("*.html"))
MAKERS = {
    "pages/case/transcript.py",
    "pages/case/view.py",
    "pages/case/search.py",
    "pages/drawings/emotion_curve.py",
    "pages/drawings/gaps.py",
    "pages/drawings/icons.py",
    "pages/drawings/people_map.py",
    "pages/drawings/shares.py",
    "pages/drawings/svg.py",
    "pages/drawings/value_map.py",
    "pages/drawings/waveform.py",
    "pages/environment.py",
    "pages/journeys/view.py",
    "pages/markdown.py",
    "pages/parts.py",
    "pages/patterns.py",
    "pages/terms.py",
}
"""Files that make HTML themselves. Each escapes what it is given; a test of its own shows that."""
SAFE = {
    "main.html": ["policy", "frame.linked_data", "script_texts"],
    "partials/content.html": ["page.content"] * 2,
    "partials/footer.html": ["config.copyright"],
}
"""What templates pass on as it is: text of the program, data whose letters cannot end a script, finished pages."""


def test_every_template_escapes() -> None:
    """Without a word of its own; no template can switch it off."""
    for language in ("ja", "en"):
        made = environment(load_texts(language))
        assert made.autoescape is True
        assert "<b>" not in made.from_string("{{ text }}").render(text="<b>")
    for template in (*TEMPLATES, *FRAME):
        assert not re.search(r"\bautoescape\b", template.read_text(encoding="utf-8")), template
    assert len(TEMPLATES) > 20
    assert len(FRAME) > 5


def test_only_named_places_pass_html_on() -> None:
    """`|safe` stands in the frame where a finished page is put in, and nowhere in the pages."""
    for template in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|\bMarkup\b", template.read_text(encoding="utf-8")), template
    found = {
        template.relative_to(ROOT / "overrides").as_posix(): re.findall(
            r"([\w.]+)\s*\|\s*safe\b", template.read_text(encoding="utf-8")
        )
        for template in FRAME
    }
    assert {name: passed for name, passed in found.items() if passed} == SAFE


def test_only_named_files_make_html() -> None:
    """Whoever writes `Markup(...)` has to be put on the list, and to be looked through."""
    makers = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Markup"
                and node.args
            ):
                makers.add(path.relative_to(ROOT / "generator").as_posix())
    assert makers <= MAKERS


def test_no_address_comes_out_of_a_record() -> None:
    """No key of any file is an address, so that no `javascript:` can stand in one: links are made by the program."""
    from generator.validate.fields import record_paths, shapes
    from generator.validate.schemas import FILES

    keys = {key for _, record in FILES.values() for _, inner in record_paths(record) for key in shapes(inner)}
    assert not {key for key in keys if re.search(r"url|href|link|src|address", key)}


def text_of(drawing: str) -> str:
    """The words of a drawing; it must be well-formed, with elements of ours only."""
    root = ET.fromstring(f"<svg xmlns:xlink='x'>{drawing}</svg>")  # noqa: S314 - our own drawing, that is the question
    for element in root.iter():
        assert element.tag in {"svg", "g", "a", "text", "tspan", "title", "circle", "rect", "path", "use"}, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert not re.match(r"\s*(javascript|data):", value), value
    return "".join(root.itertext())


PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=80)
WORDS = st.one_of(st.sampled_from(naughty_strings()), PLAIN)


@given(WORDS)
@settings(deadline=None)
def test_words_in_drawings_are_words(words: str) -> None:
    """Whatever a claim, a topic or a label says, a drawing shows it letter by letter."""
    assert text_of(svg.text([words], 0, 0, 0, "a")) == words
    assert text_of(svg.link("#a", svg.text([words], 0, 0, 0, "a"))) == words
    assert text_of(insight_dots([Dot("q1", 0.0, words)], 1.0)) == words
    assert text_of(topic_band([Stretch(next(iter(Topic)), words, 0.0, 1.0)], 1.0)) == words
    label = svg.drawing([], 1, 1, "a", words)
    assert ET.fromstring(label).get("aria-label") == " ".join(re.split(r"[\t\n\r]", words))  # noqa: S314


@given(WORDS, st.integers(4, 40))
@settings(deadline=None)
def test_breaking_lines_loses_no_letter(words: str, limit: int) -> None:
    """Whatever stands in a drawing, only white space goes when it is broken into lines."""
    for lines in (wrap(words, limit), wrap_evenly(words, max(limit, 8))):
        assert "".join("".join(lines).split()) == "".join(words.split())


@pytest.mark.parametrize(
    "words", ["a" * 20_000, "あ" * 20_000, " " * 20_000, "「" * 20_000, "、" * 20_000, "a " * 10_000]
)
def test_long_words_in_drawings_are_no_work(words: str) -> None:
    """As long as a text in a file can be, cut to the lines that there is room for."""
    assert len(wrap(words, 20, 3)) <= 3
