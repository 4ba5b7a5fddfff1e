"""Ratings that came with films: the total that a site showed, and those within it that are known one by one.

The total counts: it is what everybody saw, and often older than the site's record of single ratings. Single
ratings are taken out of it, so that each is counted once, and what is left of it is the film's imported total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.ratings.actions import ForeignRating, import_ratings, import_totals
from verite.ratings.models import FilmScore, Rating
from verite.ratings.score import HIGHEST, LOWEST
from verite.transfer.belongings import RatingSaid
from verite.transfer.models import ImportedVoter

from .voters import voters

Total = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OfFilm:
    """What a file says of one film's ratings. ``line`` is where."""

    film_id: int
    line: int
    total: Total | None
    ratings: tuple[RatingSaid, ...]


@dataclass(slots=True)
class StoredRatings:
    """How many totals changed, how many single ratings are new, and by lines what was left out."""

    totals: int = 0
    ratings: int = 0
    remarks: list[tuple[int, Remark]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fitting:
    """Single ratings that can be part of a total, and what is left of it; ``too_many`` cannot."""

    ratings: tuple[RatingSaid, ...]
    rest: Total | None
    too_many: int


def fitting(total: Total | None, present: Sequence[int], said: Sequence[RatingSaid]) -> Fitting:
    """Choose single ratings, in their order, as long as what is left of the total can be a total.

    Args:
        total: None, or one that cannot be true, limits nothing.
        present: values of single ratings that are part of it and stored already.
        said: those that are not, of each voter one.
    """
    if total is None or not _is_possible(*total):
        return Fitting(tuple(said), total, 0)
    count, amount = total[0] - len(present), total[1] - sum(present)
    taken = []
    for rating in said:
        if _is_possible(count - 1, amount - rating.value):
            count, amount = count - 1, amount - rating.value
            taken.append(rating)
    return Fitting(tuple(taken), (count, amount), len(said) - len(taken))


def latest_of_each(ratings: Sequence[RatingSaid]) -> list[RatingSaid]:
    """Of each voter the latest rating, the latest of all first; of those whom nobody knows none."""
    latest: dict[str, RatingSaid] = {}
    for rating in reversed(ratings):
        if rating.voter:
            latest.setdefault(rating.voter, rating)
    return list(latest.values())


def too_many(number: int) -> Remark:
    why = _("The site's own total has no room for these single ratings. The total counts.")
    return Remark("ratings", str(number), why)


def store_ratings(site_id: int, said: Sequence[OfFilm], *, now: datetime) -> StoredRatings:
    """Store totals and single ratings of films. All of it twice is all of it once."""
    done = StoredRatings()
    single = {one.film_id: latest_of_each(one.ratings) for one in said}
    guests = voters(
        site_id, {each.voter: each.given_at or now for of_film in single.values() for each in of_film}
    )
    present = _present(site_id, single)
    new: list[ForeignRating] = []
    totals: dict[int, tuple[Total, int]] = {}
    for one in said:
        stored = present.get(one.film_id, {})
        fit = fitting(
            one.total,
            list(stored.values()),
            [each for each in single[one.film_id] if guests[each.voter] not in stored],
        )
        new += (
            ForeignRating(one.film_id, guests[each.voter], each.value, each.given_at or now)
            for each in fit.ratings
        )
        if fit.too_many:
            done.remarks.append((one.line, too_many(fit.too_many)))
        if (
            fit.rest is not None
            and one.total is not None
            and _is_possible(*one.total) > _is_possible(*fit.rest)
        ):
            why = _("More single ratings are here than this total has. It is an older one and was left out.")
            done.remarks.append((one.line, Remark("ratings", f"{one.total[1]} / {one.total[0]}", why)))
        elif fit.rest is not None:
            totals[one.film_id] = (fit.rest, one.line)
    import_ratings(new)
    done.ratings = len(new)
    _store_totals(totals, done)
    return done


def _store_totals(totals: Mapping[int, tuple[Total, int]], done: StoredRatings) -> None:
    rows = FilmScore.objects.filter(film__in=totals).values_list("film_id", "imported_count", "imported_sum")
    known = {film_id: (count, amount) for film_id, count, amount in rows}
    changed = {
        film_id: total for film_id, (total, _line) in totals.items() if known.get(film_id, (0, 0)) != total
    }
    if not changed:
        return
    refused = import_totals(changed)
    for film_id, why in refused.items():
        (count, amount), line = totals[film_id]
        done.remarks.append((line, Remark("ratings", f"{amount} / {count}", str(why))))
    done.totals = len(changed) - len(refused)


def _present(site_id: int, films: Mapping[int, object]) -> dict[int, dict[int, int]]:
    """Single ratings of these films that came from this site before, by film and participant."""
    rows = Rating.objects.filter(
        film__in=films, participant__in=ImportedVoter.objects.filter(site=site_id).values("participant")
    )
    present: dict[int, dict[int, int]] = {}
    for film_id, participant_id, value in rows.values_list("film", "participant", "value"):
        present.setdefault(film_id, {})[participant_id] = value
    return present


def _is_possible(count: int, amount: int) -> bool:
    return count >= 0 and count * LOWEST <= amount <= count * HIGHEST
