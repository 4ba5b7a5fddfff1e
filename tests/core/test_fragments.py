"""Pieces of pages are kept while what they show stands, and not a moment longer."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talking import at_once
from verite.core import freshness
from verite.core.db import snapshot, write
from verite.core.fragments import Fragments, Versioned, forget_all

pytestmark = pytest.mark.django_db(transaction=True)


class Film:
    """Something to show: counts how often it was told."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        self.told = 0

    def tell(self) -> str:
        freshness.depends_on(*self.keys)
        self.told += 1
        return f"told {self.told}"


@pytest.fixture
def fragments() -> Fragments[str]:
    return Fragments(most=2)


def shown(
    fragments: Fragments[str], film: Film, name: str = "film", *, beside: str = "talk:1"
) -> tuple[str, set[str]]:
    """What a page with a piece and something beside it tells, and what of the piece it depends on."""
    with snapshot(), freshness.recording() as page:
        told, keys = fragments.get(name, film.tell), set(page.keys)
        freshness.depends_on(beside)
        page.versions()
        return told, keys


def questions(fragments: Fragments[str], film: Film, *, beside: str = "talk:1") -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(fragments, film, beside=beside)
    return len([query for query in asked.captured_queries if "SELECT" in query["sql"]])


def touch(key: str) -> None:
    with write():
        freshness.touch(key)


def test_a_piece_is_told_once_while_nothing_changes(fragments: Fragments[str]) -> None:
    film = Film("film:1", "person:2")
    assert [shown(fragments, film)[0] for _ in range(3)] == ["told 1"] * 3


def test_a_change_of_anything_it_shows_has_it_told_anew(fragments: Fragments[str]) -> None:
    film = Film("film:1", "person:2")
    shown(fragments, film)
    touch("person:2")
    assert shown(fragments, film)[0] == "told 2"


def test_a_change_of_something_else_does_not(fragments: Fragments[str]) -> None:
    film = Film("film:1")
    shown(fragments, film)
    touch("film:11")
    assert shown(fragments, film)[0] == "told 1"


def test_the_page_depends_on_what_its_pieces_show_told_anew_or_not(fragments: Fragments[str]) -> None:
    film = Film("film:1", "person:2")
    assert shown(fragments, film)[1] == shown(fragments, film)[1] == {"film:1", "person:2"}


def test_what_it_no_longer_shows_is_no_longer_asked_for(fragments: Fragments[str]) -> None:
    film = Film("film:1", "person:2")
    shown(fragments, film)
    film.keys = ("film:1",)
    touch("film:1")
    assert shown(fragments, film)[1] == {"film:1"}


def test_a_page_asks_for_versions_once_whether_its_piece_is_new_kept_or_stale(
    fragments: Fragments[str],
) -> None:
    film = Film("film:1", "person:2")
    assert [questions(fragments, film) for _ in range(2)] == [1, 1]
    touch("film:1")
    assert [questions(fragments, film) for _ in range(2)] == [1, 1]
    touch("talk:1")
    assert questions(fragments, film) == 1
    assert film.told == 2


def test_what_a_page_shows_for_the_first_time_is_asked_for_at_its_end(fragments: Fragments[str]) -> None:
    film = Film("film:1")
    shown(fragments, film)
    assert questions(fragments, film, beside="talk:2") == 2
    assert film.told == 1


def test_a_change_beside_a_piece_leaves_it_as_it_is(fragments: Fragments[str]) -> None:
    film = Film("film:1")
    shown(fragments, film)
    touch("talk:1")
    assert shown(fragments, film)[0] == "told 1"


def test_a_change_after_the_moment_of_the_page_has_its_piece_told_anew(fragments: Fragments[str]) -> None:
    film = Film("film:1")

    def tell() -> str:
        freshness.versions(film.keys)  # as any piece it reads, and that is its moment
        told = film.tell()
        at_once(1, lambda _number: touch("film:1"))
        return told

    with snapshot(), freshness.recording() as page:
        fragments.get("film", tell)
        page.versions()
    assert shown(fragments, film)[0] == "told 2"


def test_pieces_inside_a_piece_are_kept_with_their_own_versions(fragments: Fragments[str]) -> None:
    inner, outer = Film("film:1"), Film("collection:1")

    def tell() -> str:
        return f"{outer.tell()} of what was {fragments.get('inner', inner.tell)}"

    def told() -> str:
        with snapshot(), freshness.recording() as page:
            html = fragments.get("outer", tell)
            page.versions()
        return html

    assert told() == told() == "told 1 of what was told 1"
    touch("collection:1")
    assert told() == "told 2 of what was told 1"
    touch("film:1")
    assert told() == "told 3 of what was told 2"


def test_a_page_that_does_not_come_about_keeps_nothing(fragments: Fragments[str]) -> None:
    film = Film("film:1")
    with snapshot(), freshness.recording():
        fragments.get("film", film.tell)
    assert shown(fragments, film)[0] == "told 2"


def test_the_piece_asked_for_longest_ago_makes_room(fragments: Fragments[str]) -> None:
    one, two, three = Film("film:1"), Film("film:2"), Film("film:3")
    for name, film in [
        ("one", one),
        ("two", two),
        ("one", one),
        ("three", three),
        ("one", one),
        ("two", two),
    ]:
        shown(fragments, film, name)
    assert (one.told, two.told, three.told) == (1, 2, 1)


def test_a_piece_that_cannot_be_told_is_not_kept(fragments: Fragments[str]) -> None:
    film = Film("film:1")
    with pytest.raises(LookupError):
        fragments.get("film", lambda: {}["no such film"])
    assert shown(fragments, film)[0] == "told 1"


def test_versioned_pieces_are_found_until_those_kept_later_need_their_room() -> None:
    pieces: Versioned[str] = Versioned(10, len)
    pieces.keep(("a", 1), "five.")
    pieces.keep(("b", 1), "five.")

    pieces.keep(("b", 2), "three")

    assert [pieces.get(name) for name in (("a", 1), ("b", 1), ("b", 2))] == [None, "five.", "three"]


def test_a_piece_that_is_kept_twice_takes_room_once() -> None:
    pieces: Versioned[str] = Versioned(10, len)

    for _again in range(3):
        pieces.keep("a", "seven..")

    assert pieces.get("a") == "seven.."


def test_a_versioned_piece_larger_than_all_the_room_is_given_back_and_not_kept() -> None:
    pieces: Versioned[str] = Versioned(10, len)

    assert pieces.keep("a", "far too long") == "far too long"
    assert pieces.get("a") is None


def test_another_database_begins_without_versioned_pieces() -> None:
    pieces: Versioned[str] = Versioned(10, len)
    pieces.keep("a", "seven..")

    forget_all()
    pieces.keep("b", "seven..")

    assert (pieces.get("a"), pieces.get("b")) == (None, "seven..")
