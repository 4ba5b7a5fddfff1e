"""When a film was shown first, and whether it may be seen at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from verite.catalogue import keys
from verite.catalogue.models import Credit, Film, FilmSubject
from verite.core import db, freshness


@dataclass(frozen=True, slots=True)
class Showing:
    """Since when a film is public (None leaves what is known), or that it is a draft."""

    film_id: int
    published_at: datetime | None
    is_draft: bool = False


def show_films(showings: Sequence[Showing]) -> None:
    """Date films, and publish them or take them back as drafts. Few statements, whatever their number."""
    wanted = {showing.film_id: showing for showing in showings}
    with db.write():
        changed = []
        for film in Film.objects.select_for_update(no_key=True).filter(id__in=wanted).order_by("id"):
            showing = wanted[film.pk]
            state = Film.State.DRAFT if showing.is_draft else Film.State.PUBLISHED
            published_at = showing.published_at or film.published_at
            if (film.state, film.published_at) != (state, published_at):
                film.state, film.published_at = state, published_at
                changed.append(film)
        Film.objects.bulk_update(changed, ["state", "published_at"])
        _touch_all_that_lists(changed)


def _touch_all_that_lists(films: Sequence[Film]) -> None:
    ids = [film.pk for film in films]
    freshness.touch(*(keys.film(film_id) for film_id in ids))
    freshness.touch(*(keys.year(film.year) for film in films if film.year))
    subjects = FilmSubject.objects.filter(film__in=ids).values_list("subject_id", flat=True).distinct()
    people = Credit.objects.filter(film__in=ids).values_list("person_id", flat=True).distinct()
    freshness.touch(*map(keys.subject, subjects), *map(keys.person, people))
