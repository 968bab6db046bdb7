"""Stylesheets and scripts: which files the frame loads, in which order.

Styles are written one file per component and served as one, in the order of `FIRST_STYLES` and then by name, so that a
page needs one request and no list has to be kept. Scripts are ES modules and are served as they are written.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from generator.texts import FOLDER as TEXTS_FOLDER

STYLES_FOLDER = "assets/casebook/styles"
SCRIPTS_FOLDER = "assets/casebook/scripts"
BUNDLED_STYLES = f"{STYLES_FOLDER}/casebook.css"
FIRST_STYLES = ("tokens.css", "base.css", "frame.css")
"""Values, then elements, then the frame; components build on them."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""No string in a stylesheet of ours has such a mark in it."""
_LINE_END = re.compile(r"(?<=[{};])\n")
_COMMENT_LINES = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
"""What is told of the function behind it."""

EVERYWHERE = ("frame.js", "search-box.js", "listen.js")
"""Modules of every page."""
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "case": ("case.js",),
    "cases": ("filters.js",),
    "accounts": ("accounts.js",),
    "whom-next": ("whom-next.js",),
    "insights": ("filters.js",),
    "actions": ("filters.js",),
    "voices": ("filters.js", "voices.js"),
    "search": ("search-page.js",),
    "home": ("progress.js",),
    "path": ("progress.js",),
    "paths": ("progress.js",),
    "patterns": ("case.js", "filters.js"),
    "gaps": ("gaps.js", "filters.js"),
    "journeys": ("filters.js",),
    "decisions": ("filters.js",),
}
"""Modules of each kind of page besides; they import what they need themselves."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What pages load, as addresses relative to the site's root, each with a mark of its content."""

    style: str
    styles_text: str
    """All stylesheets as one."""
    palette: str
    """A classic script that runs before the page is painted, so that it is painted in the right colours at once."""
    modules: Mapping[str, str]
    """Name of a script -> its address."""

    def scripts(self, kind: str) -> tuple[str, ...]:
        """The modules of a page of that kind."""
        names = (*EVERYWHERE, *BY_KIND.get(kind, ()))
        return tuple(self.modules[name] for name in names if name in self.modules)


def read_assets(theme: Path) -> Assets:
    """The stylesheets and scripts in the folder `theme` (`overrides/`). Reads them."""
    text = bundle_styles(theme / STYLES_FOLDER)
    folder = theme / SCRIPTS_FOLDER
    # A module imports others: all of them share one mark, so that a change of any makes browsers ask again.
    mark = _mark(b"".join(script.read_bytes() for script in sorted(folder.rglob("*.js"))))
    modules = {script.name: f"{SCRIPTS_FOLDER}/{script.name}?v={mark}" for script in sorted(folder.glob("*.js"))}
    return Assets(
        style=f"{BUNDLED_STYLES}?v={_mark(text.encode())}",
        styles_text=text,
        palette=modules.get("palette.js", ""),
        modules=modules,
    )


def bundle_styles(folder: Path) -> str:
    """All stylesheets of a folder in one text, each under its name, without comments and indentation."""
    paths = sorted(folder.glob("*.css"), key=lambda path: (_rank(path.name), path.name))
    return "\n".join(f"/* {path.name} */\n{_shortened(path.read_text(encoding='utf-8'))}" for path in paths)


def _shortened(styles: str) -> str:
    """A sixth less to load from servers that do not pack what they send."""
    lines = (line.strip() for line in _COMMENT.sub("", styles).splitlines())
    return _LINE_END.sub("", "\n".join(line for line in lines if line))


def served_script(script: str) -> str:
    """A script as it is served: without the lines that are comments, a fifth of it."""
    lines = _COMMENT_LINES.sub("", script).splitlines()
    return "".join(f"{line}\n" for line in lines if line.strip() and not line.lstrip().startswith("//"))


def script_texts(language: str) -> str:
    """The texts of the scripts (catalogue areas `scripts*.po`) as JSON that is safe inside a script element.

    English text -> text in `language`; a list of forms where the number decides.
    """
    texts: dict[str, str | list[str]] = {}
    for area in sorted((TEXTS_FOLDER / language).glob("scripts*.po")):
        with area.open("rb") as file:
            for message in read_po(file, locale=language):
                forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
                if isinstance(message.id, str) and message.id:
                    texts[message.id] = forms[0]
                elif message.id:
                    texts[message.id[0]] = forms
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def _rank(name: str) -> int:
    return FIRST_STYLES.index(name) if name in FIRST_STYLES else len(FIRST_STYLES)


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
