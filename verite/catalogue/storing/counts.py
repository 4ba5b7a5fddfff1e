"""Keeps what lists need to know of a film's parts."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q

from verite.catalogue.models import FilmCounts, Part, Source


def recount_parts(film_ids: Collection[int]) -> None:
    """Count anew the parts of these films, how many can be played, and whether one has captions.

    Two statements. For every action that changes parts or sources, inside its write transaction.
    """
    if not film_ids:
        return
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
    FilmCounts.objects.bulk_create(
        [
            FilmCounts(
                film_id=film_id,
                part_count=counted[film_id]["part_count"] if film_id in counted else 0,
                playable_count=counted[film_id]["playable_count"] if film_id in counted else 0,
                has_captions=film_id in counted and counted[film_id]["captioned"] > 0,
            )
            for film_id in film_ids
        ],
        update_conflicts=True,
        unique_fields=["film"],
        update_fields=["part_count", "playable_count", "has_captions"],
    )
