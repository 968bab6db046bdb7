"""Waiting for a page under a policy that forbids evaluating strings inside it, which rules out `wait_for_function`."""

from __future__ import annotations

import time

from playwright.sync_api import Page


def wait_until(page: Page, expression: str, *, at_most_s: float = 15.0) -> None:
    """Return when the JavaScript `expression` is true in `page`. Raises AssertionError when it stays false."""
    end_s = time.monotonic() + at_most_s
    while not page.evaluate(f"Boolean({expression})"):
        assert time.monotonic() < end_s, f"never true: {expression}"
        page.wait_for_timeout(50)
