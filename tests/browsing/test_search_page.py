"""The search page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.browsing.visiting import headings, links, stands, visit
from tests.discovery.stock import film

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock() -> None:
    film("Desert Victory", year=1943, minutes=62, subjects=["War"], languages=["en"], plays=True, day=1)
    film("Night Mail", year=1936, minutes=25, subjects=["Work"], languages=["en"], day=2)
    film("Le Joli Mai", year=1963, minutes=146, subjects=["Cities"], languages=["fr"], day=3)


@pytest.mark.usefixtures("stock")
def test_search_shows_films_and_people_and_keeps_the_words() -> None:
    film("Something", directors=["Victory Jones"])

    page = visit("/search/?q=VICTORY")

    assert headings(page) == ["Desert Victory", "Something"]
    assert page.one("a", href="/people/victory-jones/").text == "Victory Jones"
    assert page.one("input", id="q").attributes["value"] == "VICTORY"


def test_search_says_when_more_people_have_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verite.web.browsing.search.PEOPLE_SHOWN", 2)
    film("Some Film", directors=["John Ford", "John Grierson", "John Huston"])

    page = visit("/search/?q=john")

    assert "more than 2 people" in page.text
    assert len([link for link in links(page) if link.startswith("/people/")]) == 2


def test_search_without_hits_gives_the_nearest_and_advice() -> None:
    film("Nanook of the North", year=1922)

    page = visit("/search/?q=nanok")

    assert "No film is called “nanok”" in page.text
    assert page.one("a", href="/films/nanook-of-the-north/")
    assert "Fewer words find more" in page.text


def test_search_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verite.web.browsing.search.HITS_PER_PAGE", 2)
    for n in range(5):
        film(f"River {n}")

    met, address = [], "/search/?q=river%20%26"
    for _page in range(3):
        page = visit(address)
        met += headings(page)
        address = "/search/" + next((link.attributes["href"] for link in page.all("a", rel="next")), "")

    assert sorted(met) == [f"River {n}" for n in range(5)]
    assert parse_qs(urlsplit(page.all("a", class_="alt")[0].attributes["href"]).query)["q"] == ["river &"]


def test_a_new_film_is_found_at_the_next_request() -> None:
    before = Client().get("/search/?q=grass")
    film("Grass")

    assert headings(visit("/search/?q=grass")) == ["Grass"]
    assert stands(before) is False
