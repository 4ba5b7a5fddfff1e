"""One part of a film, for what is tied to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from verite.catalogue import keys
from verite.core import db, freshness

_OF = "SELECT position, title, length_seconds FROM catalogue_part WHERE film_id = %s ORDER BY position"
_AT = "SELECT id, length_seconds FROM catalogue_part WHERE film_id = %s AND position = %s"


@dataclass(frozen=True, slots=True)
class PartPlace:
    """A part, and how long it is; None where nobody knows."""

    id: int
    length_seconds: int | None


def part_at(film_id: int, position: int) -> PartPlace | None:
    """The part of a film that stands at this position, from 1; None if it has no such part."""
    row = db.row(_AT, [film_id, position])
    return PartPlace(*row) if row else None


@dataclass(frozen=True, slots=True)
class PartName:
    """A part as a list names it; ``title`` may be empty, ``length_seconds`` None where nobody knows it."""

    position: int
    title: str
    length_seconds: int | None


def parts_of(film_id: int) -> list[PartName]:
    """The parts of a film in their order, in one query."""
    freshness.depends_on(keys.film(film_id))
    with connection.cursor() as cursor:
        cursor.execute(_OF, [film_id])
        return [PartName(*row) for row in cursor.fetchall()]
