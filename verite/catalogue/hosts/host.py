"""What a video host is to us: one small class that knows its addresses."""

# ruff: noqa: ARG002 - the defaults stand for hosts that cannot do a thing, so they ignore what they are told.

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlencode, urlsplit

from .address import Address

Kind = Literal["video", "playlist", "file"]


@dataclass(frozen=True)
class Found:
    """What a pasted address leads to.

    ``host`` is the host's slug, ``ref`` its own name for the thing (at most 500 characters), ``start`` the
    second at which to start (0: the beginning), ``address`` the page to watch it on, free of trackers.
    """

    host: str
    kind: Kind
    ref: str
    start: int
    address: str


class Host(Protocol):
    """A place that plays videos. Every ``ref`` handed in must have come out of ``recognise``."""

    @property
    def slug(self) -> str:
        """Its name in the database and in exports; at most 20 characters, never changed."""
        ...

    @property
    def name(self) -> str:
        """Its name as a visitor reads it."""
        ...

    @property
    def abilities(self) -> frozenset[str]:
        """What our page can ask of its player: ``seek`` to a second, tell the ``time``, tell the ``end``."""
        return frozenset()

    def recognise(self, address: Address) -> Found | None:
        """What ``address`` leads to on this host; None when it leads elsewhere or to no video."""
        ...

    def watch_address(self, ref: str, start: int = 0) -> str:
        """The page for a visitor without script, from second ``start``."""
        ...

    def embed_address(self, ref: str, start: int = 0) -> str | None:
        """The player for a frame, from second ``start``. It plays at once: the visitor has just clicked."""
        return None

    def media_address(self, ref: str, start: int = 0) -> str | None:
        """The file for our own player, where one is known; to be preferred to the embed."""
        return None

    def oembed_address(self, ref: str) -> str | None:
        """Where the host describes the video in oEmbed's words."""
        return None

    def thumbnail_address(self, ref: str) -> str | None:
        """A still picture, where its address is known without asking."""
        return None

    def embed_origins(self, ref: str) -> frozenset[str]:
        """What the page must allow in ``frame-src`` for the embed."""
        return origins(self.embed_address(ref))

    def media_origins(self, ref: str) -> frozenset[str]:
        """What the page must allow in ``media-src`` for the file; for HLS (``.m3u8``) in ``connect-src`` too."""
        return origins(self.media_address(ref))


def origins(address: str | None) -> frozenset[str]:
    """``address`` as a source of a Content-Security-Policy; none for None."""
    if address is None:
        return frozenset()
    parts = urlsplit(address)
    return frozenset({f"https://{parts.netloc}" if parts.netloc else "'self'"})


def with_query(address: str, **values: str | int) -> str:
    """``address`` with ``values`` as its query; empty strings and zeros are left out."""
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{address}?{query}" if query else address
