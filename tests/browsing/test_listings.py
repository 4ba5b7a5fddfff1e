"""Subjects, people, years and collections."""

from __future__ import annotations

import pytest

from tests.browsing.visiting import curator, headings, links, visit
from tests.discovery.stock import FIRST_DAY, film, subject, withdraw
from verite.catalogue.actions import Entry, FilmFacts, save_collection, save_subject, store_films

pytestmark = pytest.mark.django_db


def test_subjects_stand_in_their_tree_with_the_films_of_their_branches() -> None:
    subject("History")
    subject("War", under="History")
    film("Desert Victory", subjects=["War"])

    page = visit("/subjects/")

    assert page.one("a", href="/subjects/history/").text == "History1 film"
    assert page.one("a", href="/subjects/war/").text == "War1 film"


def test_a_subject_shows_the_films_of_its_branch_and_the_way_up_and_down() -> None:
    subject("History")
    subject("War", under="History")
    subject("Sea war", under="War")
    save_subject("War", description="What *armies* film.")
    film("Desert Victory", subjects=["War"])
    film("The Gun Below", subjects=["Sea war"])
    film("Le Joli Mai", subjects=["History"])

    page = visit("/subjects/war/")

    assert headings(page) == ["The Gun Below", "Desert Victory"]
    assert {"/subjects/history/", "/subjects/sea-war/", "/subjects/war/feed.atom"} <= links(page)
    assert "What armies film." in page.text


def test_a_large_subject_shows_the_newest_and_leads_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verite.catalogue.queries.subjects.MANY", 10)
    store_films([FilmFacts(title=f"Film {n}", subjects=("Sea",)) for n in range(40)], now=FIRST_DAY)
    film("Newest", subjects=["Sea"], day=1)
    film("Newer still", subjects=["Land"], day=2)

    page = visit("/subjects/sea/")

    assert len(headings(page)) == 24
    assert headings(page)[0] == "Newest"
    assert "/films/?subject=sea" in links(page)
    assert "41 films" in page.text


def test_a_person_shows_films_by_role_newest_first() -> None:
    film("Older", year=1955, directors=["Agnès Varda"], minutes=80)
    film("Newer", year=1962, directors=["Agnès Varda"], narrators=["Agnès Varda"])
    withdraw(film("Hidden", year=1970, directors=["Agnès Varda"]))

    page = visit("/people/agnes-varda/")

    assert [heading.text for heading in page.all("h2")] == ["Director", "Narrator"]
    assert [row.text for row in page.all("th", scope="row")] == ["Newer", "Older", "Newer"]
    assert "2 films here" in page.text


def test_somebody_with_very_many_films_has_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verite.catalogue.queries.people.CREDITS_PER_PAGE", 2)
    for year in range(1950, 1955):
        film(f"Of {year}", year=year, directors=["A Film Unit"])

    shown = [
        row.text for n in (1, 2, 3) for row in visit(f"/people/a-film-unit/?page={n}").all("th", scope="row")
    ]

    assert shown == ["Of 1954", "Of 1953", "Of 1952", "Of 1951", "Of 1950"]
    visit("/people/a-film-unit/?page=4", 404)
    visit("/people/a-film-unit/?page=x", 404)


def test_a_year_leads_to_its_neighbours_that_have_films() -> None:
    for year in (1922, 1925, 1931):
        film(f"Of {year}", year=year)

    page = visit("/years/1925/")

    assert headings(page) == ["Of 1925"]
    assert page.one("a", rel="prev").attributes["href"] == "/years/1922/"
    assert page.one("a", rel="next").attributes["href"] == "/years/1931/"
    assert page.one("link", rel="canonical").attributes["href"] == "http://testserver/years/1925/"
    visit("/years/1926/", 404)
    visit(f"/years/{10**30}/", 404)


def test_years_are_counted_by_decade() -> None:
    film("Rain", year=1929)
    film("Grass", year=1925)
    film("Drifters", year=1929)

    page = visit("/years/")

    assert page.one("a", href="/films/?decade=1920s").text == "1920s"
    assert page.one("a", href="/years/1929/").text == "19292 films"


def test_a_collection_shows_its_films_in_their_order_with_the_curators_lines() -> None:
    first, second = film("Rain"), film("Grass")
    saved = save_collection(
        title="City symphonies",
        tagline="One day, one town.",
        curator_id=curator(),
        entries=[Entry(second.pk, "Because of the goats."), Entry(first.pk)],
        essay="No *commentary*.",
        now=FIRST_DAY,
    )

    page = visit(f"/collections/{saved.slug}/")
    listed = visit("/collections/")

    assert headings(page) == ["1Grass", "2Rain"]
    assert "Because of the goats." in page.text
    assert page.one("em").text == "commentary"
    assert "arranged by Ada Lens" in page.text
    assert listed.one("a", href="/collections/city-symphonies/").text == "City symphonies"
    assert "2 films" in listed.text
