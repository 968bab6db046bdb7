"""The page that shows all components."""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.vocabulary import ActionState, CaseType, InsightState, Verdict
from tests.pages.knowledge import assert_matches_snapshot, whole_site
from tests.pages.rendering import Outline

STYLES = Path(__file__).parents[2] / "overrides" / "assets" / "casebook" / "styles"


def page():
    """The page as built with any cases."""
    return whole_site()["patterns/"]


def test_snapshot():
    """The components change only on purpose: this page is where it shows."""
    assert_matches_snapshot(page())


def test_page_is_not_listed():
    """It is for people who work on the components: not in the map of the site, not found by search."""
    assert not page().listed
    assert page().search is None


def test_every_state_is_shown():
    """A state that nobody can look at is a state that breaks unseen."""
    classes = Outline(page().body).classes
    for word in (*InsightState, *ActionState, *Verdict, *CaseType):
        assert f"cb-badge-{word.value}" in classes


def test_shared_components_are_shown():
    """Every class that base.css, the styles of all pages, describes is on this page."""
    css = re.sub(r"/\*.*?\*/", "", (STYLES / "base.css").read_text(encoding="utf-8"), flags=re.S)
    described = set(re.findall(r"\.(cb-[a-z_-]+)", css))
    elsewhere = {"cb-wide-only", "cb-narrow-only", "cb-stack"}
    missing = described - Outline(page().body).classes - elsewhere
    assert not missing


def test_every_colour_and_size_exists():
    """A swatch for a token that is gone would be an empty box."""
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--cb-[\w-]+)\)", page().body))
    assert used
    assert {name for name in used if f"{name}:" not in tokens} == set()
