"""Keeps what lists need to know of a film's parts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from verite.catalogue.models import FilmCounts, Part, Source

KEPT = ("part_count", "playable_count", "has_captions")


@dataclass(frozen=True, slots=True)
class Drift:
    """A count that is kept wrongly: the film's, what it is of, what is kept, what it is when counted anew."""

    film_id: int
    what: str
    kept: int
    counted: int


def recount_parts(film_ids: Collection[int]) -> None:
    """Count anew the parts of these films, how many can be played, and whether one has captions.

    Two statements. For every action that changes parts or sources, inside its write transaction.
    """
    if film_ids:
        FilmCounts.objects.bulk_create(
            _counted(film_ids), update_conflicts=True, unique_fields=["film"], update_fields=KEPT
        )


def recount(film_id: int) -> list[Drift]:
    """What is kept of a film's parts and differs from the parts themselves; there must be nothing."""
    (counted,) = _counted([film_id])
    kept = FilmCounts.objects.filter(film=film_id).first() or FilmCounts(film_id=film_id)
    return [
        Drift(film_id, what, getattr(kept, what), getattr(counted, what))
        for what in KEPT
        if getattr(kept, what) != getattr(counted, what)
    ]


def _counted(film_ids: Collection[int]) -> list[FilmCounts]:
    living = ~Q(sources__state=Source.State.GONE)
    rows = (
        Part.objects.filter(film__in=film_ids)
        .values("film_id")
        .annotate(
            part_count=Count("id", distinct=True),
            playable_count=Count("id", distinct=True, filter=living & Q(sources__isnull=False)),
            captioned=Count("sources", filter=living & Q(sources__isnull=False) & ~Q(sources__captions="")),
        )
    )
    counted = {row["film_id"]: row for row in rows}
    return [
        FilmCounts(
            film_id=film_id,
            part_count=counted[film_id]["part_count"] if film_id in counted else 0,
            playable_count=counted[film_id]["playable_count"] if film_id in counted else 0,
            has_captions=film_id in counted and counted[film_id]["captioned"] > 0,
        )
        for film_id in film_ids
    ]
