"""Every address of the catalogue, for the maps that crawlers read."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from verite.catalogue.models import Collection, Film, Person, Subject

STEP = 5_000  # ids in one piece: a piece is read and sent at once

_LARGEST_ID = 2**63 - 1


def film_pieces() -> list[int]:
    """The numbers of the pieces that have films; piece n holds the ids from n · ``STEP`` on."""
    return sorted(Film.objects.public().values_list(F("id") / STEP, flat=True).distinct())


def person_pieces() -> list[int]:
    """The numbers of the pieces that have people."""
    return sorted(Person.objects.values_list(F("id") / STEP, flat=True).distinct())


def films_of_piece(piece: int) -> list[tuple[str, datetime]]:
    """Slug of each film of a piece, and when it came or its review was last revised."""
    films = Film.objects.public().filter(id__range=_ids(piece)).order_by("id")
    return list(films.values_list("slug", Coalesce("review__revised_at", "published_at")))


def people_of_piece(piece: int) -> list[str]:
    """The slugs of the people of a piece."""
    return list(Person.objects.filter(id__range=_ids(piece)).order_by("id").values_list("slug", flat=True))


def subject_slugs() -> list[str]:
    """The slugs of all subjects."""
    return list(Subject.objects.order_by("id").values_list("slug", flat=True))


def collection_slugs() -> list[tuple[str, datetime]]:
    """Slug of each collection, and when it was last revised."""
    return list(Collection.objects.order_by("id").values_list("slug", "revised_at"))


def years() -> list[int]:
    """Every year of which there are films."""
    found = Film.objects.public().values_list("year", flat=True).distinct()
    return sorted(year for year in found if year is not None)


def _ids(piece: int) -> tuple[int, int]:
    # A piece that nobody was given may have any number, and a database only holds ids so large.
    first = min(piece * STEP, _LARGEST_ID)
    return first, min(first + STEP - 1, _LARGEST_ID)
