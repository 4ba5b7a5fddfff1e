"""Members whose names stand under reviews and beside collections."""

from __future__ import annotations

from verite.catalogue import keys
from verite.catalogue.models import Collection, Review
from verite.core import freshness


def name_anew(*, member_id: int, name: str) -> None:  # noqa: ARG001 (pages read it where it is kept)
    """Say that pages with this author's name are stale. Inside the write transaction that changes it."""
    films = Review.objects.filter(author=member_id).values_list("film", flat=True)
    collections = Collection.objects.filter(curator=member_id).values_list("pk", flat=True)
    freshness.touch(*map(keys.film, films), *map(keys.collection, collections))
