"""Every word of the user interface, in Japanese and in English.

The msgid is the English text itself, or `<enum name>.<value>` for the fixed vocabulary. Catalogues are gettext .po
files, one per area of the product (`generator/texts/<language>/<area>.po`), read directly: no compiled files to forget.
"""

from __future__ import annotations

import gettext as stdlib_gettext
import io
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
LANGUAGES = ("ja", "en")


class Texts:
    """The catalogues of one language."""

    def __init__(self, language: str, translations: stdlib_gettext.NullTranslations) -> None:
        """Hold `translations` for `language` (`ja` or `en`)."""
        self.language = language
        self._translations = translations

    def __reduce__(self) -> tuple[Callable[[str], Texts], tuple[str]]:
        """Other processes read the catalogues themselves."""
        return load_texts, (self.language,)

    def gettext(self, message: str) -> str:
        """The text for `message`, or `message` itself when no catalogue has it (a test holds that none is missing)."""
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The text for `number` things; Japanese has one form."""
        return self._translations.ngettext(singular, plural, number)

    def label(self, word: StrEnum) -> str:
        """The reader's name of a word of the fixed vocabulary: `CaseType.LOST` is 失注 in Japanese."""
        return self._translations.gettext(f"{type(word).__name__}.{word.value}")


def catalogue(language: str) -> Catalog:
    """All areas' messages of a language in one Babel catalogue. Raises FileNotFoundError for an unknown language."""
    folder = FOLDER / language
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    merged = Catalog(locale=language)
    for area in sorted(folder.glob("*.po")):
        with area.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged.add(message.id, message.string)
    return merged


@cache
def load_texts(language: str) -> Texts:
    """The texts of `language` (`ja` or `en`). Reads the catalogues once per process."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Texts(language, stdlib_gettext.GNUTranslations(compiled))
