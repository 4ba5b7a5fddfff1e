"""One part of a film, for what is tied to it."""

from __future__ import annotations

from dataclasses import dataclass

from verite.core import db

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
