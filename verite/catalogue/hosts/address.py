"""A pasted address, taken apart: the one place that decides which texts are web addresses at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from .moments import read_start

LONGEST_PASTE = 4096
LONGEST_ADDRESS = 2048

_MARKUP = re.compile(
    r"""<(?:iframe|embed|video|source)\b[^<>]*?\ssrc\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""",
    re.IGNORECASE,
)
_ESCAPED_AMPERSAND = re.compile(r"&(?:amp;|#0*38;)+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"(https?):/{2,}", re.IGNORECASE)
_NAME = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)


@dataclass(frozen=True)
class Address:
    """Where an address leads, without its scheme (always https) and with nothing hidden in its host.

    ``host`` is in lower case and ends in ``:port`` unless the port is the default one, so that comparing it
    with a name refuses odd ports; it is empty for an address within this site. ``path`` begins with a slash.
    """

    host: str
    path: str
    query: str = ""
    fragment: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        """The decoded pieces of the path; doubled and trailing slashes leave no trace."""
        return tuple(unquote(piece) for piece in self.path.split("/") if piece)

    def value(self, *names: str) -> str:
        """The first value in the query under any of ``names``; empty when there is none."""
        return _first(self.query, names)

    def start(self, *names: str) -> int:
        """The second at which to start, said under one of ``names`` in query or fragment; 0 when not said."""
        return _first_moment(self.query, names) or _first_moment(self.fragment, names) or 0

    def mended(self) -> Address:
        """The same, after two slips that abound in old embed codes: ``/ID&t=90`` and ``?v=ID?t=90``."""
        path, _, misplaced = self.path.partition("&")
        return replace(self, path=path, query=f"{misplaced}&{self.query}".replace("?", "&"))


def read_address(pasted: str) -> Address | None:
    """The web address in ``pasted``: an address with or without scheme, an embed code, or a path of this site.

    None for everything else, above all for what a browser would understand otherwise than a reader does: names
    before an ``@``, control and invisible characters, backslashes, other schemes, names that are not ASCII,
    paths that climb (``..``) or hide a slash.
    """
    text = pasted.strip()
    if len(text) > LONGEST_PASTE:
        return None
    if text.startswith("<"):
        text = source_in_markup(text) or ""
    text = _ESCAPED_AMPERSAND.sub("&", text.strip())
    if not text or len(text) > LONGEST_ADDRESS or "\\" in text or not text.isprintable():
        return None
    if text.startswith("/") and not text.startswith("//"):
        return _split("", text)
    return _read_elsewhere(text)


def source_in_markup(markup: str) -> str | None:
    """The ``src`` of the first frame or video in ``markup``, its ampersands unescaped; None without one."""
    found = _MARKUP.search(markup)
    source = next((value for value in found.groups() if value), None) if found else None
    return _ESCAPED_AMPERSAND.sub("&", source) if source else None


def web_address(host: str, path: str) -> str:
    """The https address of a decoded ``path`` (which begins with a slash) on ``host``."""
    return f"https://{host}{quote(path, safe='/:@!$()*,;~')}"


def _read_elsewhere(text: str) -> Address | None:
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text.removeprefix("//")
    try:
        parts = urlsplit(f"https://{rest}")
        name, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or not _NAME.fullmatch(name):
        return None
    if scheme and scheme[1].lower() == "http" and port is not None:
        # Only port 80 has a known counterpart under https.
        if port != 80:
            return None
        port = None
    host = name if port in (None, 443) else f"{name}:{port}"
    return _split(host, rest[len(parts.netloc) :])


def _split(host: str, rest: str) -> Address | None:
    before, _, fragment = rest.partition("#")
    path, _, query = before.partition("?")
    address = Address(host, path or "/", query, fragment)
    climbs = any(piece in (".", "..") or "/" in piece for piece in address.segments)
    return None if climbs or _CONTROL.search(unquote(path)) else address


def _first(query: str, names: tuple[str, ...]) -> str:
    return next((value for name, value in parse_qsl(query) if name in names), "")


def _first_moment(query: str, names: tuple[str, ...]) -> int | None:
    # A media fragment (W3C) may name its clock, and the end after the start: npt:10,20.
    return read_start(_first(query, names).removeprefix("npt:").partition(",")[0])
