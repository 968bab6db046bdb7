"""Tests of generator/search."""
