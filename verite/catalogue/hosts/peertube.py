"""PeerTube, on any instance: a video is the instance's name and its short id (``tube.example/kkGMgK9Z…``)."""

from __future__ import annotations

import re
from uuid import UUID

from .address import Address
from .host import Found, Host, with_query

_DIGITS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_SHORT_LENGTH = 22
_SHORT = re.compile(rf"[{_DIGITS}]{{{_SHORT_LENGTH}}}")
_LONG = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_BEFORE_ID = {("w",), ("videos", "watch"), ("videos", "embed")}


class PeerTube(Host):
    slug = "peertube"
    name = "PeerTube"
    abilities = frozenset({"seek", "time", "end"})

    def recognise(self, address: Address) -> Found | None:
        segments = address.segments
        if not address.host or segments[:-1] not in _BEFORE_ID:
            return None
        # A link to a thread of comments hangs it on the id: ID;threadId=7.
        short = _short_id(segments[-1].partition(";")[0])
        if short is None:
            return None
        ref = f"{address.host}/{short}"
        return Found(self.slug, "video", ref, address.start("start"), self.watch_address(ref))

    def watch_address(self, ref: str, start: int = 0) -> str:
        instance, _, video = ref.rpartition("/")
        return with_query(f"https://{instance}/w/{video}", start=f"{start}s" if start else "")

    def embed_address(self, ref: str, start: int = 0) -> str:
        instance, _, video = ref.rpartition("/")
        player = f"https://{instance}/videos/embed/{video}"
        return with_query(player, api=1, autoplay=1, start=f"{start}s" if start else "")

    def oembed_address(self, ref: str) -> str:
        instance, _, _ = ref.rpartition("/")
        endpoint = f"https://{instance}/services/oembed"
        return with_query(endpoint, format="json", url=self.watch_address(ref))


def _short_id(written: str) -> str | None:
    """Both spellings of an id as one: the UUID's number in base 58, as PeerTube since 3.3 writes it."""
    if _SHORT.fullmatch(written):
        return written
    if not _LONG.fullmatch(written):
        return None
    number, digits = UUID(written).int, ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits.rjust(_SHORT_LENGTH, _DIGITS[0])
