"""What is searched, and what an engine must be able to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from verite.discovery.search.words import Words


@dataclass(frozen=True, slots=True)
class Index:
    """A table of documents: its key, and the weight of each column of words."""

    table: str
    key: str
    weights: Mapping[str, float]

    @property
    def main(self) -> str:
        """The column of the title or name."""
        return next(iter(self.weights))


FILMS = Index("discovery_film_document", "film_id", {"title": 10.0, "other_titles": 6.0, "people": 3.0})
PEOPLE = Index("discovery_person_document", "person_id", {"name": 1.0})


@dataclass(frozen=True, slots=True)
class Match:
    """A document that has all words. The lower its rank, the better it fits; ties go to the newer."""

    rank: float
    id: int


class Engine(Protocol):
    """Finds documents on one kind of database. Its tables are made by ``create`` and follow by themselves."""

    def create(self, index: Index) -> Sequence[str]:
        """The statements that make an index over an empty table of documents."""

    def rebuild(self, index: Index) -> Sequence[str]:
        """The statements that make the index anew from its documents."""

    def count(self, index: Index, words: Words, most: int) -> int:
        """How many documents match, counted no further than ``most``."""

    def best(self, index: Index, words: Words, limit: int, after: Match | None) -> list[Match]:
        """The best matches first; those whose title is exactly these words before all others."""

    def newest(self, index: Index, words: Words, limit: int, before: int | None) -> list[int]:
        """Matches by falling id, without judging them."""

    def beginning(self, index: Index, prefix: str, limit: int) -> list[int]:
        """Some documents with a word that begins so."""


def rows(sql: str, given: Sequence[str | float | None]) -> list[tuple[Any, ...]]:
    """The answer to a statement, whole."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
