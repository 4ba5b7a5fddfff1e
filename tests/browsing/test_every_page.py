"""What every page that leads to films keeps to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.browsing.visiting import curator, stands
from tests.discovery.stock import FIRST_DAY
from verite.accounts.models import Participant
from verite.catalogue.actions import Entry, FilmFacts, save_collection, store_films
from verite.catalogue.models import Film
from verite.core.dates import PartialDate
from verite.core.freshness import page_of, provenance_of
from verite.discovery import shelf

pytestmark = pytest.mark.django_db


EVERY_PAGE = [
    "/",
    "/films/",
    "/films/?decade=1940s&language=en&sort=year",
    "/subjects/",
    "/subjects/war/",
    "/people/a-film-unit/",
    "/films/film-4/discussion/",
    "/films/film-4/discussion/?sort=best",
    "/years/",
    "/years/1944/",
    "/collections/",
    "/collections/the-first-reel/",
    "/search/?q=film",
    "/search/?q=flim",
    "/about/",
    "/feeds/",
    "/feeds/site.atom",
    "/films/feed.atom?subject=war",
    "/subjects/war/feed.atom",
    "/people/a-film-unit/feed.atom",
    "/collections/the-first-reel/feed.atom",
    "/sitemap.xml",
]


def _fill(count: int) -> None:
    facts = [
        FilmFacts(
            title=f"Film {n}",
            released=PartialDate(1940 + n % 50),
            subjects=("War", f"Subject {n % 30}"),
            languages=("en",),
            countries=("GB",),
            credits={"director": ("A Film Unit", f"Person {n}")},
        )
        for n in range(count)
    ]
    store_films(facts, now=FIRST_DAY)
    entries = [Entry(film_id) for film_id in Film.objects.values_list("id", flat=True)[:20]]
    save_collection(title="The first reel", curator_id=curator(), entries=entries, now=FIRST_DAY)


def _queries(address: str) -> int:
    shelf.forget_shelf()
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200, address
    return len(queries)


def test_no_page_asks_more_of_the_database_when_there_are_more_films() -> None:
    _fill(10)
    few = {address: _queries(address) for address in EVERY_PAGE}
    Participant.objects.update(slug="somebody-else")
    _fill(1_000)
    many = {address: _queries(address) for address in EVERY_PAGE}

    assert many == few
    assert max(many.values()) <= 24  # home, with a shelf made anew
    assert many["/subjects/war/"] <= 7


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_may_be_kept_and_says_from_what_it_was_made(address: str) -> None:
    _fill(10)

    provenance = provenance_of(Client().get(address))

    assert provenance is not None
    assert provenance.versions or provenance.max_age


def test_a_film_that_changes_makes_every_list_stale_that_shows_it() -> None:
    _fill(10)
    shown = {
        address: Client().get(address) for address in EVERY_PAGE if address not in ("/about/", "/feeds/")
    }

    store_films([FilmFacts(title="Film 4", released=PartialDate(1944), tagline="New words.")], now=FIRST_DAY)

    # The map is an hour old at most, and a collection's line says nothing of its films.
    assert {address for address, answer in shown.items() if stands(answer)} == {
        "/sitemap.xml",
        "/collections/",
    }


def test_every_view_answers_only_reads() -> None:
    for address in EVERY_PAGE:
        answer = Client(headers={"sec-fetch-site": "same-origin"}).post(address)
        assert answer.status_code == 405, address


def test_a_list_declares_what_its_answer_depends_on() -> None:
    declared = page_of(resolve("/films/").func)

    assert declared is not None
    assert (
        declared.normalised("utm=1&sort=year&country=GB&country=FR&page=2")
        == "country=FR&country=GB&sort=year&page=2"
    )
