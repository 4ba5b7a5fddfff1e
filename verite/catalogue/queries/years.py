"""The films of one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verite.catalogue import keys
from verite.catalogue.models import Film
from verite.catalogue.queries.film_cards import FilmCard, film_cards
from verite.core import freshness
from verite.core.dates import FIRST_YEAR, LAST_YEAR

FILMS_SHOWN = 48


@dataclass(frozen=True, slots=True)
class YearPage:
    """The films that came out in a year, the newest here first, and the nearest years that have films."""

    year: int
    film_count: int
    films: Sequence[FilmCard]
    before: int | None
    after: int | None


def year_page(year: int) -> YearPage | None:
    """A year's page, in six queries; None if no film came out then."""
    dated = Film.objects.public().filter(year__isnull=False)
    of_this_year = dated.filter(year=year)
    film_count = of_this_year.count()
    if not film_count:
        return None
    other = dated.values_list("year", flat=True)
    before = other.filter(year__lt=year).order_by("-year").first()
    after = other.filter(year__gt=year).order_by("year").first()
    # A first film of one of the years between would make that one the nearest.
    between = range(before or FIRST_YEAR, (after or LAST_YEAR) + 1)
    freshness.depends_on(*map(keys.year, between))
    return YearPage(
        year=year,
        film_count=film_count,
        films=film_cards(of_this_year.order_by("-id"), limit=FILMS_SHOWN),
        before=before,
        after=after,
    )
