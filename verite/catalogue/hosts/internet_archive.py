"""The Internet Archive: an item, or one video of an item (``ID/disc 1/part 2.mp4``)."""

from __future__ import annotations

import re
from dataclasses import replace

from .address import Address, web_address
from .host import Found, Host, origins, with_query
from .moments import read_start

# Downloads are redirected to the machine that holds the item, and people paste that address too.
_NAMES = re.compile(r"(?:www\.)?archive\.org|[a-z0-9-]+\.(?:us|ca)\.archive\.org")
_PAGES = ("/details/", "/embed/")
_PLACE = re.compile(
    r"""(?:details|embed|download|serve|stream|[0-9]+/items)
    /(?P<item>[A-Za-z0-9][A-Za-z0-9._-]{0,99})
    (?:/(?P<file>[^/].*\.(?i:mp4|m4v|webm|ogv|mpe?g|avi|mov|mkv|wmv|flv|ts|3gp|divx)))?
    (?:/start/(?P<start>[0-9]+)(?:\.[0-9]*)?(?:/end/[0-9.]+)?)?""",
    re.VERBOSE,
)
_PLAYS_IN_BROWSERS = (".mp4", ".m4v", ".webm", ".ogv")


class InternetArchive(Host):
    slug = "internet-archive"
    name = "Internet Archive"

    def recognise(self, address: Address) -> Found | None:
        if not _NAMES.fullmatch(address.host):
            return None
        if len(address.segments) == 2:
            address = address.mended()
        place = _PLACE.fullmatch(_decoded_path(address))
        if not place:
            return None
        ref = "/".join(filter(None, (place["item"], place["file"])))
        start = address.start("start", "t") or read_start(place["start"] or "") or 0
        return Found(self.slug, "video", ref, start, self.watch_address(ref))

    def watch_address(self, ref: str, start: int = 0) -> str:
        return with_query(web_address("archive.org", f"/details/{ref}"), start=start)

    def embed_address(self, ref: str, start: int = 0) -> str:
        return with_query(web_address("archive.org", f"/embed/{ref}"), autoplay=1, start=start)

    def media_address(self, ref: str, start: int = 0) -> str | None:
        if "/" not in ref or not ref.lower().endswith(_PLAYS_IN_BROWSERS):
            return None
        file = web_address("archive.org", f"/download/{ref}")
        return f"{file}#t={start}" if start else file

    def media_origins(self, ref: str) -> frozenset[str]:
        own = origins(self.media_address(ref))
        return own | {"https://*.archive.org"} if own else own

    def thumbnail_address(self, ref: str) -> str:
        return f"https://archive.org/services/img/{ref.partition('/')[0]}"


def _decoded_path(address: Address) -> str:
    # On its pages a plus stands for a space, in its downloads for itself.
    if address.path.startswith(_PAGES):
        address = replace(address, path=address.path.replace("+", "%20"))
    return "/".join(address.segments)
