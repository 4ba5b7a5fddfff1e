"""A CSV file as people's programs write it, read row by row in constant memory."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

from .encoding import find_encoding

# Characters in one line, and in all the lines of one row.
LONGEST_LINE = 1 << 20

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, or why it could not be read. ``line`` is where it begins, ``end`` the bytes read so far."""

    line: int
    cells: tuple[str, ...]
    problem: str
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose heading has been read."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_line: int

    def rows(self) -> Iterator[Row]:
        """Every row below the heading, also those that cannot be read; empty lines are no rows."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = _Lines(file)
            records = csv.reader(lines, delimiter=self.delimiter, strict=True)
            while True:
                lines.begin_row()
                try:
                    cells = next(records)
                except StopIteration:
                    return
                except (_TooLong, csv.Error) as error:
                    yield self._refused(lines, self._why(lines, error))
                    lines.give_back()
                else:
                    if cells and lines.first > self.header_line:
                        yield self._row(lines, cells)

    def _row(self, lines: _Lines, cells: list[str]) -> Row:
        width = len(self.header)
        if any(cells[width:]) or len(cells) < width:
            return self._refused(
                lines,
                _("The row has %(cells)d cells where the heading has %(columns)d.")
                % {"cells": len(cells), "columns": width},
            )
        if "\0" in "".join(cells):
            return self._refused(lines, _("The row holds a NUL character."))
        return Row(lines.first, tuple(cells[:width]), "", lines.bytes_read)

    def _refused(self, lines: _Lines, problem: str) -> Row:
        return Row(lines.first, (), problem, lines.bytes_read)

    def _why(self, lines: _Lines, error: Exception) -> str:
        if lines.row_has_several:
            return _("A quotation mark that opens in this line is not closed.")
        if isinstance(error, _TooLong):
            return _("The line is longer than %d characters.") % LONGEST_LINE
        return _("Its quotation marks do not match, or a cell is longer than %d characters.") % (
            csv.field_size_limit()
        )


def open_sheet(path: Path, known_columns: Callable[[Sequence[str]], int]) -> Sheet:
    """Find encoding and delimiter and read the heading, which is the first line that is not empty.

    Args:
        known_columns: how many of these headings mean something; that decides between delimiters.

    Raises:
        Unreadable: the file is empty, no text, or has no heading that can be read.
        OSError: the file cannot be read.
    """
    encoding = find_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        try:
            line = next((line for line in lines if line.strip(" \t\r\n,;\0")), "")
        except _TooLong:
            raise Unreadable(
                _("Line 1 is longer than %d characters, so it is no heading.") % LONGEST_LINE
            ) from None
    if not line:
        raise Unreadable(_("The file is empty."))
    found = [(known_columns(cells), len(cells), delimiter, cells) for delimiter, cells in _split(line)]
    if not found or "\0" in line:
        raise Unreadable(
            _("The heading in line %d cannot be read: its quotation marks do not match.") % lines.number
        )
    _known, _count, delimiter, header = max(found, key=lambda choice: choice[:2])
    return Sheet(path, encoding, delimiter, tuple(cell.strip() for cell in header), lines.number)


def _split(line: str) -> Iterator[tuple[str, list[str]]]:
    for delimiter in DELIMITERS:
        try:
            yield delimiter, next(csv.reader([line], delimiter=delimiter, strict=True))
        except csv.Error:
            continue


class _TooLong(Exception):
    """A line, or the lines of one row together, are longer than ``LONGEST_LINE``."""


class _Lines:
    """The lines of a file for ``csv.reader``, counted, and kept while a row lasts."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._row_length = 0
        self.number = 0
        self.first = 1

    @property
    def bytes_read(self) -> int:
        return self._file.buffer.tell()

    @property
    def row_has_several(self) -> bool:
        return len(self._row) > 1

    def begin_row(self) -> None:
        self.first = self.number + 1
        self._row = []
        self._row_length = 0

    def give_back(self) -> None:
        """Let all lines of the row but the first be read again, as rows of their own."""
        self._again.extendleft(reversed(self._row[1:]))
        self.number = self.first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self._row.append(line)
        self._row_length += len(line)
        if self._row_length >= LONGEST_LINE:
            raise _TooLong
        return line

    def _read(self) -> str:
        """The next line, or as much of it as may be kept."""
        rest = line = self._file.readline(LONGEST_LINE)
        while len(rest) == LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = self._file.readline(LONGEST_LINE)
        return line
