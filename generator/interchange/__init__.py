"""What readers may see, in the forms that other programs read: feeds, one JSON document, tables.

Everything is made from the same `PublicCorpus` as the pages, so nothing is in a file that is not on a page.
"""

from generator.interchange.exports import exports

__all__ = ["exports"]
