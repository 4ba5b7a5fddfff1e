"""Which film somebody speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from tests.catalogue.sayings import film
from verite.catalogue.facts import FilmFacts, FilmRefused
from verite.catalogue.facts.matching import Index
from verite.core.dates import YearRange

IMDB_1, IMDB_2, WIKIDATA, OWN = ("imdb", "tt1"), ("imdb", "tt2"), ("wikidata", "Q1"), ("own", "7")


@dataclass(eq=False)
class Known:
    facts: FilmFacts


def found(said: FilmFacts, *known: FilmFacts) -> FilmFacts | None:
    index: Index[Known] = Index()
    for facts in known:
        index.add(Known(facts))
    film = index.find(said)
    return film.facts if film else None


def with_ids(facts: FilmFacts, *external_ids: tuple[str, str]) -> FilmFacts:
    return replace(facts, external_ids=external_ids)


RIVER = film("The River", 1938)


def test_an_id_decides_whatever_title_and_year_say() -> None:
    known = with_ids(RIVER, IMDB_1, WIKIDATA)

    assert found(with_ids(film("Rivers", 1951), WIKIDATA), film("Rivers", 1951), known) is known


def test_another_year_is_another_film() -> None:
    assert found(film("The River", 1951), RIVER) is None


@pytest.mark.parametrize("title", ["The River", "the river", "The  River!", "Thé Rivér"])
def test_the_same_title_and_year_are_the_same_film(title: str) -> None:
    assert found(film(title, 1938), RIVER) is RIVER


def test_another_title_of_the_film_will_do_but_its_own_comes_first() -> None:
    by_other_title = film("Le Fleuve", 1938, other_titles=("The River",))

    assert found(RIVER, by_other_title) is by_other_title
    assert found(RIVER, by_other_title, RIVER) is RIVER


def test_the_same_title_and_year_with_another_id_are_two_films() -> None:
    assert found(with_ids(RIVER, IMDB_2), with_ids(RIVER, IMDB_1)) is None


def test_an_id_of_another_catalogue_contradicts_nothing() -> None:
    known = with_ids(RIVER, IMDB_1)

    assert found(with_ids(RIVER, WIKIDATA), known) is known


def test_ids_of_two_films_are_refused_with_their_names() -> None:
    with pytest.raises(FilmRefused, match=r"The River \(1938\); Rain \(1929\)"):
        found(
            with_ids(RIVER, IMDB_1, WIKIDATA), with_ids(RIVER, IMDB_1), with_ids(film("Rain", 1929), WIKIDATA)
        )


def test_an_own_id_holds_through_a_new_title_or_a_new_year_but_not_through_both() -> None:
    known = with_ids(RIVER, OWN)

    assert found(with_ids(film("Rivers", 1938), OWN), known) is known
    assert found(with_ids(film("The River", 1937), OWN), known) is known
    with pytest.raises(FilmRefused, match=r"own id already belongs to The River \(1938\)"):
        found(with_ids(film("Rain", 1929), OWN), known)


@pytest.mark.parametrize(("known", "said"), [(1938, None), (None, 1938), (None, None)])
def test_without_a_year_on_either_side_the_only_film_of_the_title_is_meant(known: int, said: int) -> None:
    there = film("The River", known)

    assert found(film("The River", said), there) is there


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"external_ids": (IMDB_1,)}, {"external_ids": (IMDB_2,)}),
        ({"kind": "series"}, {"kind": "short"}),
        ({"credits": {"director": ("Ann",)}}, {"credits": {"director": ("Ben",)}}),
    ],
)
def test_without_a_year_what_contradicts_makes_two_films(
    known: dict[str, object], said: dict[str, object]
) -> None:
    assert found(film("The River", None, **said), film("The River", 1938, **known)) is None
    assert found(film("The River", 1938, **said), film("The River", None, **known)) is None


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"kind": "film"}, {"kind": "series"}),
        ({"credits": {"director": ("Ann", "Ben")}}, {"credits": {"director": ("BEN",)}}),
        ({"credits": {"director": ("Ann",)}}, {"credits": {"writer": ("Ben",)}}),
        ({"countries": ("US",)}, {"countries": ("FR",)}),
    ],
)
def test_without_a_year_everything_else_may_differ(known: dict[str, object], said: dict[str, object]) -> None:
    there = film("The River", 1938, **known)

    assert found(film("The River", None, **said), there) is there


def test_without_a_year_none_of_several_films_is_meant() -> None:
    assert found(film("The River", None, tagline="New"), RIVER, film("The River", 1951)) is None


def test_without_a_year_a_film_that_has_none_either_comes_first() -> None:
    there = film("The River", None)

    assert found(film("The River", None, tagline="New"), RIVER, there) is there


def test_the_film_that_knows_it_all_already_comes_first() -> None:
    other = film("The River", 1951, kind="film")
    there = film("The River", 1938, kind="film", tagline="From source to flood")

    assert found(film("The River", None, tagline="From source to flood"), other, there) is there


def test_a_range_of_years_begins_with_its_year() -> None:
    running = replace(RIVER, released=YearRange(1938, None))

    assert found(RIVER, running) is running
