"""What was written last, for feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.catalogue import keys
from verite.catalogue.models import Film, Review
from verite.core import freshness


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review as a feed shows it."""

    id: int
    film_slug: str
    film_title: str
    author: str
    published_at: datetime
    revised_at: datetime


def newest_reviews(*, limit: int) -> list[ReviewLine]:
    """The reviews that were published last, in one query. A page with them wants a ``max_age``."""
    rows = Review.objects.filter(film__state=Film.State.PUBLISHED).order_by("-published_at", "-id")
    names = ("id", "film__slug", "film__title", "author__name", "published_at", "revised_at", "film_id")
    found = list(rows.values_list(*names)[:limit])
    freshness.depends_on(*(keys.film(row[-1]) for row in found))
    return [ReviewLine(*row[:-1]) for row in found]
