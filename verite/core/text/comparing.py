"""What was changed in a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

# Ends of lines, and words and signs of punctuation with the space before them, so that what is added at the end of a
# sentence changes no word.
_SIGNS = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u3000-\u303f"
_WORD = re.compile(rf"\n+|[^\S\n]*(?:[^\s{_SIGNS}]+|[{_SIGNS}])|\s+")


class Change(NamedTuple):
    """A stretch of two texts: what only the earlier had, what only the later has, and what follows in both.

    Joined, ``gone`` and ``kept`` are the earlier text, ``new`` and ``kept`` the later one.
    """

    gone: str
    new: str
    kept: str


def changes(before: str, after: str) -> Sequence[Change]:
    """How one text became the other, with as few words taken out and put in as can be. Plain text, not HTML."""
    return list(_changes(_WORD.findall(before), _WORD.findall(after)))


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    old = new = 0
    for at, to, length in Indel.editops(before, after).as_matching_blocks():
        change = Change("".join(before[old:at]), "".join(after[new:to]), "".join(after[to : to + length]))
        if any(change):
            yield change
        old, new = at + length, to + length
