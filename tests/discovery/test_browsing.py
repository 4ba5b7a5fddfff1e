"""The list of films, narrowed by what the catalogue says of them."""

from __future__ import annotations

import pytest

from tests.discovery.stock import film, subject, withdraw
from verite.core import paging
from verite.discovery import browse, shelf
from verite.discovery.browse import BeyondTheEnd, BrowsePage, browse_page, newest_matching
from verite.discovery.choices import Facet, Ignored

pytestmark = pytest.mark.django_db


def asked(**given: str | list[str]) -> BrowsePage:
    return browse_page({name: [value] if isinstance(value, str) else value for name, value in given.items()})


def titles(page: BrowsePage) -> list[str]:
    return [card.title for card in page.films]


def counts(page: BrowsePage, facet: Facet) -> dict[str, int]:
    return {value.value: value.count for value in page.facets[facet]}


@pytest.fixture
def stock() -> None:
    subject("History")
    subject("War", under="History")
    film(
        "Desert Victory",
        year=1943,
        minutes=62,
        subjects=["War"],
        languages=["en"],
        countries=["GB"],
        plays=True,
        day=1,
    )
    film("Night Mail", year=1936, minutes=25, subjects=["Work"], languages=["en"], countries=["GB"], day=2)
    film(
        "Le Joli Mai", year=1963, minutes=146, subjects=["History"], languages=["fr"], countries=["FR"], day=3
    )
    film("Nuit et brouillard", year=1956, minutes=32, subjects=["War"], languages=["fr-FR"], countries=["FR"],
         plays=True, captions="en", day=4)  # fmt: skip


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["Nuit et brouillard", "Le Joli Mai", "Night Mail", "Desert Victory"]),
        ({"subject": "war"}, ["Nuit et brouillard", "Desert Victory"]),
        ({"subject": "history"}, ["Nuit et brouillard", "Le Joli Mai", "Desert Victory"]),
        ({"year": "1936"}, ["Night Mail"]),
        ({"decade": "1960s"}, ["Le Joli Mai"]),
        ({"decade": "1960"}, ["Le Joli Mai"]),
        ({"decade": ["1930s", "1940s"]}, ["Night Mail", "Desert Victory"]),
        ({"length": "short"}, ["Night Mail"]),
        ({"length": "medium"}, ["Nuit et brouillard"]),
        ({"length": "long"}, ["Le Joli Mai", "Desert Victory"]),
        ({"language": "fr"}, ["Nuit et brouillard", "Le Joli Mai"]),
        ({"language": "FR-ca"}, ["Nuit et brouillard", "Le Joli Mai"]),
        ({"country": "gb"}, ["Night Mail", "Desert Victory"]),
        ({"captions": "yes"}, ["Nuit et brouillard"]),
        ({"playable": "1"}, ["Nuit et brouillard", "Desert Victory"]),
        ({"country": ["GB", "FR"], "subject": ["war", "work"], "language": "en"}, ["Night Mail", "Desert Victory"]),
        ({"sort": "title"}, ["Desert Victory", "Le Joli Mai", "Night Mail", "Nuit et brouillard"]),
        ({"sort": "year", "country": "FR"}, ["Le Joli Mai", "Nuit et brouillard"]),
    ],
)  # fmt: skip
def test_it_shows_the_films_that_were_asked_for(given: dict[str, str | list[str]], found: list[str]) -> None:
    page = asked(**given)

    assert titles(page) == found
    assert page.count == len(found)
    assert page.catalogue_count == 4
    assert page.ignored == []


@pytest.mark.parametrize(
    ("minutes", "length"), [(29.9, "short"), (30, "medium"), (60, "medium"), (60.1, "long")]
)
def test_half_an_hour_and_an_hour_belong_to_the_middle(minutes: float, length: str) -> None:
    film("A Film", minutes=minutes)

    assert counts(asked(), Facet.LENGTH) == {length: 1}


@pytest.mark.usefixtures("stock")
def test_counts_leave_their_own_facet_aside_and_keep_the_others() -> None:
    page = asked(country="GB", decade="1940s")

    assert counts(page, Facet.DECADE) == {"1940s": 1, "1930s": 1}
    assert counts(page, Facet.COUNTRY) == {"GB": 1}
    assert counts(page, Facet.LENGTH) == {"long": 1}
    assert counts(page, Facet.SUBJECT) == {"history": 1, "war": 1}


@pytest.mark.usefixtures("stock")
def test_a_chosen_value_stays_in_the_form_when_nothing_has_it_any_more() -> None:
    page = asked(country="FR", decade="1930s")

    assert page.count == 0
    assert counts(page, Facet.DECADE)["1930s"] == 0


@pytest.mark.usefixtures("stock")
def test_a_film_in_two_subjects_of_a_branch_counts_once() -> None:
    film("The Battle of San Pietro", subjects=["War", "History"])

    assert counts(asked(), Facet.SUBJECT)["history"] == 4


@pytest.mark.usefixtures("stock")
def test_what_it_does_not_have_is_left_out_and_named() -> None:
    page = asked(subject=["war", "cookery"], year="abc", country="x" * 500, sort="garbage", captions="\0")

    assert titles(page) == ["Nuit et brouillard", "Desert Victory"]
    assert page.ignored == [
        Ignored("subject", "cookery"),
        Ignored("year", "abc"),
        Ignored("captions", "\0"),
        Ignored("country", "x" * 500),
        Ignored("sort", "garbage"),
    ]


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    "given", [{"page": "2"}, {"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 99}]
)
def test_a_page_that_is_not_there_names_the_last_that_is(given: dict[str, str]) -> None:
    with pytest.raises(BeyondTheEnd) as beyond:
        asked(subject="war", **given)

    assert beyond.value.last == 1
    assert beyond.value.choice.query() == "subject=war"


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize("cursor", ["x", paging.encode("title", [1]), paging.encode("newest", [10**9])])
def test_a_cursor_from_elsewhere_leads_nowhere(cursor: str) -> None:
    with pytest.raises(BeyondTheEnd):
        asked(after=cursor)


def test_pages_have_numbers_up_to_a_last_one_and_then_cursors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse, "PAGE_SIZE", 2)
    monkeypatch.setattr(browse, "MOST_PAGES", 2)
    for day, title in enumerate(["A", "B", "C", "D", "E", "F", "G"]):
        film(title, day=day)

    met, given, names = [], {}, []
    while True:
        page = asked(**given)
        met += titles(page)
        if page.following is None:
            break
        name, value = page.following
        names.append(name)
        given = {name: str(value)}

    assert met == ["G", "F", "E", "D", "C", "B", "A"]
    assert names == ["page", "after", "after"]
    with pytest.raises(BeyondTheEnd):
        asked(page="3")


@pytest.mark.usefixtures("stock")
def test_a_new_film_and_one_withdrawn_are_noticed() -> None:
    assert asked().count == 4

    new = film("Grass", year=1925, subjects=["Peoples"])
    assert titles(asked(subject="peoples")) == ["Grass"]

    withdraw(new)
    assert asked().count == 4
    assert asked(subject="peoples").ignored == [Ignored("subject", "peoples")]


@pytest.mark.usefixtures("stock")
def test_a_subject_that_moves_takes_its_films_along() -> None:
    assert counts(asked(), Facet.SUBJECT)["work"] == 1

    subject("War", under="Work")

    page = asked()
    assert counts(page, Facet.SUBJECT)["work"] == 3
    assert counts(page, Facet.SUBJECT)["history"] == 1


@pytest.mark.usefixtures("stock")
def test_a_feed_of_something_we_do_not_have_is_no_feed_of_everything() -> None:
    with pytest.raises(LookupError):
        newest_matching({"subject": ["cookery"]}, 10)


@pytest.mark.usefixtures("stock")
def test_a_choice_is_spelt_the_same_however_it_was_asked() -> None:
    one = asked(country=["FR", "GB"], language="EN", sort="title").choice.query()
    other = asked(sort="title", language=["en", "en-GB"], country=["gb", "fr", "FR"]).choice.query()

    assert one == other == "language=en&country=FR&country=GB&sort=title"


@pytest.mark.usefixtures("stock")
def test_a_shelf_that_was_dear_to_make_serves_a_while_and_no_longer_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "REST", 1_000.0)
    assert asked().count == 4

    film("Grass", year=1925)
    assert asked().count == 4

    monkeypatch.setattr(shelf, "OLDEST", 0.0)
    assert asked().count == 5
