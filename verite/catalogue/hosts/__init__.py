"""Where films can be played. ``recognise`` says what a pasted address leads to; a host is one small class.

Nothing here asks the network or the database. ``docs/recipes/video-host.md`` says how to add a host.
"""

from __future__ import annotations

from .address import read_address
from .dailymotion import Dailymotion
from .host import Found, Host, Kind
from .internet_archive import InternetArchive
from .peertube import PeerTube
from .plain_file import PlainFile
from .vimeo import Vimeo
from .youtube import YouTube

__all__ = ["HOSTS", "LONGEST_REF", "Found", "Host", "Kind", "by_slug", "recognise"]

LONGEST_REF = 500

# In the order in which they are asked: hosts with names of their own before those on any name.
HOSTS: tuple[Host, ...] = (YouTube(), Vimeo(), Dailymotion(), InternetArchive(), PeerTube(), PlainFile())

_BY_SLUG = {host.slug: host for host in HOSTS}


def recognise(address: str) -> Found | None:
    """What a pasted address, embed code or path of this site leads to; None when no host knows it."""
    # A stop at the end is mostly that of a sentence, but some items of the Internet Archive end in one.
    return _ask_hosts(address) or _ask_hosts(address.rstrip().rstrip(".,;"))


def by_slug(slug: str) -> Host:
    """The host that ``recognise`` named ``slug``. KeyError when there is none."""
    return _BY_SLUG[slug]


def _ask_hosts(text: str) -> Found | None:
    address = read_address(text)
    if address is None:
        return None
    found = next((found for host in HOSTS if (found := host.recognise(address))), None)
    return found if found and len(found.ref) <= LONGEST_REF else None
