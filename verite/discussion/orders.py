"""The orders in which comments are read, and the place of one comment in each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from verite.core.paging import Value, decode, encode, moment_of_value, value_of_moment

Place = tuple[datetime | int, int]
"""A value to sort by, and the comment's id."""


class Sort(StrEnum):
    """An order, as addresses name it."""

    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_VOTED = "most-voted"
    BEST = "best"
    CONTROVERSIAL = "controversial"

    @property
    def column(self) -> str:
        """The column of ``Comment`` that holds what is sorted by; ties are settled by ``id``."""
        return _COLUMNS[self]

    @property
    def is_descending(self) -> bool:
        return self is not Sort.OLDEST

    @property
    def of_replies(self) -> Sort:
        """The order of replies under their parent: a conversation by time is read from its beginning."""
        return Sort.OLDEST if self is Sort.NEWEST else self

    @property
    def by(self) -> tuple[str, str]:
        """What ``order_by`` takes."""
        sign = "-" if self.is_descending else ""
        return f"{sign}{self.column}", f"{sign}id"


_COLUMNS = {
    Sort.NEWEST: "created_at",
    Sort.OLDEST: "created_at",
    Sort.MOST_VOTED: "score",
    Sort.BEST: "best",
    Sort.CONTROVERSIAL: "controversial",
}


class Placed(Protocol):
    """A comment, as far as its place is concerned."""

    @property
    def id(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def score(self) -> int: ...
    @property
    def best(self) -> int: ...
    @property
    def controversial(self) -> int: ...


def place_of(comment: Placed, sort: Sort) -> Place:
    """Where a comment stands in an order."""
    return getattr(comment, sort.column), comment.id


def is_after(sort: Sort, place: Place) -> Callable[[Place], bool]:
    """Whether another place comes later in the order than this one."""
    return (lambda other: other < place) if sort.is_descending else (lambda other: other > place)


def cursor(kind: str, sort: Sort, comment: Placed) -> str:
    """The cursor that goes on after a comment; ``kind`` tells lists apart that are sorted alike."""
    value, comment_id = place_of(comment, sort)
    return encode(f"{kind}:{sort}", (_as_value(value), comment_id))


def read_cursor(text: str, kind: str, sort: Sort) -> Place:
    """The place after which to go on.

    Raises:
        BadCursor: it belongs to another list or another order, or to none.
    """
    value, comment_id = decode(text, f"{kind}:{sort}", (int, int))
    return (moment_of_value(value) if sort.column == "created_at" else int(value)), int(comment_id)


def _as_value(value: datetime | int) -> Value:
    return value_of_moment(value) if isinstance(value, datetime) else value
