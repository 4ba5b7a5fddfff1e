"""More films to a film, and why."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.discovery.stock import film, subject, withdraw
from verite.catalogue.actions import FilmFacts, store_films
from verite.catalogue.models import Film
from verite.core.dates import PartialDate
from verite.discovery.related import related_films

pytestmark = pytest.mark.django_db


def shown(found: Film, limit: int = 6) -> list[tuple[str, str]]:
    return [(related.film.title, related.reason) for related in related_films(found.pk, limit)]


def test_a_shared_director_comes_before_a_shared_subject_and_each_says_why() -> None:
    subject("Nature")
    subject("Sea", under="Nature")
    here = film("Here", subjects=["Sea"], directors=["Agnès Varda"])
    film("Same sea", subjects=["Sea"])
    film("Same nature", subjects=["Nature"])
    film("Same hand", directors=["Somebody", "Agnès Varda"])
    film("Nothing shared", subjects=["Law"], directors=["Somebody"])

    assert shown(here) == [
        ("Same hand", "Also directed by Agnès Varda"),
        ("Same sea", "Also about Sea"),
        ("Same nature", "Also about Nature"),
    ]


def test_films_on_sister_subjects_share_what_both_stand_under() -> None:
    subject("Nature")
    subject("Sea", under="Nature")
    subject("Whales", under="Sea")
    subject("Mountains", under="Nature")
    here = film("Here", subjects=["Sea"])
    film("Sister", subjects=["Mountains"])
    film("Child", subjects=["Whales"])

    assert shown(here) == [("Child", "Also about Sea"), ("Sister", "Also about Nature")]


def test_films_on_the_very_subject_come_first_however_much_lies_below_it() -> None:
    subject("Nature")
    here = film("Here", subjects=["Nature"])
    film("There", subjects=["Nature"])
    for number in range(8):
        subject(f"Nature {number}", under="Nature")
    film("Below", subjects=["Nature 7"])

    assert shown(here) == [("There", "Also about Nature"), ("Below", "Also about Nature")]


def test_a_film_of_many_directors_leads_to_others_on_its_subject_as_well() -> None:
    here = film("Here", subjects=["Sea"], directors=[f"Director {number}" for number in range(9)])
    film("There", subjects=["Sea"])

    assert shown(here) == [("There", "Also about Sea")]


def test_among_equally_near_ones_the_same_decade_comes_first() -> None:
    film("Before", subjects=["Sea"], year=1939)
    here = film("Here", subjects=["Sea"], year=1940)
    film("After", subjects=["Sea"], year=1950)
    film("Undated", subjects=["Sea"])
    film("Same decade", subjects=["Sea"], year=1949)

    assert shown(here)[0] == ("Same decade", "Also about Sea")
    assert len(shown(here)) == 4


def test_what_cannot_be_played_comes_last_even_by_the_same_director() -> None:
    here = film("Here", subjects=["Sea"], directors=["Agnès Varda"])
    film("Gone", directors=["Agnès Varda"])
    film("Playable", subjects=["Sea"], plays=True)

    assert [title for title, _reason in shown(here)] == ["Playable", "Gone"]


def test_a_film_that_shares_several_things_stands_once_for_the_nearest() -> None:
    here = film("Here", subjects=["Sea", "Law"], directors=["Agnès Varda"])
    film("There", subjects=["Law", "Sea"], directors=["Agnès Varda"])

    assert shown(here) == [("There", "Also directed by Agnès Varda")]


def test_films_out_of_public_view_and_the_film_itself_are_never_shown() -> None:
    here = film("Here", subjects=["Sea"])
    withdraw(film("Draft", subjects=["Sea"]))

    assert shown(here) == []
    assert shown(film("Alone")) == []
    assert related_films(10**12) == []


def test_all_directors_stand_in_their_order_and_no_other_credit() -> None:
    here = film("Here", subjects=["Sea"])
    film(
        "There",
        subjects=["Sea"],
        directors=["Zoë", "Anna"],
        narrators=["Orson Welles"],
        year=1950,
        minutes=50,
    )

    (related,) = related_films(here.pk)

    assert related.film.directors == ("Zoë", "Anna")
    assert related.film.years == "1950"
    assert related.film.length_seconds == 3000
    assert related.film.slug == "there"


def test_each_comes_with_its_first_subject() -> None:
    here = film("Here", subjects=["Sea"], directors=["Agnès Varda"])
    film("There", subjects=["Law", "Sea"])
    film("Elsewhere", directors=["Agnès Varda"])

    assert [(each.film.title, each.film.subject) for each in related_films(here.pk)] == [
        ("Elsewhere", ""),
        ("There", "Law"),
    ]


def test_it_takes_two_queries_and_a_bounded_look_at_a_large_subject() -> None:
    on_the_sea = [
        FilmFacts(title=f"Film {n}", released=PartialDate(1940 + n % 60), subjects=("Sea",))
        for n in range(300)
    ]
    store_films(on_the_sea, now=film("First", subjects=["Sea"]).published_at)
    some = Film.objects.order_by("id")[150:153]
    found = []
    for one in some:
        with CaptureQueriesContext(connection) as queries:
            found.append({related.film.id for related in related_films(one.pk)})
        assert len(queries) == 2

    assert all(len(ids) == 6 for ids in found)
    assert len(set.union(*found)) > 6  # neighbours lead to different films
