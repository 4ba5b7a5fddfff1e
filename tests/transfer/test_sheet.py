"""Reading CSV files as people's programs write them, and as they break."""

from __future__ import annotations

import csv
import random
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.transfer.films_csv.sheet import LONGEST_LINE, Row, Sheet, open_sheet
from verite.transfer.formats import Unreadable

TEXT = "title,year\nCafé „Élan“ – Ærø,1999\nPlain,2000\n"


def known(header: Sequence[str]) -> int:
    return len({"title", "year"} & set(header))


@pytest.fixture
def sheet(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "films.csv")


class Writer:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, content: str | bytes) -> Sheet:
        self.path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_sheet(self.path, known)

    def rows(self, content: str | bytes) -> list[Row]:
        return list(self(content).rows())


def told(rows: Sequence[Row]) -> list[tuple[int, tuple[str, ...] | str]]:
    return [(row.line, row.problem or row.cells) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(encoding: str, sheet: Writer) -> None:
    rows = sheet.rows(TEXT.encode(encoding))

    assert [row.cells for row in rows] == [("Café „Élan“ – Ærø", "1999"), ("Plain", "2000")]


def test_a_letter_late_in_a_long_file_still_counts(sheet: Writer) -> None:
    rows = sheet.rows(b"title,year\n" + b"Plain,2000\n" * 200_000 + "Ærø,1999\n".encode("cp1252"))

    assert rows[-1].cells == ("Ærø", "1999")


def test_two_encodings_in_one_file_are_refused_and_the_line_is_named(sheet: Writer) -> None:
    with pytest.raises(Unreadable, match=r"Line 3 is not written in the encoding of the lines before it"):
        sheet("title,year\nÆrø,1999\n".encode() + "Café,2000\n".encode("cp1252") + "Élan,1\n".encode())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str, sheet: Writer) -> None:
    rows = sheet.rows(delimiter.join(["note", "title", "year"]) + "\n" + delimiter.join(["a", "b", "c"]))

    assert rows[0].cells == ("a", "b", "c")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_every_way_and_empty_lines_are_no_rows(end: str, sheet: Writer) -> None:
    rows = sheet.rows(end.join(["", "title,year", "", '"One', 'and a half",1999', "", "Two,2000"]))

    assert [(row.line, row.cells) for row in rows] == [
        (4, (f"One{end}and a half", "1999")),
        (7, ("Two", "2000")),
    ]


def test_a_row_of_another_width_is_refused_and_the_rest_is_read(sheet: Writer) -> None:
    rows = sheet.rows("title,year\nOne\nTwo,2000,x\nThree,2001,,\nFour,2002\n")

    assert told(rows) == [
        (2, "The row has 1 cells where the heading has 2."),
        (3, "The row has 3 cells where the heading has 2."),
        (4, ("Three", "2001")),
        (5, ("Four", "2002")),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(sheet: Writer) -> None:
    rows = sheet.rows('title,year\nOne,1999\n"Two,2000\nThree,2001\n"Four, and more",2002\n"Five,2003\n')

    assert told(rows) == [
        (2, ("One", "1999")),
        (3, "A quotation mark that opens in this line is not closed."),
        (4, ("Three", "2001")),
        (5, ("Four, and more", "2002")),
        (6, "Its quotation marks do not match, or a cell is longer than 131072 characters."),
    ]


def test_a_nul_character_costs_its_row_only(sheet: Writer) -> None:
    assert told(sheet.rows("title,year\nO\0ne,1999\nTwo,2000\n")) == [
        (2, "The row holds a NUL character."),
        (3, ("Two", "2000")),
    ]


def test_a_cell_beyond_measure_costs_its_row_only(sheet: Writer) -> None:
    rows = sheet.rows(f"title,year\n{'x' * 131_073},1999\nTwo,2000\n")

    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False)]


def test_an_endless_line_is_refused_by_its_number_in_constant_memory(sheet: Writer) -> None:
    with sheet.path.open("wb") as file:
        file.write(b"title,year\nOne,1999\n")
        for _block in range(64):
            file.write(b"x" * LONGEST_LINE)
        file.write(b"\nTwo,2000\n")
    tracemalloc.start()

    rows = list(open_sheet(sheet.path, known).rows())

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told(rows) == [
        (2, ("One", "1999")),
        (3, "The line is longer than 1048576 characters."),
        (4, ("Two", "2000")),
    ]
    assert peak < 16 * LONGEST_LINE


def test_a_heading_without_end_is_refused_in_constant_memory(sheet: Writer) -> None:
    with pytest.raises(Unreadable, match="Line 1 is longer than 1048576 characters"):
        sheet(b"title," * LONGEST_LINE)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" ,,\n", "\n".encode("utf-16")])
def test_an_empty_file_is_refused(content: bytes, sheet: Writer) -> None:
    with pytest.raises(Unreadable, match="The file is empty"):
        sheet(content)


@pytest.mark.parametrize(
    "content",
    [
        b"SQLite format 3\x00" + bytes(range(256)) * 40,
        b"PK\x03\x04\x14\x00\x06\x00" + random.Random(1).randbytes(5000),
        b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(5000),
        bytes(5000),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_advice(content: bytes, sheet: Writer) -> None:
    with pytest.raises(Unreadable, match="If it is a spreadsheet, save it as"):
        sheet(content)


def test_a_heading_with_an_open_quotation_mark_is_refused(sheet: Writer) -> None:
    with pytest.raises(Unreadable, match="heading in line 1 cannot be read"):
        sheet('"title,year\nOne,1999\n')


def test_the_bytes_read_grow_to_the_size_of_the_file(sheet: Writer) -> None:
    rows = sheet.rows("title,year\n" + "One,1999\n" * 5000)

    ends = [row.end for row in rows]
    assert ends == sorted(ends)
    assert ends[-1] == sheet.path.stat().st_size


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"title,year\n" + content)
    with suppress(Unreadable):
        assert all(row.problem or len(row.cells) == 2 for row in open_sheet(path, known).rows())


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"), max_size=20)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_what_a_program_writes_is_what_we_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("title", "year"), *cells])

    assert [row.cells for row in open_sheet(path, known).rows()] == cells
