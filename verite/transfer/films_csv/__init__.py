"""Films in a CSV file: one row each. ``docs/import-films-csv.md`` describes the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from verite.catalogue.actions import FilmRefused
from verite.transfer.formats import Entry, Reading, Unreadable
from verite.transfer.options import AS_USUAL, Options

from .columns import Column, columns
from .encoding import looks_like_text
from .films import read_film
from .sheet import Row, Sheet, open_sheet

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file: how it is understood, what each column is taken for, and the first films."""

    understood: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


class FilmsCsv:
    """Recognises and reads films in a CSV file."""

    name = "films-csv"

    def recognise(self, head: bytes) -> bool:
        return looks_like_text(head) and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"<", b"{", b"[")

    def read(self, path: Path, options: Options = AS_USUAL) -> Reading:  # noqa: ARG002 (nothing to choose)
        sheet, kinds = _open(path)
        unmapped = tuple(column.heading or _("(no heading)") for column in kinds if not column.name)
        return Reading(_understood(sheet), unmapped, _entries(sheet, kinds))


def preview(path: Path, rows: int = 5) -> Preview:
    """The first ``rows`` of a file as they would be imported, without importing them.

    Raises:
        Unreadable: it is no such file. OSError: it cannot be read.
    """
    sheet, kinds = _open(path)
    return Preview(_understood(sheet), kinds, tuple(islice(_entries(sheet, kinds), rows)))


def _open(path: Path) -> tuple[Sheet, tuple[Column, ...]]:
    sheet = open_sheet(path, _known)
    kinds = columns(sheet.header)
    if not any(column.name == "title" and not column.part for column in kinds):
        raise Unreadable(
            _("No column is called “title”. The heading, in line %(line)d, has: %(columns)s.")
            % {"line": sheet.header_line, "columns": ", ".join(sheet.header)[:300]}
        )
    return sheet, kinds


def _known(header: Sequence[str]) -> int:
    return sum(bool(column.name) for column in columns(header))


def _understood(sheet: Sheet) -> str:
    return f"CSV in {sheet.encoding}, separated by {_DELIMITERS[sheet.delimiter]}"


def _entries(sheet: Sheet, kinds: Sequence[Column]) -> Iterator[Entry]:
    for row in sheet.rows():
        if row.problem:
            yield Entry(row.line, row.end, refusal=row.problem)
        elif any(map(str.strip, row.cells)):
            yield _entry(row, kinds)


def _entry(row: Row, kinds: Sequence[Column]) -> Entry:
    try:
        facts, remarks = read_film(kinds, row.cells)
    except FilmRefused as refused:
        return Entry(row.line, row.end, refusal=str(refused))
    return Entry(row.line, row.end, facts, tuple(remarks))
