"""The least that a page beside a film's own needs to know of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from verite.catalogue import keys
from verite.catalogue.models import Film
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


def film_path(slug: str) -> str:
    """The path of a film's page, for texts that are stored with links to it: ``/films/some-film/``."""
    return f"/films/{quote(slug)}/"


def film_paths(film_ids: Iterable[int]) -> dict[int, str]:
    """The paths of the pages of films, public or not, by their ids; one query."""
    slugs = Film.objects.filter(pk__in=set(film_ids)).values_list("pk", "slug")
    return {film_id: film_path(slug) for film_id, slug in slugs}
