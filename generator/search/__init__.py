"""Pages -> an index that finds Japanese by the letter, and what a browser needs to show the line it found."""

from generator.search.bundle import IndexFacts, SearchIndexError, index_site

__all__ = ["IndexFacts", "SearchIndexError", "index_site"]
