"""Pages -> an index that finds Japanese by the letter, and what a browser needs to show the line it found."""

from generator.search.bundle import IndexFacts, index_site
from generator.search.indexer import SearchIndexError
from generator.search.kept_parts import KeptParts, forget_audiences

__all__ = ["IndexFacts", "KeptParts", "SearchIndexError", "forget_audiences", "index_site"]
