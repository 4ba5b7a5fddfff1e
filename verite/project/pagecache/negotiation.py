"""What a client accepts, and what it already has: small, pure, and remembered, for headers repeat."""

from __future__ import annotations

import re
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
BEST_FIRST = (BROTLI, GZIP, IDENTITY)

# Few are in use at a time, and a hostile one may be as long as a head.
MOST_REMEMBERED = 256

_QUALITY = re.compile(r"q=(0(\.\d{0,3})?|1(\.0{0,3})?)", re.IGNORECASE)


@lru_cache(maxsize=MOST_REMEMBERED)
def coding(accept_encoding: bytes | None) -> str:
    """The content coding to answer with: what the client likes best, of those the smallest.

    A client that refuses everything we have, unencoded bytes included, gets them unencoded all the same: a
    page is of more use to it than an error.
    """
    qualities = _qualities((accept_encoding or b"").decode("latin-1"))
    anything = qualities.get("*", 0.0)
    liked = {
        BROTLI: qualities.get(BROTLI, anything),
        GZIP: qualities.get(GZIP, qualities.get("x-gzip", anything)),
        # Whoever does not speak of unencoded bytes takes them, but likes least of all to get them.
        IDENTITY: qualities.get(IDENTITY, anything if "*" in qualities else 0.001),
    }
    best = max(BEST_FIRST, key=lambda name: liked[name])  # the first of equals
    return best if liked[best] > 0 else IDENTITY


@lru_cache(maxsize=MOST_REMEMBERED)
def language(accept_language: bytes) -> str:
    """The language Django's ``LocaleMiddleware`` would choose for a visitor without a cookie."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language.decode("latin-1")
    return get_language_from_request(request)


def known_tag(if_none_match: bytes | None, tag: bytes) -> bytes | None:
    """The tag by which the client already has what ``tag`` names, in whatever coding; None if it has not.

    Bytes compressed at another level are another representation with a tag of its own (what stands after
    the last hyphen differs), but not other content, so what the client holds is still good.
    """
    if if_none_match is None:
        return None
    if if_none_match == b"*":
        return tag
    content = tag[: tag.rindex(b"-") + 1]
    for item in if_none_match.split(b","):
        known = item.strip().removeprefix(b"W/")
        if known.startswith(content) and known.endswith(b'"'):
            return known
    return None


def _qualities(header: str) -> dict[str, float]:
    found = {}
    for item in header.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            match = _QUALITY.fullmatch(parameter.replace(" ", ""))
            quality = float(match[1]) if match else 0.0
        if name:
            found[name] = quality
    return found
