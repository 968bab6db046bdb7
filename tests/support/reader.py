"""A reader at a real browser, who leaves with an empty console and without having called any other host."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Reader:
    """One page in a browser, and everything that went wrong in it."""

    page: Page
    home: str
    """Address of the site's home page, ending in a slash."""
    said: list[str] = field(default_factory=list)
    """What the console said, and what was thrown."""
    violations: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Addresses on other hosts that were asked for."""
    forgiven: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> Page:
        """Go to an address of the site, relative to its home page."""
        self.page.goto(self.home + address)
        return self.page

    def forgive(self, part: str) -> None:
        """Expect console messages with `part` in them: for tests of what happens when something is missing."""
        self.forgiven.append(part)

    def leave(self) -> None:
        """Fail when the console is not empty, the policy was broken or another host was asked."""
        unexpected = [line for line in self.said if not any(part in line for part in self.forgiven)]
        assert (unexpected, self.violations, self.strangers) == ([], [], [])


def new_reader(context: BrowserContext, home: str) -> Reader:
    """A reader in a fresh browser `context`."""
    reader = Reader(context.new_page(), home)
    host = urlsplit(home).netloc

    def hear(message: ConsoleMessage) -> None:
        reader.said.append(f"{message.type}: {message.text}")

    def watch(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != host:
            reader.strangers.append(request.url)

    def break_policy(violation: str) -> None:
        reader.violations.append(violation)

    context.expose_function("reportViolation", break_policy)
    context.add_init_script(REPORT_VIOLATIONS)
    reader.page.on("console", hear)
    reader.page.on("pageerror", lambda error: reader.said.append(f"thrown: {error}"))
    context.on("request", watch)
    return reader
