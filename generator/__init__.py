"""Casebook: a git repository of customer interviews becomes a searchable intranet site."""
