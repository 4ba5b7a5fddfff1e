"""Moments as WordPress writes them: ``2016-03-01 10:00:00``, or zeros for none."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_STAMP = re.compile(r"[0-9]{1,10}")  # up to the year 2286


def moment(date_gmt: str, date: str) -> datetime | None:
    """The moment that the date in UTC names; else the site's own date, taken for UTC; None where neither is one.

    A file does not say in which time zone its site lives, so that such a date may be half a day off.
    """
    return _read(date_gmt) or _read(date)


def moment_of_stamp(stamp: str) -> datetime | None:
    """The moment that seconds since 1970 name; None for zero and for what is no such number."""
    if not _STAMP.fullmatch(stamp):
        return None
    return datetime.fromtimestamp(int(stamp), UTC) if int(stamp) else None


def _read(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text.strip()[:19]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return read if read.year >= 1970 else None  # nothing was said on the web before
