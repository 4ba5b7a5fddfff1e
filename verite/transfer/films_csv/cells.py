"""What people write in the cells of such a file."""

from __future__ import annotations

import re

from verite.catalogue.facts import Released
from verite.core.dates import PartialDate, YearRange
from verite.core.text import fold

_NOTHING = {"n/a", "na", "-", "–", "—", "?", "null", "\\n", "tba", "unknown"}

_KINDS = {
    "film": "film, movie, feature, feature film, documentary, documentary film, tv movie, tv film, tv special",
    "short": "short, short film, tv short, short documentary, short subject",
    "series": "series, tv series, tv show, show, miniseries, mini series, tv mini series, docuseries, tv",
}
_KIND = {name.replace(" ", ""): kind for kind, names in _KINDS.items() for name in names.split(", ")}

_SHORT_RANGE = re.compile(r"([0-9]{4})\s*([-–—/])\s*([0-9]{2})")
_RUNNING = re.compile(
    r"(?:since\s+)?([0-9]{4})\s*(?:[-–—]\s*(?:present|now|today|\.\.\.|…)?)?", re.IGNORECASE
)
_ADDRESS_ENDS = re.compile(r"\s*[;|]\s*(?=https?:)|\s*;\s+|\s+(?=https?:)|\s*;\s*$", re.IGNORECASE)


def is_nothing(cell: str) -> bool:
    """Whether a cell says nothing: empty, or a mark that programs write for that."""
    return not cell.strip() or cell.strip().casefold() in _NOTHING


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a list: separated by semicolons."""
    return tuple(item.strip() for item in cell.split(";") if not is_nothing(item))


def split_addresses(cell: str) -> tuple[str, ...]:
    """Addresses separated by semicolons or white space; a semicolon within an address belongs to it."""
    return tuple(filter(None, _ADDRESS_ENDS.split(cell.strip())))


def read_kind(cell: str) -> str | None:
    """film, short or series; None when it is none of them."""
    return _KIND.get(fold(cell).replace(" ", ""))


def read_released(cell: str) -> Released:
    """A year, a partial date, or a range: "1942", "1942-10", "1942-10-27", "1942–45", "since 2016", "2016–".

    Raises:
        ValueError: it is none of these, or there is no such date; its text may be shown to people.
    """
    cell = cell.strip().removesuffix(".0")  # a number, to programs that know no whole ones
    if short := _SHORT_RANGE.fullmatch(cell):
        first, dash, last = int(short[1]), short[2], int(short[3])
        # "1999-05" is a month, "1999/05" might be one.
        if dash in "–—" or not 1 <= last <= 12:
            century = first - first % 100
            next_century = 100 if dash in "–—" and century + last < first else 0
            return YearRange(first, century + next_century + last)
    if (running := _RUNNING.fullmatch(cell)) and not cell.isdigit():
        return YearRange(int(running[1]), None)
    if re.fullmatch(r"[0-9]{4}\s*[-–—/]\s*[0-9]{4}", cell):
        return YearRange.parse(cell.replace("/", "-"))
    return PartialDate.parse(cell)
