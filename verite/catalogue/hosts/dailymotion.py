"""Dailymotion. Its player for frames tells our page nothing; only its own script could, so no abilities."""

from __future__ import annotations

import re

from .address import Address
from .host import Found, Host, with_query

_NAMES = {f"{part}dailymotion.com" for part in ("", "www.", "m.", "touch.", "geo.")}
_SHORT = {"dai.ly", "www.dai.ly"}
# Public ids begin with x, private ones with k; an underscore begins the title.
_ID = r"(?P<id>x[0-9a-z]{2,15}|k[0-9A-Za-z]{6,30})(?:_[^/]*)?"
_VIDEO = re.compile(rf"(?:(?:(?:embed|crawler|swf)/)?video|swf)/{_ID}")
_PLAYER = re.compile(r"player(?:/[0-9a-z]+)?\.html")


class Dailymotion(Host):
    slug = "dailymotion"
    name = "Dailymotion"

    def recognise(self, address: Address) -> Found | None:
        path = "/".join(address.segments)
        if address.host in _SHORT:
            path = f"video/{path}"
        elif address.host not in _NAMES:
            return None
        elif _PLAYER.fullmatch(path):
            path = f"video/{address.value('video')}"
        video = _VIDEO.fullmatch(path)
        if not video:
            return None
        start = address.start("start", "startTime", "t")
        return Found(self.slug, "video", video["id"], start, self.watch_address(video["id"]))

    def watch_address(self, ref: str, start: int = 0) -> str:
        return with_query(f"https://www.dailymotion.com/video/{ref}", start=start)

    def embed_address(self, ref: str, start: int = 0) -> str:
        player = "https://geo.dailymotion.com/player.html"
        return with_query(player, video=ref, autoplay="true", startTime=start)

    def oembed_address(self, ref: str) -> str:
        endpoint = "https://www.dailymotion.com/services/oembed"
        return with_query(endpoint, format="json", url=self.watch_address(ref))

    def thumbnail_address(self, ref: str) -> str:
        return f"https://www.dailymotion.com/thumbnail/video/{ref}"
