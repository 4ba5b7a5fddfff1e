"""Which requests the page cache may answer: those that say nothing about who asks."""

from __future__ import annotations

import re
from collections.abc import Mapping

# With one of these a request wants more than a page, or says who it comes from.
SPECIAL = frozenset(
    {
        b"authorization",
        b"content-length",
        b"expect",
        b"hx-request",
        b"range",
        b"transfer-encoding",
        b"upgrade",
    }
)


# Every cookie of this site is named so; those of others, such as a proxy's, do not make a visitor known.
OWN_COOKIE = re.compile(rb"(?:^|[;,\s])(?:__Host-)?verite-")


def is_anonymous(method: bytes, headers: Mapping[bytes, bytes]) -> bool:
    """Whether everybody who asks so gets the same answer."""
    if method not in (b"GET", b"HEAD") or not SPECIAL.isdisjoint(headers):
        return False
    cookie = headers.get(b"cookie")
    return cookie is None or OWN_COOKIE.search(cookie) is None
