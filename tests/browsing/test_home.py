"""The front page."""

from __future__ import annotations

import pytest

from tests.browsing.visiting import curator, headings, visit
from tests.discovery.stock import FIRST_DAY, film, subject
from verite.catalogue.actions import save_review

pytestmark = pytest.mark.django_db


def test_an_empty_site_says_how_to_fill_it() -> None:
    page = visit("/")

    assert page.one("h1").text == "No films yet"
    assert "verite import films.csv" in page.text


def test_the_film_reviewed_last_leads_with_its_reason_and_the_first_words() -> None:
    reviewed = film("Nanook of the North", year=1922, directors=["Robert Flaherty"], plays=True)
    film("Grass", year=1925, day=30)
    save_review(reviewed.pk, curator(), "A *house* out of snow.\n\nAnd a window of ice.", now=FIRST_DAY)

    page = visit("/")

    assert page.one("h1").text == "Nanook of the North"
    assert "Reviewed most recently, by Ada Lens" in page.text
    assert page.one("p", class_="prose").text == "A house out of snow."
    assert page.one("a", class_="go", href="/films/nanook-of-the-north/").text == "Watch Nanook of the North"
    assert headings(page) == ["Grass"]


def test_without_a_review_the_newest_film_that_plays_leads() -> None:
    film("Grass", plays=True, day=1, tagline="Fifty thousand people cross a river.")
    film("Rain", day=2)

    page = visit("/")

    assert page.one("h1").text == "Grass"
    assert "The newest film that plays here" in page.text
    assert page.one("p", class_="prose").text == "Fifty thousand people cross a river."
    assert headings(page) == ["Rain"]


def test_home_counts_the_films_of_each_branch() -> None:
    subject("History")
    subject("War", under="History")
    film("Desert Victory", subjects=["War"])
    film("Le Joli Mai", subjects=["History"])

    page = visit("/")

    assert "History2 films" in [link.text for link in page.all("a", href="/subjects/history/")]
    assert not page.all("a", href="/subjects/war/")  # it stands under its root
