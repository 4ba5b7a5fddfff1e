"""Which film a piece of a page belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from verite.catalogue.queries.film_names import film_name, film_path


@dataclass(frozen=True, slots=True)
class FilmPlace:
    """What a section of a film's page, or a page beside it, needs to know of the film."""

    id: int
    slug: str
    title: str

    @property
    def path(self) -> str:
        """``/films/<slug>/``."""
        return film_path(self.slug)


def place_of(slug: str) -> FilmPlace:
    """The film at ``/films/<slug>/``, in one query.

    Raises:
        Http404: there is none in public.
    """
    found = film_name(slug)
    if found is None:
        raise Http404
    return FilmPlace(found.id, found.slug, found.title)
