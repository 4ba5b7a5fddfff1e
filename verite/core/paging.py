"""Where a reader stands in a long list: a page's number, or a cursor that names the last thing shown."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

Value = int | str
T = TypeVar("T")

MOST_CURSOR_CHARACTERS = 600

# What both databases can hold in a BIGINT, and in a text.
_INTEGERS = range(-(2**63), 2**63)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_PAGE = re.compile(r"[0-9]{1,9}")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class BadCursor(ValueError):
    """A cursor that this list never gave out: made up, cut off, or from another order."""


def encode(order: str, values: Sequence[Value]) -> str:
    """The cursor that goes on after the row with these ``values`` in this ``order``. It is not secret.

    Raises:
        ValueError: ``decode`` would refuse it; the caller gave something that cannot be sorted by.
    """
    text = _written(order, values)
    if len(text) > MOST_CURSOR_CHARACTERS or not all(_is_storable(value) for value in values):
        raise ValueError(f"No cursor can be made of {order!r} {values!r:.200}")
    return text


def decode(text: str, order: str, types: Sequence[type[Value]]) -> tuple[Value, ...]:
    """The values in a cursor of this ``order``, one for each of ``types``.

    They are what a visitor sent: whole numbers of 64 bits and texts that a database can hold, nothing more.

    Raises:
        BadCursor: whatever else it is.
    """
    found = _read(text)
    # Written again, in this order, it must be the same: one spelling per place, and no leniency of JSON's.
    if _written(order, found[1:]) != text:
        raise BadCursor("This is no cursor of this list.")
    values = tuple(found[1:])
    if [type(value) for value in values] != list(types) or not all(_is_storable(value) for value in values):
        raise BadCursor("This cursor holds what this list is not sorted by.")
    return values


def value_of_moment(moment: datetime) -> int:
    """An aware moment as a cursor carries it: whole microseconds since 1970, in UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of_value(value: Value) -> datetime:
    """The moment that ``value_of_moment`` was given.

    Raises:
        BadCursor: no calendar has this moment.
    """
    try:
        return _EPOCH + int(value) * _MICROSECOND
    except (OverflowError, ValueError) as error:
        raise BadCursor("This cursor names no moment.") from error


def _read(text: str) -> list[Any]:
    if len(text) > MOST_CURSOR_CHARACTERS:
        raise BadCursor("This cursor is too long.")
    try:
        found = json.loads(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (ValueError, RecursionError) as error:
        raise BadCursor("This cursor cannot be read.") from error
    return found if isinstance(found, list) else []


def _written(order: str, values: Sequence[object]) -> str:
    packed = json.dumps([order, *values], separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(packed.encode("utf-8", "surrogatepass")).rstrip(b"=").decode("ascii")


def _is_storable(value: Value) -> bool:
    return value in _INTEGERS if isinstance(value, int) else _NO_TEXT.search(value) is None


@dataclass(frozen=True, slots=True)
class NoSuchPage:
    """What was asked for is no page of this list, whose last page is ``last``."""

    last: int


def page_number(text: str | None, *, last: int) -> int | NoSuchPage:
    """Read ``?page=``: nothing is the first page; anything but a number from 1 to ``last`` is no page."""
    if not text:
        return 1
    number = int(text) if _PAGE.fullmatch(text.strip()) else 0
    return number if 1 <= number <= last else NoSuchPage(last)


def last_page(total: int, size: int) -> int:
    """How many pages of ``size`` things a list of ``total`` has; an empty list has one, which says so."""
    return max(1, -(-total // size))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One numbered page: its ``items``, its ``number`` (from 1), the ``last`` number, ``total`` items in all."""

    items: Sequence[T]
    number: int
    last: int
    total: int

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.last
