"""A film CSV: what its columns and cells are taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verite_process import REPOSITORY
from verite.catalogue.actions import FilmFacts, PartFacts, Remark
from verite.core.dates import PartialDate, YearRange
from verite.transfer.films_csv import FilmsCsv, preview
from verite.transfer.films_csv.columns import ALIASES, PEOPLE, columns
from verite.transfer.formats import Entry, Reading, Unreadable

ARCHIVE = "https://archive.org/details/"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "films.csv"


def read(path: Path, *lines: str) -> tuple[Reading, list[Entry]]:
    path.write_text("\n".join(lines), encoding="utf-8")
    reading = FilmsCsv().read(path)
    return reading, list(reading.entries)


def facts(path: Path, header: str, row: str) -> tuple[FilmFacts, list[tuple[str, str]]]:
    """The facts of one row, and field and value of what was not understood."""
    _reading, (entry,) = read(path, header, row)
    assert entry.facts is not None, entry.refusal
    return entry.facts, [(remark.field, remark.value) for remark in entry.remarks]


def test_every_column_of_ours_reaches_the_facts(path: Path) -> None:
    row = {
        "title": "Why We Fight",
        "other_titles": "Warum wir kämpfen; Pourquoi nous combattons",
        "year": "1942–1945",
        "kind": "series",
        "directors": "Frank Capra; Anatole Litvak",
        **{column: f"Person {column}" for column in PEOPLE if column != "directors"},
        "countries": "United States; UK",
        "languages": "English; zxx",
        "subjects": "War & propaganda; History",
        "length": "6 h 20",
        "imdb_id": "tt0184254",
        "wikidata_id": "Q1137530; Q2",
        "tmdb_id": "42",
        "own_id": "A-7",
        "url": f"{ARCHIVE}whole",
        "tagline": "Seven films",
        "synopsis": "Seven lectures.",
        "rights": "Public domain",
        "public_performance": "Free",
    }
    header, cells = ",".join(row), ",".join(f'"{cell}"' for cell in row.values())
    found, remarks = facts(
        path, f"{header},part_2_title,part_2_length,part_2", f'{cells},Two,52 min,"{ARCHIVE}two"'
    )

    assert set(ALIASES) == set(row), "a column of ours is not tried here"
    assert remarks == []
    assert found == FilmFacts(
        title="Why We Fight",
        other_titles=("Warum wir kämpfen", "Pourquoi nous combattons"),
        released=YearRange(1942, 1945),
        kind="series",
        length_seconds=6 * 3600 + 20 * 60,
        credits={
            role: ("Frank Capra", "Anatole Litvak") if role == "director" else (f"Person {column}",)
            for column, role in PEOPLE.items()
        },
        countries=("US", "GB"),
        languages=("en", "zxx"),
        subjects=("War & propaganda", "History"),
        external_ids=(
            ("imdb", "tt0184254"),
            ("wikidata", "Q1137530"),
            ("wikidata", "Q2"),
            ("tmdb", "tv/42"),
            ("own", "A-7"),
        ),
        parts=(
            PartFacts(position=1, addresses=(f"{ARCHIVE}whole",)),
            PartFacts(position=2, title="Two", length_seconds=52 * 60, addresses=(f"{ARCHIVE}two",)),
        ),
        tagline="Seven films",
        synopsis="Seven lectures.",
        rights="Public domain",
        public_performance="Free",
    )


def test_no_name_stands_for_two_columns() -> None:
    names = [
        name for column, aliases in ALIASES.items() for name in (column, *filter(None, aliases.split(", ")))
    ]

    assert [column.name for column in columns(names)] == [
        column for column, aliases in ALIASES.items() for _ in (column, *filter(None, aliases.split(", ")))
    ]


@pytest.mark.parametrize(
    ("heading", "name", "part"),
    [
        ("Director(s)", "directors", 0),
        ("IMDb-ID", "imdb_id", 0),
        (" TITLE ", "title", 0),
        ("Free copy URL", "url", 0),
        ("part_1", "url", 1),
        ("Part 12 url", "url", 12),
        ("part_3_duration", "length", 3),
        ("id", "", 0),
        ("awards", "", 0),
        ("", "", 0),
    ],
)
def test_headings_are_known_however_they_are_written(heading: str, name: str, part: int) -> None:
    (column,) = columns([heading])

    assert (column.name, column.part) == (name, part)


def test_columns_without_a_place_are_named(path: Path) -> None:
    reading, _entries = read(path, "title,awards,,Year", "Rain,none,,1929")

    assert reading.unmapped == ("awards", "(no heading)")
    assert reading.understood == "CSV in utf-8, separated by commas"


def test_addresses_of_several_columns_are_those_of_the_first_part_in_their_order(path: Path) -> None:
    found, _remarks = facts(
        path,
        "title,url,archive_url,part_1,part_2",
        f"Rain,{ARCHIVE}a; {ARCHIVE}b,{ARCHIVE}c,{ARCHIVE}d,{ARCHIVE}e",
    )

    assert [part.addresses for part in found.parts] == [
        tuple(f"{ARCHIVE}{name}" for name in "abcd"),
        (f"{ARCHIVE}e",),
    ]


def test_what_cannot_be_understood_is_left_out_and_named(path: Path) -> None:
    found, remarks = facts(
        path,
        "title,kind,duration,countries,languages,imdb_id,wikidata_id",
        "Rain,opera,1 Season,Freedonia; US,Elvish,nm0000001,Q5",
    )

    assert found == FilmFacts(title="Rain", countries=("US",), external_ids=(("wikidata", "Q5"),))
    assert remarks == [
        ("kind", "opera"),
        ("length", "1 Season"),
        ("countries", "Freedonia"),
        ("languages", "Elvish"),
        ("imdb_id", "nm0000001"),
    ]


def test_countries_may_be_separated_by_commas_where_that_makes_sense(path: Path) -> None:
    found, remarks = facts(path, "title;country", "Rain;Netherlands, France")
    assert (found.countries, remarks) == (("NL", "FR"), [])

    found, remarks = facts(path, "title;languages", "Rain;en, French")
    assert (found.languages, remarks) == (("en", "fr"), [])

    found, remarks = facts(path, "title;country", "Rain;Korea, Republic of")
    assert (found.countries, remarks) == (("KR",), [])

    found, remarks = facts(path, "title;country", "Rain;Narnia, France")
    assert (found.countries, remarks) == ((), [("countries", "Narnia, France")])


def test_of_two_columns_for_one_thing_the_first_counts(path: Path) -> None:
    _reading, (entry,) = read(path, "title,name,year,date", "Rain,Regen,,1929-05")

    assert entry.facts == FilmFacts(title="Rain", released=PartialDate(1929, 5))
    assert entry.remarks == (
        Remark("title", "Regen", "An earlier column says something else, which counts.", "Rain"),
    )


@pytest.mark.parametrize("title", ["Unknown", "?", "N/A"])
def test_a_title_is_a_title_even_if_it_looks_like_a_mark_for_nothing(title: str, path: Path) -> None:
    found, _remarks = facts(path, "title,director", f"{title},{title}")

    assert found == FilmFacts(title=title)


@pytest.mark.parametrize(
    ("year", "why"),
    [("3000", "not between 1800 and 2100"), ("soon", "Write a date as"), ("1929-13", "lies before")],
)
def test_a_row_with_a_year_that_is_none_is_refused(year: str, why: str, path: Path) -> None:
    _reading, (entry, other) = read(path, "title,year", f"Rain,{year}", "Rain,1929")

    assert entry.facts is None
    assert f"The year “{year}”" in entry.refusal
    assert why in entry.refusal
    assert other.facts is not None


def test_a_file_without_titles_is_refused_and_its_heading_shown(path: Path) -> None:
    with pytest.raises(Unreadable, match="The heading, in line 2, has: Foo, 1999"):
        read(path, "", "Foo,1999", "Bar,2000")


def test_a_preview_shows_columns_and_the_first_rows(path: Path) -> None:
    read(path, "title;awards;year", *(f"Film {number};;19{number:02}" for number in range(10)), "x;y")

    shown = preview(path, rows=3)

    assert shown.understood == "CSV in utf-8, separated by semicolons"
    assert [(column.heading, column.name) for column in shown.columns] == [
        ("title", "title"),
        ("awards", ""),
        ("year", "year"),
    ]
    assert [entry.facts and entry.facts.title for entry in shown.entries] == ["Film 0", "Film 1", "Film 2"]


@pytest.mark.parametrize("head", [b"<?xml version='1.0'?>", b"{}", b"[1]", bytes(2000), bytes(range(32)) * 9])
def test_other_files_are_not_taken_for_a_film_csv(head: bytes) -> None:
    assert not FilmsCsv().recognise(head)


@pytest.mark.parametrize(("column", "aliases"), ALIASES.items())
def test_the_documentation_names_every_column_and_what_else_it_may_be_called(
    column: str, aliases: str
) -> None:
    page = (REPOSITORY / "docs" / "import-films-csv.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith(f"| `{column}`")]

    assert line.split("|")[-2].strip() == aliases
