"""What follows from the published cases, computed and never written twice: citations, zones, links, actions, segments.

Everything here takes a `PublicCorpus` (or parts of one), so that no count can reveal what was withheld.
"""
