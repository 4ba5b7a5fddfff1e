"""The ledger of sources, and the film in other catalogues."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.catalogue.queries.film_page import ExternalId, Part, Source
from verite.web.ledger import elsewhere, entries

CHECKED = datetime(2026, 3, 2, tzinfo=UTC)
SOURCE = Source("youtube", "video", "m4kOIzMqso0", 0, "", "", "", "plays", "", CHECKED)
GONE = replace(SOURCE, ref="aaaaaaaaaaa", state="gone", failure="Private video")


def part(position: int, *sources: Source) -> Part:
    return Part(position, "", None, sources)


@given(st.sets(st.integers(1, 40), min_size=1))
def test_parts_are_written_as_ranges_that_name_each_of_them(positions: set[int]) -> None:
    (entry,) = entries([part(position, SOURCE) for position in sorted(positions)], None)

    named: set[int] = set()
    for run in entry.parts.split(", "):
        first, _, last = run.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == positions


def test_neighbours_are_one_range() -> None:
    (entry,) = entries([part(position, SOURCE) for position in (1, 2, 3, 5, 7, 8)], None)

    assert entry.parts == "1–3, 5, 7–8"


def test_copies_that_differ_stand_apart_and_what_is_gone_stands_last() -> None:
    captioned = replace(SOURCE, captions="English")

    ledger = entries([part(1, GONE, SOURCE), part(2, captioned)], None)

    assert [(entry.state, entry.captions, entry.parts) for entry in ledger] == [
        ("plays", "", "1"),
        ("plays", "English", "2"),
        ("gone", "", "1"),
    ]
    assert ledger[-1].failure == "Private video"


def test_a_line_leads_to_the_chosen_part_where_it_can_be_watched() -> None:
    parts = [part(1, SOURCE, GONE), part(2, replace(SOURCE, ref="bbbbbbbbbbb"))]

    playing, gone = entries(parts, parts[1])

    assert playing.watch == "https://www.youtube.com/watch?v=bbbbbbbbbbb"
    assert gone.watch == ""


def test_a_line_is_as_fresh_as_its_oldest_check() -> None:
    later = replace(SOURCE, checked_at=datetime(2026, 4, 1, tzinfo=UTC))
    never = replace(SOURCE, checked_at=None)

    assert entries([part(1, later), part(2, SOURCE)], None)[0].checked_at == CHECKED
    assert entries([part(1, later), part(2, never)], None)[0].checked_at is None


@pytest.mark.parametrize(
    ("scheme", "value", "is_series", "address"),
    [
        ("wikidata", "Q42", False, "https://www.wikidata.org/wiki/Q42"),
        ("imdb", "tt0035209", False, "https://www.imdb.com/title/tt0035209"),
        ("tmdb", "7", False, "https://www.themoviedb.org/movie/7"),
        ("tmdb", "7", True, "https://www.themoviedb.org/tv/7"),
        ("imdb", '../"><b>', False, "https://www.imdb.com/title/..%2F%22%3E%3Cb%3E"),
    ],
)
def test_other_catalogues_are_linked(scheme: str, value: str, is_series: bool, address: str) -> None:
    assert [found for _, found in elsewhere([ExternalId(scheme, value)], is_series=is_series)] == [address]


def test_our_own_numbers_lead_nowhere() -> None:
    assert not list(elsewhere([ExternalId("own", "17")], is_series=False))
