"""The least that a page beside a film's own needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from verite.catalogue import keys
from verite.catalogue.models import Film
from verite.core import freshness


@dataclass(frozen=True, slots=True)
class FilmName:
    """A film's title, its address, and the id under which other rooms know it."""

    id: int
    slug: str
    title: str


def film_name(slug: str) -> FilmName | None:
    """The published film of this slug, or None; one query."""
    row = Film.objects.public().filter(slug=slug).values_list("id", "slug", "title").first()
    if row is None:
        return None
    freshness.depends_on(keys.film(row[0]))
    return FilmName(*row)
