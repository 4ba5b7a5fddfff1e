"""Reads of ratings: what is shown of a film's, and what one participant gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from verite.accounts.keys import participant
from verite.catalogue.keys import film
from verite.catalogue.models import Film
from verite.core import freshness
from verite.core.paging import decode, encode, moment_of_value, value_of_moment
from verite.ratings import keys
from verite.ratings.models import COUNTS, FilmScore, Rating
from verite.ratings.score import HIGHEST, LOWEST, Score

RATINGS_PER_PAGE = 20

_BY_DAY = "ratings"


@dataclass(frozen=True, slots=True)
class OwnRating:
    """What somebody gave a film, and when."""

    value: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class RatedFilm:
    """A rating in a list of one participant's."""

    slug: str
    title: str
    value: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class RatedFilms:
    """Some of a participant's ratings, latest first; ``next`` is the cursor of those that follow, if any."""

    items: Sequence[RatedFilm]
    next: str | None


@dataclass(frozen=True, slots=True)
class Drift:
    """A count that is kept wrongly: the film's, what it is of, what is kept, what it is when counted anew."""

    film_id: int
    what: str
    kept: int
    counted: int


def score_of(film_id: int) -> Score:
    """A film's score, in one query; one without ratings where none was given."""
    freshness.depends_on(keys.score(film_id))
    row = (
        FilmScore.objects.filter(film=film_id).values_list(*COUNTS, "imported_count", "imported_sum").first()
    )
    return Score(row[:-2], *row[-2:]) if row else Score((0,) * len(COUNTS))


def own_rating(participant_id: int, film_id: int) -> OwnRating | None:
    """What a participant gave a film, in one query. For that participant's eyes."""
    row = (
        Rating.objects.filter(film=film_id, participant=participant_id)
        .values_list("value", "given_at")
        .first()
    )
    return OwnRating(*row) if row else None


def ratings_of(participant_id: int, *, after: str | None = None, limit: int = RATINGS_PER_PAGE) -> RatedFilms:
    """A participant's ratings of public films, latest first, in at most two queries.

    Raises:
        BadCursor: ``after`` is no cursor of this list.
    """
    rows = Rating.objects.filter(participant=participant_id, film__state=Film.State.PUBLISHED).order_by(
        "-given_at", "-id"
    )
    found = _read(rows, limit + 1) if after is None else _read_after(rows, after, limit + 1)
    shown = found[:limit]
    freshness.depends_on(participant(participant_id), *(film(row.film_id) for row in shown))
    following = (
        encode(_BY_DAY, (value_of_moment(shown[-1].given_at), shown[-1].id)) if found[limit:] else None
    )
    return RatedFilms([RatedFilm(row.slug, row.title, row.value, row.given_at) for row in shown], following)


def recount(film_id: int) -> list[Drift]:
    """Every kept count of a film's ratings that differs from the ratings themselves; there must be none."""
    of_values = {f"r{value}": Count("pk", filter=Q(value=value)) for value in range(LOWEST, HIGHEST + 1)}
    counted = Rating.objects.filter(film=film_id).aggregate(**of_values)
    kept = FilmScore.objects.filter(film=film_id).values(*COUNTS).first() or dict.fromkeys(COUNTS, 0)
    return [
        Drift(film_id, column, kept[column], counted[column])
        for column in COUNTS
        if kept[column] != counted[column]
    ]


class _Row(NamedTuple):
    slug: str
    title: str
    value: int
    given_at: datetime
    id: int
    film_id: int


def _read(rows: QuerySet[Rating], limit: int) -> list[_Row]:
    columns = ("film__slug", "film__title", "value", "given_at", "id", "film_id")
    return [_Row(*row) for row in rows.values_list(*columns)[:limit]]


def _read_after(rows: QuerySet[Rating], after: str, limit: int) -> list[_Row]:
    value, rating_id = decode(after, _BY_DAY, (int, int))
    moment = moment_of_value(value)
    # Two range reads: one condition for both would make the database walk past all that was shown before.
    same_moment = _read(rows.filter(given_at=moment, id__lt=rating_id), limit)
    return same_moment + _read(rows.filter(given_at__lt=moment), limit - len(same_moment))
