"""What several tests say about films, and how they look at what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from verite.accounts.actions import name_author
from verite.catalogue.actions import FilmFacts, PartFacts, Stored, add_film, store_films
from verite.core.dates import PartialDate
from verite.core.freshness import versions

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
LATER = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)

NANOOK = FilmFacts(
    title="Nanook of the North",
    other_titles=("Nanouk l’Esquimau",),
    released=PartialDate(1922, 6, 11),
    kind="film",
    length_seconds=4740,
    tagline="A story of life and love in the actual Arctic",
    synopsis="A hunter and his family through an Arctic year.",
    rights="Public domain in the United States",
    public_performance="Free",
    countries=("US", "FR"),
    languages=("zxx",),
    subjects=("Peoples", "Land & water"),
    credits={"director": ("Robert J. Flaherty",), "producer": ("John Révillon", "Robert J. Flaherty")},
    external_ids=(("imdb", "tt0013427"), ("wikidata", "Q1344082")),
    parts=(
        PartFacts(position=1, title="Whole", addresses=("https://archive.org/details/nanookOfTheNorth1922",)),
    ),
)


def film(title: str = "The River", year: int | None = 1938, **facts: object) -> FilmFacts:
    """A film of which little is said."""
    return FilmFacts(title=title, released=PartialDate(year) if year else None, **facts)  # type: ignore[arg-type]


def stored(*films: FilmFacts, said_wins: bool = False) -> list[Stored]:
    return store_films(films, now=NOW, said_wins=said_wins)


def film_id(facts: FilmFacts) -> int:
    """The id of a film that is stored here and now."""
    found = add_film(facts, now=NOW).film_id
    assert found is not None
    return found


def curator() -> int:
    return name_author("Ana Curator", now=NOW)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL of everything that is executed inside."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *details: Any) -> Any:
        found.append(sql)
        return execute(sql, *details)

    with connection.execute_wrapper(note):
        yield found


def writes(sql: list[str]) -> list[str]:
    return [statement for statement in sql if re.search('INSERT INTO|UPDATE "|DELETE FROM', statement)]


@contextmanager
def touched(*keys: str) -> Iterator[set[str]]:
    """Which of ``keys`` are touched inside."""
    found: set[str] = set()
    before = versions(keys)
    yield found
    after = versions(keys)
    found |= {key for key in keys if after[key] != before[key]}
