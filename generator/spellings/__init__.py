"""One name, written in many ways: what counts as the same spelling, for the check, the gate and the audit alike."""

from generator.spellings.company import FORM_AFTER, FORM_BEFORE, company_core
from generator.spellings.fold import fold, fold_with_places
from generator.spellings.patterns import is_latin, is_short_latin, patterns, stands_alone

__all__ = [
    "FORM_AFTER",
    "FORM_BEFORE",
    "company_core",
    "fold",
    "fold_with_places",
    "is_latin",
    "is_short_latin",
    "patterns",
    "stands_alone",
]
