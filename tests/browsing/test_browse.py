"""The list of all films and its filters."""

from __future__ import annotations

import pytest

from tests.browsing.visiting import headings, links, visit
from tests.discovery.stock import FIRST_DAY, film
from verite.catalogue.actions import FilmFacts, store_films
from verite.discovery import browse

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock() -> None:
    film("Desert Victory", year=1943, minutes=62, subjects=["War"], languages=["en"], plays=True, day=1)
    film("Night Mail", year=1936, minutes=25, subjects=["Work"], languages=["en"], day=2)
    film("Le Joli Mai", year=1963, minutes=146, subjects=["Cities"], languages=["fr"], day=3)


@pytest.mark.usefixtures("stock")
def test_the_filters_are_a_form_that_keeps_what_was_chosen() -> None:
    page = visit("/films/?decade=1930s&decade=1940s&language=en&sort=title")

    checked = {(box.attributes["name"], box.attributes["value"]) for box in page.all("input", checked="")}
    assert checked == {("decade", "1930s"), ("decade", "1940s"), ("language", "en")}
    assert page.one("input", type="hidden", name="sort").attributes["value"] == "title"
    assert page.one("h1").text == "2 films"
    assert headings(page) == ["Desert Victory", "Night Mail"]


@pytest.mark.usefixtures("stock")
def test_other_orders_and_the_feed_keep_the_filters() -> None:
    page = visit("/films/?language=en&unknown=x")

    assert {"/films/?language=en", "/films/?language=en&sort=title", "/films/feed.atom?language=en"} <= links(
        page
    )
    assert page.one("link", rel="alternate").attributes["href"] == "/films/feed.atom?language=en"
    assert page.one("link", rel="canonical").attributes["href"] == "http://testserver/films/?language=en"


@pytest.mark.usefixtures("stock")
def test_it_says_what_it_left_out() -> None:
    page = visit("/films/?subject=cookery&sort=garbage&length=endless")

    said = [notice.text for notice in page.all("p", role="status")]
    assert said == [
        "No film here is about “cookery”, so that filter was left out.",
        "“endless” is no length; there are short, medium and long. That filter was left out.",
        "There is no order “garbage”; the list shows the newest first.",
    ]
    assert len(headings(page)) == 3


@pytest.mark.usefixtures("stock")
def test_filters_that_nothing_has_together_can_be_taken_away_one_by_one() -> None:
    page = visit("/films/?language=fr&length=short")

    assert page.one("h1").text == "0 films"
    assert {"/films/?language=fr", "/films/?length=short"} <= links(page)


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize("query", ["page=2", "page=0", "page=abc", "after=xyz"])
def test_beyond_the_end_there_is_a_way_back(query: str) -> None:
    page = visit(f"/films/?language=en&{query}", 404)

    assert {"/films/?language=en&page=1", "/films/"} <= links(page)


def test_following_the_pages_meets_every_film_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse, "PAGE_SIZE", 3)
    monkeypatch.setattr(browse, "MOST_PAGES", 2)
    store_films([FilmFacts(title=f"Film {n}") for n in range(10)], now=FIRST_DAY)

    met, address = [], "/films/?sort=title"
    for _page in range(4):
        page = visit(address)
        met += headings(page)
        following = [link.attributes["href"] for link in page.all("a", rel="next")]
        address = "/films/" + (following[0] if following else "")

    assert sorted(met) == sorted(f"Film {n}" for n in range(10))
    assert following == []


@pytest.mark.usefixtures("stock")
def test_values_from_the_address_are_shown_and_never_read_as_markup() -> None:
    page = visit("/films/?subject=%3Cscript%3Ealert(1)%3C/script%3E%00")

    assert all("src" in script.attributes for script in page.all("script"))
    assert "<script>alert(1)</script>" in page.one("p", role="status").text
