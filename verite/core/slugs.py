"""The readable part of an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from verite.core.text import fold

MOST_CHARACTERS = 80

_NO_LETTER = re.compile(r"[^\w ]")


def slugify(title: str, *, fallback: str) -> str:
    """A title as part of an address: small words joined by hyphens, cut between words.

    Latin letters lose their diacritics; other scripts stay, so that 千と千尋 has an address too. Django's
    ``validate_unicode_slug`` accepts it. A title without any letter or digit gives ``fallback``, a slug
    itself. A title of digits alone ("1917") keeps them: no address takes a number where a slug may stand.
    """
    words = _NO_LETTER.sub("", fold(title)).split()
    return _cut("-".join(words), MOST_CHARACTERS) or fallback


def candidates(slug: str, year: int | None) -> Iterator[str]:
    """Addresses to try until one is free: "nanook", "nanook-1922", "nanook-1922-2", "nanook-1922-3" …"""
    yield slug
    ending = f"-{year}" if year is not None else ""
    if ending:
        yield _ended(slug, ending)
    for number in count(2):
        yield _ended(slug, f"{ending}-{number}")


def _ended(slug: str, ending: str) -> str:
    return _cut(slug, MOST_CHARACTERS - len(ending)) + ending


def _cut(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    words, _hyphen, _rest = slug[: length + 1].rpartition("-")
    # One word that fills most of the room is itself cut: Chinese writes no spaces.
    return words if len(words) >= length // 2 else slug[:length].rstrip("-")
