"""Giving, changing and taking back ratings, and what stands afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.talking import NOON, a_film, a_guest, a_member, after, at_once
from verite.core.freshness import versions
from verite.core.paging import BadCursor
from verite.ratings import keys
from verite.ratings.actions import (
    NotARating,
    RatingRefused,
    TotalRefused,
    claim_ratings,
    import_total,
    import_totals,
    rate,
)
from verite.ratings.models import Rating
from verite.ratings.queries import own_rating, ratings_of, recount, score_of

pytestmark = pytest.mark.django_db


def histogram(**given: int) -> tuple[int, ...]:
    """``histogram(r7=2)`` is two sevens."""
    return tuple(given.get(f"r{value}", 0) for value in range(1, 11))


def test_a_rating_can_be_given_changed_and_taken_back() -> None:
    film, guest = a_film(), a_guest()

    rate(film, guest, 8, now=NOON)
    assert score_of(film).histogram == histogram(r8=1)
    rate(film, guest, "3", now=after(5))
    assert score_of(film).histogram == histogram(r3=1)
    own = own_rating(guest, film)
    assert own is not None
    assert (own.value, own.given_at) == (3, after(5))
    assert rate(film, guest, None, now=after(6)) is None
    assert score_of(film).histogram == histogram()
    assert own_rating(guest, film) is None


def test_taking_back_what_was_never_given_changes_nothing() -> None:
    film = a_film()

    rate(film, a_guest(), "", now=NOON)

    assert score_of(film).count == 0
    assert versions([keys.score(film)]) == {keys.score(film): 0}


def test_the_same_rating_again_keeps_its_day_and_leaves_pages_as_they_are() -> None:
    film, guest = a_film(), a_guest()
    rate(film, guest, 8, now=NOON)
    before = versions([keys.score(film)])

    rate(film, guest, 8, now=after(60))

    own = own_rating(guest, film)
    assert own is not None
    assert own.given_at == NOON
    assert versions([keys.score(film)]) == before


def test_every_change_makes_pages_that_show_the_score_stale_and_no_others() -> None:
    film, other, guest = a_film(), a_film(), a_guest()
    seen = []
    for value in (8, 9, None):
        rate(film, guest, value, now=NOON)
        seen.append(versions([keys.score(film)])[keys.score(film)])

    assert seen == [1, 2, 3]
    assert versions([keys.score(other), f"film:{film}"]) == {keys.score(other): 0, f"film:{film}": 0}


@pytest.mark.parametrize(
    "given",
    [
        0,
        11,
        -1,
        7.5,
        "7.5",
        "ten",
        "NaN",
        float("nan"),
        float("inf"),
        True,
        " ",
        "٧",
        "1e1",
        "0x7",
        "1" * 5000,
    ],
)
def test_what_is_no_rating_is_refused_in_words_that_help(given: str | float) -> None:
    film, guest = a_film(), a_guest()

    with pytest.raises(NotARating, match="whole number from 1 to 10") as refused:
        rate(film, guest, given, now=NOON)

    assert refused.value.field == "rating"
    assert own_rating(guest, film) is None


@pytest.mark.parametrize("given", [7, 7.0, "7", " 7 ", "07"])
def test_one_rating_may_be_written_in_several_ways(given: str | float) -> None:
    assert rate(a_film(), a_guest(), given, now=NOON) == 7


def test_a_film_that_is_not_public_cannot_be_rated() -> None:
    guest = a_guest()
    for film in (a_film(public=False), 10**9):
        with pytest.raises(RatingRefused, match="no longer here"):
            rate(film, guest, 8, now=NOON)


def test_a_total_from_elsewhere_counts_beside_what_is_given_here() -> None:
    film = a_film()
    import_total(film, 49, 373)
    assert (score_of(film).mean, score_of(film).count) == (Decimal("7.61"), 49)

    rate(film, a_guest(), 10, now=NOON)

    score = score_of(film)
    assert (score.mean, score.count, score.histogram) == (Decimal("7.66"), 50, histogram(r10=1))


def test_the_same_total_again_changes_nothing_and_another_replaces_it() -> None:
    film = a_film()
    import_total(film, 49, 373)
    import_total(film, 49, 373)
    assert versions([keys.score(film)]) == {keys.score(film): 1}

    import_total(film, 50, 380)

    assert (score_of(film).imported_count, score_of(film).imported_sum) == (50, 380)


@pytest.mark.parametrize(("count", "total"), [(49, 48), (49, 491), (-1, -5), (0, 1)])
def test_a_total_that_cannot_be_is_refused(count: int, total: int) -> None:
    with pytest.raises(TotalRefused, match="cannot add up"):
        import_total(a_film(), count, total)


def test_totals_of_many_films_stand_each_for_itself_and_those_that_cannot_be_are_named() -> None:
    first, second, third = a_film(), a_film(), a_film()
    import_total(second, 2, 20)
    before = versions([keys.score(second)])

    refused = import_totals({first: (2, 15), second: (2, 20), third: (1, 99), 999: (1, 5)})

    assert (score_of(first).imported_sum, score_of(second).imported_sum, score_of(third).count) == (15, 20, 0)
    assert refused.keys() == {third, 999}
    assert "cannot add up to 99" in str(refused[third])
    assert versions([keys.score(second)]) == before


def test_signing_in_keeps_the_later_of_two_ratings() -> None:
    first, second, third = a_film(), a_film(), a_film()
    guest, member = a_guest(), a_member()
    rate(first, guest, 2, now=after(1))
    rate(first, member, 9, now=after(2))
    rate(second, member, 3, now=after(1))
    rate(second, guest, 8, now=after(2))
    rate(third, guest, 5, now=after(3))

    claim_ratings(guest_id=guest, member_id=member)

    assert [(film.value, film.given_at) for film in ratings_of(member).items] == [
        (5, after(3)),
        *[(8, after(2)), (9, after(2))],
    ]
    assert ratings_of(guest).items == []
    assert score_of(first).histogram == histogram(r9=1)
    assert score_of(second).histogram == histogram(r8=1)
    assert score_of(third).histogram == histogram(r5=1)
    assert not [drift for film in (first, second, third) for drift in recount(film)]


def test_ratings_of_one_participant_are_met_once_each_latest_first() -> None:
    guest = a_guest()
    for number in range(7):
        rate(a_film(f"Film {number}"), guest, 5, now=after(number // 3))  # three in one moment

    seen: list[str] = []
    page = ratings_of(guest, limit=2)
    seen += [film.title for film in page.items]
    while page.next:
        page = ratings_of(guest, after=page.next, limit=2)
        seen += [film.title for film in page.items]

    assert seen == [f"Film {number}" for number in (6, 5, 4, 3, 2, 1, 0)]


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadCursor):
        ratings_of(a_guest(), after="bm9uc2Vuc2U")


def test_a_count_that_drifted_is_found() -> None:
    from verite.ratings.models import FilmScore

    film = a_film()
    rate(film, a_guest(), 8, now=NOON)
    FilmScore.objects.filter(film=film).update(r8=3, r9=1)

    assert [(drift.what, drift.kept, drift.counted) for drift in recount(film)] == [
        ("r8", 3, 1),
        ("r9", 1, 0),
    ]


def claim(guest: int, member: int) -> None:
    if guest != member:
        claim_ratings(guest_id=guest, member_id=member)


steps = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3), st.none() | st.integers(1, 10))
    | st.tuples(st.just("claim"), st.integers(0, 3), st.integers(0, 3)),
    max_size=30,
)


class Histories(TestCase):
    @given(steps)
    def test_counts_are_those_of_the_ratings_whatever_was_done(
        self, history: list[tuple[object, int, int | None]]
    ) -> None:
        films, people = [a_film(), a_film()], [a_guest() for _ in range(4)]
        for minute, (what, who, value) in enumerate(history):
            if what == "claim":
                claim(people[who], people[value or 0])
            else:
                assert isinstance(what, int)
                rate(films[what], people[who], value, now=after(minute))

        assert not [drift for film in films for drift in recount(film)]


@pytest.mark.django_db(transaction=True)
def test_fifty_ratings_in_one_moment_are_one_rating() -> None:
    film, guest = a_film(), a_guest()

    at_once(50, lambda number: rate(film, guest, number % 10 + 1, now=after(number)))

    assert Rating.objects.count() == 1
    assert score_of(film).count == 1
    assert not recount(film)


@pytest.mark.django_db(transaction=True)
def test_fifty_people_rating_in_one_moment_are_all_counted() -> None:
    film = a_film()
    people = [a_guest() for _ in range(50)]

    at_once(50, lambda number: rate(film, people[number], 7, now=NOON))

    assert score_of(film).histogram == histogram(r7=50)
    assert not recount(film)
