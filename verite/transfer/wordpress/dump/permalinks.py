"""The address of a post, made from the site's own pattern for it. A dump holds the pattern, not the addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACE = re.compile(r"%([a-z_]+)%")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)")
_DATE_PLACES = ("year", "monthnum", "day", "hour", "minute", "second")
_WITHOUT_NAME = ("draft", "pending", "future", "auto-draft")


class Permalinks:
    """Addresses on one site.

    Args:
        home: the address of its front page.
        pattern: such as ``/%year%/%postname%/``; empty for a site that calls its posts by their numbers.
    """

    def __init__(self, home: str, pattern: str) -> None:
        self._home = home.rstrip("/")
        self._pattern = pattern

    def of(
        self,
        *,
        number: int,
        kind: str,
        status: str,
        slug: str,
        date: str,
        author: str,
        category: Callable[[], str],
    ) -> str:
        """The address of a post.

        Args:
            author: as the addresses of the site spell its author.
            category: finds the path of its first category; asked only where the pattern needs it.
        """
        if not slug or status in _WITHOUT_NAME or not (self._pattern or kind == "page"):
            return f"{self._home}/?p={number}"
        if kind == "page":
            return f"{self._home}/{slug}/"
        if kind != "post":
            return f"{self._home}/{kind}/{slug}/"
        found = _DATE.match(date)
        known: dict[str, Callable[[], str]] = {
            "postname": lambda: slug,
            "pagename": lambda: slug,
            "post_id": lambda: str(number),
            "author": lambda: author,
            "category": category,
        }
        for place, digits in zip(_DATE_PLACES, found.groups() if found else (), strict=False):
            known[place] = lambda digits=digits: digits  # type: ignore[misc]
        path = _PLACE.sub(lambda mark: known[mark[1]]() if mark[1] in known else "", self._pattern)
        return f"{self._home}/{path.lstrip('/')}"
