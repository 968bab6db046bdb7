"""Stylesheets and scripts: none forgotten, each with a mark of its content."""

from __future__ import annotations

import re
from pathlib import Path

from generator.site.assets import BY_KIND, EVERYWHERE, bundle_styles, read_assets, script_texts, served_script
from generator.site.frame import TAB_NAMES
from generator.texts import LANGUAGES, catalogue
from tests.support.tiny_site import CONFIG

THEME = CONFIG.parent / "overrides"
SCRIPTS = THEME / "assets/casebook/scripts"


def test_styles_come_in_order(tmp_path: Path) -> None:
    """Values before elements before the frame before components, whatever their names."""
    for name in ("action.css", "base.css", "frame.css", "tokens.css"):
        (tmp_path / name).write_text(f".{name} {{}}", encoding="utf-8")
    order = re.findall(r"/\* (\S+) \*/", bundle_styles(tmp_path))
    assert order == ["tokens.css", "base.css", "frame.css", "action.css"]


def test_mark_changes_with_the_content(tmp_path: Path) -> None:
    """A browser asks again when, and only when, something has changed: also when an imported module has."""
    scripts = tmp_path / "assets/casebook/scripts"
    (scripts / "deep").mkdir(parents=True)
    (scripts / "frame.js").write_text("1", encoding="utf-8")
    (scripts / "deep" / "part.js").write_text("1", encoding="utf-8")
    before = read_assets(tmp_path).scripts("case")
    assert read_assets(tmp_path).scripts("case") == before
    (scripts / "deep" / "part.js").write_text("2", encoding="utf-8")
    assert read_assets(tmp_path).scripts("case") != before


def test_every_script_is_loaded_by_some_page() -> None:
    """A script that no page loads, directly or through another, is forgotten work."""
    entries = {"palette.js", *EVERYWHERE, *(name for names in BY_KIND.values() for name in names)}
    reached: set[Path] = set()
    ahead = [SCRIPTS / name for name in entries if (SCRIPTS / name).is_file()]
    while ahead:
        script = ahead.pop()
        if script not in reached:
            reached.add(script)
            imports = re.findall(
                r"""(?:from|import)\s*\(?\s*["'](\.[^"']+\.js)["']""", script.read_text(encoding="utf-8")
            )
            ahead.extend((script.parent / name).resolve() for name in imports)
    assert {script.name for script in SCRIPTS.rglob("*.js") if script.resolve() not in reached} == set()


def test_every_script_that_is_named_exists() -> None:
    """A name in the list without its file would be left out in silence."""
    named = {*EVERYWHERE, *(name for names in BY_KIND.values() for name in names)}
    assert {name for name in named if not (SCRIPTS / name).is_file()} == set()


def test_texts_of_scripts_are_complete() -> None:
    """What a script says in English it can say in Japanese."""
    used = set()
    for script in SCRIPTS.rglob("*.js"):
        used |= set(re.findall(r"""\btext(?:ForCount)?\(\s*"([^"]+)\"""", script.read_text(encoding="utf-8")))
    for language in ("ja", "en"):
        known = script_texts(language)
        assert {message for message in used if f'"{message}":' not in known} == set(), language


def test_texts_cannot_end_the_script_element() -> None:
    """Whatever a translator writes stays inside its element."""
    assert "<" not in script_texts("ja")


def test_texts_of_the_frame_are_complete() -> None:
    """What a template of the frame says in English is in both catalogues."""
    used = set()
    for template in (*THEME.glob("*.html"), *THEME.glob("partials/**/*.html")):
        used |= set(re.findall(r"""\b_\(["']([^"']+)["']\)""", template.read_text(encoding="utf-8")))
    used |= set(TAB_NAMES.values())
    for language in LANGUAGES:
        known = {message.id for message in catalogue(language) if message.string}
        assert used - known == set(), language


def test_comments_are_not_served(tmp_path: Path) -> None:
    """They are for who reads the source; strings and code stay as they are."""
    script = '// about\n\n/** What it does,\n * twice. */\nexport const a = "// text";\n  // why\n  b(); // kept\n'
    assert served_script(script) == 'export const a = "// text";\n  b(); // kept\n'
    (tmp_path / "one.css").write_text("/* why\n   so */\n.a,\n.b {\n  color: red; /* x */\n}\n", encoding="utf-8")
    assert bundle_styles(tmp_path) == "/* one.css */\n.a,\n.b {color: red;}"
