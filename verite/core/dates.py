"""Dates as catalogues know them: a year, perhaps a month, perhaps a day; or a run of years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Self

from django.utils.translation import gettext as _

# Before the first moving pictures, and far enough ahead for what is announced.
FIRST_YEAR = 1800
LAST_YEAR = 2100

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_RANGE = re.compile(r"([0-9]{4})(?:\s*([-–—])\s*([0-9]{4})?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day. A year comes before its months, a month before its days.

    Raises:
        ValueError: there is no such date; its text may be shown to people.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        _check_year(self.year)
        if self.month is None and self.day is not None:
            raise ValueError(_("A day needs its month."))
        try:
            date(self.year, *(1 if part is None else part for part in (self.month, self.day)))
        except ValueError as error:
            raise ValueError(_("There is no such date as %(date)s.") % {"date": self}) from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "1942", "1942-10" or "1942-10-27".

        Raises:
            ValueError: it is none of these, or no such date; its text may be shown to people.
        """
        found = _DATE.fullmatch(text.strip())
        if not found:
            raise ValueError(_("Write a date as 1942, 1942-10 or 1942-10-27."))
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def __lt__(self, other: PartialDate) -> bool:
        return str(self) < str(other)


@dataclass(frozen=True, slots=True)
class YearRange:
    """The years in which something was made: one (``last`` equals ``first``), several, or still going on.

    Raises:
        ValueError: the years cannot be; its text may be shown to people.
    """

    first: int
    last: int | None  # None: still going on

    def __post_init__(self) -> None:
        _check_year(self.first)
        if self.last is None:
            return
        _check_year(self.last)
        if self.last < self.first:
            raise ValueError(
                _("The last year, %(last)d, lies before the first, %(first)d.")
                % {"last": self.last, "first": self.first}
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "1942", "1942-1945" or, still going on, "1942-"; any dash will do.

        Raises:
            ValueError: it is none of these; its text may be shown to people.
        """
        found = _RANGE.fullmatch(text.strip())
        if not found:
            raise ValueError(_("Write years as 1942, 1942-1945 or, still going on, 1942-."))
        first, dash, last = found.groups()
        if last is not None:
            return cls(int(first), int(last))
        return cls(int(first), None if dash else int(first))

    @property
    def decade(self) -> int:
        """The first year of the decade in which it began: 1940 for 1942–1951."""
        return self.first - self.first % 10

    def label(self) -> str:
        """For people: "1942", "1942–1945", "1942–"."""
        return str(self).replace("-", "–")

    def __str__(self) -> str:
        if self.last == self.first:
            return str(self.first)
        return f"{self.first}-{'' if self.last is None else self.last}"


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            _("The year %(year)d is not between %(first)d and %(last)d.")
            % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
