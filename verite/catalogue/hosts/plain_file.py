"""A video file at an address of its own, or among this site's own media; our player plays it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from django.utils.translation import gettext as _

from .address import Address
from .host import Found, Host

ENDINGS = (".mp4", ".m4v", ".webm", ".ogv", ".m3u8")
OWN_MEDIA = "/media/"

_TRACKER = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|mc_[ce]id|igshid)(?:=|\Z)")
# Everything that an address may carry unescaped; what is escaped already stays as it is.
_PLAIN = "/%:@!$&'()*+,;=~?"


class PlainFile(Host):
    slug = "file"
    abilities = frozenset({"seek", "time", "end"})

    @property
    def name(self) -> str:
        return _("Video file")

    def recognise(self, address: Address) -> Found | None:
        path = address.path.rstrip("/")
        if not path.lower().endswith(ENDINGS):
            return None
        if not address.host and not path.startswith(OWN_MEDIA):
            return None
        query = "&".join(pair for pair in address.query.split("&") if pair and not _TRACKER.match(pair))
        ref = quote(f"{path}?{query}" if query and address.host else path, safe=_PLAIN)
        if address.host:
            ref = f"https://{address.host}{ref}"
        # In the query a "t" belongs to the file's own server; only a fragment speaks to the player.
        start = replace(address, query="").start("t")
        return Found(self.slug, "file", ref, start, self.watch_address(ref))

    def watch_address(self, ref: str, start: int = 0) -> str:
        return f"{ref}#t={start}" if start else ref

    def media_address(self, ref: str, start: int = 0) -> str:
        return self.watch_address(ref, start)
