"""Films put into the catalogue by its own actions, so that search and browsing follow as they do on a site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from verite.catalogue.actions import (
    FilmFacts,
    PartFacts,
    add_film,
    place_subject,
    save_subject,
)
from verite.catalogue.models import Film, Source, Subject
from verite.catalogue.storing.counts import recount_parts
from verite.core.dates import PartialDate

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def film(
    title: str,
    *,
    year: int | None = None,
    minutes: float | None = None,
    subjects: Iterable[str] = (),
    directors: Iterable[str] = (),
    narrators: Iterable[str] = (),
    others: Iterable[str] = (),
    languages: Iterable[str] = (),
    countries: Iterable[str] = (),
    tagline: str = "",
    plays: bool = False,
    captions: str = "",
    day: int = 0,
) -> Film:
    """A film that came here ``day`` days after the first; ``plays`` gives it one living source."""
    address = f"https://archive.org/details/{abs(hash((title, year)))}"
    stored = add_film(
        FilmFacts(
            title=title,
            other_titles=tuple(others),
            released=PartialDate(year) if year else None,
            length_seconds=round(minutes * 60) if minutes else None,
            tagline=tagline,
            countries=tuple(countries),
            languages=tuple(languages),
            subjects=tuple(subjects),
            credits={"director": tuple(directors), "narrator": tuple(narrators)},
            parts=(PartFacts(position=1, addresses=(address,)),) if plays else (),
        ),
        now=FIRST_DAY + timedelta(days=day),
    )
    assert stored.film_id is not None
    if captions:
        Source.objects.filter(part__film=stored.film_id).update(captions=captions)
        recount_parts([stored.film_id])
    return Film.objects.get(pk=stored.film_id)


def subject(name: str, *, under: str = "") -> Subject:
    """A subject, perhaps right below another."""
    subject_id = save_subject(name)
    if under:
        place_subject(subject_id, Subject.objects.get(name=under).pk)
    return Subject.objects.get(pk=subject_id)


def withdraw(found: Film) -> None:
    """Take a film out of public view, as its curator will; that action belongs to the desk."""
    from verite.catalogue import keys
    from verite.core import db, freshness

    with db.write():
        Film.objects.filter(pk=found.pk).update(state=Film.State.DRAFT)
        freshness.touch(keys.film(found.pk))
