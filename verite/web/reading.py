"""A text as its reader meets it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import Truncator
from markupsafe import Markup

WORDS_PER_MINUTE = 220


def reading_minutes(blocks: Iterable[str]) -> int:
    """Whole minutes, at least one, to read these blocks of sanitised HTML."""
    words = sum(len(plain(block).split()) for block in blocks)
    return max(1, round(words / WORDS_PER_MINUTE))


def plain(html: str) -> str:
    """The words of sanitised HTML."""
    return Markup(html).striptags()  # noqa: S704 (it ends as plain text)


def opening(text: str, *, most: int) -> str:
    """The beginning of a plain text in one line of at most ``most`` characters."""
    return Truncator(" ".join(text.split())).chars(most)


def size(title: str) -> Markup:
    """The attribute that sets a title smaller: none, ``m`` (long, or with a long word) or ``l`` (very long)."""
    longest = max(map(len, title.split()), default=0)
    if len(title) > 60 or longest > 20:
        return Markup(' data-size="l"')
    return Markup(' data-size="m"') if len(title) > 24 or longest > 10 else Markup()
