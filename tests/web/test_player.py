"""The screen: which part and second are meant, and the line of all parts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.catalogue.queries.film_page import FilmPage, Part, Source
from verite.web.player import host_name, screen

SOURCE = Source("youtube", "video", "m4kOIzMqso0", 0, "", "", "", "plays", "", None)
PARTS = tuple(Part(n, f"Part {n}", 600 * n, (SOURCE,)) for n in (1, 2, 3))
FILM = FilmPage(
    id=1,
    slug="film",
    title="Film",
    kind="film",
    year=None,
    month=None,
    day=None,
    last_year=None,
    is_running=False,
    tagline="",
    synopsis="",
    rights="",
    public_performance="",
    own_length_seconds=None,
    titles=(),
    countries=(),
    languages=(),
    people={},
    topics=(),
    collections=(),
    external_ids=(),
    parts=PARTS,
    review=None,
)


@pytest.mark.parametrize(
    ("part", "moment", "position", "start"),
    [
        ("", "", 1, 0),
        ("2", "12:34", 2, 754),
        ("3", "0h12m34s", 3, 754),
        ("2", "1199", 2, 1199),
        ("2", "1200", 2, 0),
        ("4", "60", 1, 60),
        ("１", "1:99", 1, 0),
    ],
)
def test_an_address_names_a_part_and_a_second_of_it(
    part: str, moment: str, position: int, start: int
) -> None:
    shown = screen(FILM, part=part, moment=moment)

    assert shown.part == PARTS[position - 1]
    assert shown.start == start


@given(part=st.text(), moment=st.text())
def test_whatever_an_address_says_some_part_is_shown(part: str, moment: str) -> None:
    shown = screen(FILM, part=part, moment=moment)

    assert shown.part in PARTS
    assert shown.part.length_seconds is not None
    assert 0 <= shown.start < shown.part.length_seconds


def test_a_source_that_begins_later_is_asked_for_the_second_of_the_part() -> None:
    late = replace(PARTS[0], sources=(replace(SOURCE, start_seconds=30),))

    assert "start=90" in screen(replace(FILM, parts=(late,)), part="", moment="60").frame


@given(st.lists(st.one_of(st.none(), st.integers(1, 40_000)), max_size=60))
def test_the_line_holds_every_part_whose_length_is_known_in_proportion(lengths: list[int | None]) -> None:
    parts = tuple(Part(n, "", length, ()) for n, length in enumerate(lengths, start=1))

    line = screen(replace(FILM, parts=parts), part="", moment="").line

    known = [part for part in parts if part.length_seconds]
    assert [stretch.part for stretch in line] == (known if len(known) > 1 else [])
    for before, after in pairwise(line):
        assert after.left == pytest.approx(before.left + before.width)
        assert after.begins_at == before.begins_at + (before.part.length_seconds or 0)
    assert sum(stretch.width for stretch in line) == pytest.approx(100 if line else 0)


def test_the_mark_stands_at_the_chosen_second_of_the_whole() -> None:
    assert screen(FILM, part="2", moment="600").mark == pytest.approx(100 * 1200 / 3600)
    assert screen(FILM, part="2", moment="").mark is None


@pytest.mark.parametrize(
    ("host", "ref", "name"),
    [
        ("youtube", "m4kOIzMqso0", "YouTube"),
        ("peertube", "tube.example/kkGMgK9ZtnKfYAgnEtQxbv", "PeerTube, tube.example"),
        ("file", "https://films.example/a.mp4", "films.example"),
        ("file", "/media/a.mp4", "this site"),
    ],
)
def test_a_host_is_named_so_that_a_visitor_knows_who_is_asked(host: str, ref: str, name: str) -> None:
    assert host_name(replace(SOURCE, host=host, ref=ref)) == name
