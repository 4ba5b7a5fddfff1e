"""YouTube: videos, shorts, live streams and playlists.

Its player refuses (error 153) a page that sends no Referer; as ours sends none elsewhere, the frame must say
``referrerpolicy="strict-origin-when-cross-origin"``.
"""

from __future__ import annotations

import re

from .address import Address, read_address
from .host import Found, Host, with_query

_SHORT = {"youtu.be", "www.youtu.be"}
_DOMAINS = ("youtube.com", "youtube-nocookie.com")
# Two words of the embed player have the length of an id.
_VIDEO = re.compile(r"(?!videoseries\Z|live_stream\Z)[A-Za-z0-9_-]{11}")
# RD and LL begin mixes and likes, which are different for, or open only to, the person who pasted them.
_PLAYLIST = re.compile(r"(?!RD|LL)[A-Za-z0-9_-]{12,64}")
_BEFORE_ID = {"embed", "v", "e", "vi", "shorts", "live", "watch"}
_ID_IN_QUERY = {(), ("watch",), ("watch_popup",)}
_LIST_IN_QUERY = {("playlist",), ("watch",), ("embed",), ("embed", "videoseries")}


class YouTube(Host):
    slug = "youtube"
    name = "YouTube"
    abilities = frozenset({"seek", "time", "end"})

    def recognise(self, address: Address) -> Found | None:
        if not _is_youtube(address.host):
            return None
        if address.segments == ("attribution_link",):
            shared = address.value("u")
            inner = read_address(f"https://{address.host}{shared}" if shared.startswith("/") else shared)
            return self.recognise(inner) if inner else None
        address = address.mended()
        video, playlist = _video_in(address), address.value("list")
        if _VIDEO.fullmatch(video):
            start = address.start("t", "start", "time_continue")
            return Found(self.slug, "video", video, start, self.watch_address(video))
        if address.segments in _LIST_IN_QUERY and _PLAYLIST.fullmatch(playlist):
            return Found(self.slug, "playlist", playlist, 0, self.watch_address(playlist))
        return None

    def watch_address(self, ref: str, start: int = 0) -> str:
        if _is_playlist(ref):
            return f"https://www.youtube.com/playlist?list={ref}"
        return with_query("https://www.youtube.com/watch", v=ref, t=f"{start}s" if start else "")

    def embed_address(self, ref: str, start: int = 0) -> str:
        video, playlist = ("videoseries", ref) if _is_playlist(ref) else (ref, "")
        return with_query(
            f"https://www.youtube-nocookie.com/embed/{video}",
            list=playlist,
            autoplay=1,
            enablejsapi=1,
            playsinline=1,
            start=start,
        )

    def oembed_address(self, ref: str) -> str:
        return with_query("https://www.youtube.com/oembed", format="json", url=self.watch_address(ref))

    def thumbnail_address(self, ref: str) -> str | None:
        return None if _is_playlist(ref) else f"https://i.ytimg.com/vi/{ref}/hqdefault.jpg"


def _is_youtube(host: str) -> bool:
    return host in _SHORT or any(host == domain or host.endswith(f".{domain}") for domain in _DOMAINS)


def _is_playlist(ref: str) -> bool:
    return len(ref) != 11


def _video_in(address: Address) -> str:
    segments = address.segments
    if address.host in _SHORT and len(segments) == 1 and segments[0] != "watch":
        return segments[0]
    if len(segments) > 1 and segments[0] in _BEFORE_ID:
        return segments[1]
    return address.value("v", "vi") if segments in _ID_IN_QUERY else ""
