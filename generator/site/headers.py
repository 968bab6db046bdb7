"""What a browser is told beside the pages: the Content-Security-Policy, and the other headers of a careful server.

This is the one place where the policy is written. Every page carries it as a meta element, every site has a file
`_headers` for hosts that read one (Netlify and Cloudflare Pages), and deploy/casebook/headers.conf says the same to
nginx; a test holds that they agree.

Words of customers are never kept by a browser without asking the server again (`no-cache`): when a consent ends, the
next request shows it. Only what has a mark of its content in its address may be kept for long: styles, scripts, and the
parts of the search index. What a page asks for goes by their list, which is asked for each time: a part that holds
withdrawn words is on no list any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

POLICY: Final[Mapping[str, tuple[str, ...]]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    # Attributes only, for figures that pages calculate: a department's hue, the share of a bar. They can neither load
    # nor run anything, and no text of an editor reaches them.
    "style-src-attr": ("'unsafe-inline'",),
    "img-src": ("'self'",),
    "font-src": ("'self'",),
    # A server that sends no parts of files makes the player keep the recording in memory, to move about in it.
    "media-src": ("'self'", "blob:"),
    "connect-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
"""Directive -> what it allows (https://www.w3.org/TR/CSP3/). What is not named is not allowed."""

_NOT_IN_A_PAGE: Final = frozenset({"frame-ancestors"})
"""Directives that browsers heed in a header only (CSP3 section 3.3), and complain of elsewhere."""

CACHE_CONTENT: Final = "private, no-cache"
CACHE_MARKED: Final = "private, max-age=31536000, immutable"
"""For addresses that change with their content."""


def policy(*, in_page: bool = False, preview: bool = False) -> str:
    """The policy as a header has it, or as it stands in a page.

    In a preview, the server of MkDocs writes a script of its own into every page; it is allowed there.
    """
    directives = {name: allowed for name, allowed in POLICY.items() if not (in_page and name in _NOT_IN_A_PAGE)}
    if preview:
        directives["script-src"] = (*directives["script-src"], "'unsafe-inline'")
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in directives.items())


HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that know no frame-ancestors
    "Referrer-Policy": "same-origin",  # an address may hold what somebody searched for
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",  # a crawler of the intranet must not make a copy either
}
"""On every answer, those of errors too."""


INDEX_PARTS: Final = "/pagefind/:part/*"
"""Addresses of the files in parts of the search index, as `_headers` writes them."""


def headers_file() -> str:
    """The file `_headers` of a site: all headers for all addresses, and parts of the index to be kept.

    Such hosts cannot tell styles and scripts apart that are asked for with their mark. One that does not know how to
    take a header back (`!`) sends both values, of which browsers heed the stricter.
    """
    lines = [f"  {name}: {value}" for name, value in {**HEADERS, "Cache-Control": CACHE_CONTENT}.items()]
    marked = [INDEX_PARTS, "  ! Cache-Control", f"  Cache-Control: {CACHE_MARKED}"]
    return "\n".join(["/*", *lines, *marked]) + "\n"
