"""Headers that tell a browser what a page of ours may do.

The content security policy needs neither ``unsafe-inline`` nor a nonce, because no page has inline code; so
the same bytes can be given to everybody. What another host may show is said by the view, page by page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Openings = dict[str, set[str]]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    # What a player needs (autoplay, fullscreen, picture-in-picture) is left as browsers have it.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}

A_YEAR = 365 * 24 * 60 * 60

# A star may stand for the machines of one domain (those of the Internet Archive change), never for a whole
# top-level domain.
ORIGIN = re.compile(
    r"https?://((\*\.(?=[a-z0-9_-]+\.))?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(:[0-9]{1,5})?"
)


def allow_frames(response: HttpResponseBase, origins: Iterable[str]) -> None:
    """Let this page show frames of other hosts, such as ``https://www.youtube-nocookie.com``.

    Raises:
        ValueError: an origin is not scheme, host in lower-case ASCII and perhaps port, and nothing else.
    """
    _open(response, "frame-src", origins)


def allow_media(response: HttpResponseBase, origins: Iterable[str]) -> None:
    """Let this page play video, sound and captions that lie on other hosts. Raises as ``allow_frames``."""
    _open(response, "media-src", origins)


class SecurityHeaders:
    """Puts these headers on every answer; one that a view has set itself stands."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy_of(response))
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
        return response


def _policy_of(response: HttpResponseBase) -> str:
    openings = _openings(response)
    return _policy(openings) if openings else USUAL_POLICY


def _policy(openings: Openings) -> str:
    directives = {**dict.fromkeys(openings, ""), **POLICY}
    return "; ".join(
        " ".join([name, *value.split(), *sorted(openings.get(name, ()))])
        for name, value in sorted(directives.items())
    )


USUAL_POLICY = _policy({})


def _open(response: HttpResponseBase, directive: str, origins: Iterable[str]) -> None:
    for origin in origins:
        # A source comes from a curator or an import: no blank or semicolon may write a policy of its own.
        if not ORIGIN.fullmatch(origin):
            raise ValueError(f"Not an origin that a page can be opened to: {origin!r}")
        _openings(response).setdefault(directive, set()).add(origin)


def _openings(response: HttpResponseBase) -> Openings:
    found: Openings = response.__dict__.setdefault("policy_openings", {})
    return found
