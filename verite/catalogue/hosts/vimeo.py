"""Vimeo: public videos, and unlisted ones, whose ref carries their hash (``76979871:abcdef``).

Videos on demand, events and showcases as a whole cannot be embedded by these addresses.
"""

from __future__ import annotations

import re

from .address import Address
from .host import Found, Host, with_query

_NAMES = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_ID = r"[1-9][0-9]{0,11}"
_HASH = r"[0-9a-f]{6,40}"
_VIDEO = re.compile(
    rf"""(?:videos?/|manage/videos/|channels/[^/]+/|groups/[^/]+/videos/|(?:album|showcase)/[0-9]+/video/)?
    (?P<id>{_ID}) (?:/(?P<hash>{_HASH}))?""",
    re.VERBOSE,
)
_ID_IN_QUERY = re.compile(r"moogaloop\.swf|(?:album|showcase)/[0-9]+")


class Vimeo(Host):
    slug = "vimeo"
    name = "Vimeo"
    abilities = frozenset({"seek", "time", "end"})

    def recognise(self, address: Address) -> Found | None:
        if address.host not in _NAMES:
            return None
        path = "/".join(address.segments)
        if _ID_IN_QUERY.fullmatch(path):
            path = address.value("clip_id", "video")
        video = _VIDEO.fullmatch(path)
        if not video:
            return None
        unlisted = video["hash"] or address.value("h")
        ref = f"{video['id']}:{unlisted}" if re.fullmatch(_HASH, unlisted) else video["id"]
        return Found(self.slug, "video", ref, address.start("t"), self.watch_address(ref))

    def watch_address(self, ref: str, start: int = 0) -> str:
        return f"https://vimeo.com/{ref.replace(':', '/')}{_from(start)}"

    def embed_address(self, ref: str, start: int = 0) -> str:
        video, _, unlisted = ref.partition(":")
        player = f"https://player.vimeo.com/video/{video}"
        return with_query(player, h=unlisted, autoplay=1, dnt=1) + _from(start)

    def oembed_address(self, ref: str) -> str:
        return with_query("https://vimeo.com/api/oembed.json", url=self.watch_address(ref))


def _from(start: int) -> str:
    return f"#t={start}s" if start else ""
