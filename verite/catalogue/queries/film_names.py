"""The least that a page beside a film's own needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from verite.catalogue import keys
from verite.core import db, freshness

_NAME = "SELECT id, slug, title FROM catalogue_film WHERE slug = %s AND state = 'published'"


@dataclass(frozen=True, slots=True)
class FilmName:
    """A film's title, its address, and the id under which other rooms know it."""

    id: int
    slug: str
    title: str


def film_name(slug: str) -> FilmName | None:
    """The published film of this slug, or None; one query."""
    row = db.row(_NAME, [slug])
    if row is None:
        return None
    freshness.depends_on(keys.film(row[0]))
    return FilmName(*row)
