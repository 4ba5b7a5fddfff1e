"""How old addresses are spelt, so that each of a page's many addresses finds the one that is remembered.

A path begins with a slash, has no slash at its end, and is in small letters; what a site numbers stands as
``?p=11256``. The folder of a site that lay in one is part of the site's address, not of the path.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

LONGEST = 400

_SLASHES = re.compile("/{2,}")


def site_of(address: str) -> str:
    """Host and folder of a site, as one name: ``https://www.example.org/films/`` gives ``example.org/films``."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    return f"{host}{spelt(parts.path)}"[:300].rstrip("/")


def spelt(path: str) -> str:
    """A path as it is remembered; empty for the front page."""
    return _SLASHES.sub("/", f"/{unquote(path)}/").rstrip("/").lower()[:LONGEST]


def path_within(site: str, address: str) -> str | None:
    """The path of a page's whole address, seen from its site; None where it lies elsewhere or is the front page.

    ``/?p=7``, which is what pages without a name are called, gives ``?p=7``.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    own_host, _slash, folder = site.partition("/")
    path = spelt(parts.path)
    if host != own_host or (folder and path != f"/{folder}" and not path.startswith(f"/{folder}/")):
        return None
    inside = path.removeprefix(f"/{folder}") if folder else path
    return inside or (f"?{parts.query}"[:LONGEST] if parts.query else None)
