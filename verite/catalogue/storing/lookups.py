"""Looking many values up at once, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

# Below what every SQLite takes as parameters of one statement (32,766).
MOST_AT_ONCE = 10_000


def portions(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in lists that one statement can take; usually one."""
    waiting = iter(values)
    while portion := list(islice(waiting, MOST_AT_ONCE)):
        yield portion
