"""Measurements beside peers; figures are kept in docs/performance.md."""
