"""Ratings that came with films: the total that a site showed, and those within it that are known one by one.

The total counts: it is what everybody saw, and often older than the site's record of single ratings. Single
ratings are taken out of it, so that each is counted once, and what is left of it is the film's imported total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.ratings.actions import ForeignRating, import_ratings, import_totals
from verite.ratings.models import Rating
from verite.ratings.score import HIGHEST, LOWEST
from verite.transfer.belongings import RatingSaid
from verite.transfer.models import ImportedTotal, ImportedVoter

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


@dataclass(frozen=True, slots=True)
class Known:
    """What is here of the ratings that one film had on one site.

    Attributes:
        single: those that are known one by one, by participant.
        rest: the site's total without them; None where it said none.
    """

    single: Mapping[int, int] = field(default_factory=dict)
    rest: Total | None = None

    @property
    def total(self) -> Total:
        count, amount = self.rest or (0, 0)
        return count + len(self.single), amount + sum(self.single.values())


NOTHING = Known()


def known_ratings(site_id: int, films: Iterable[int]) -> dict[int, Known]:
    """What is here of these films' ratings on a site. Films of which nothing is known are missing."""
    films = list(films)
    own = ImportedVoter.objects.filter(site=site_id).values("participant")
    single: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for film_id, participant_id, value in Rating.objects.filter(
        film__in=films, participant__in=own
    ).values_list("film", "participant", "value"):
        single[film_id][participant_id] = value
    totals = ImportedTotal.objects.filter(site=site_id, film__in=films)
    rests = {
        film_id: (count, amount) for film_id, count, amount in totals.values_list("film", "count", "sum")
    }
    return {film_id: Known(single[film_id], rests.get(film_id)) for film_id in {*single, *rests}}


def weighed(
    said: Total | None, known: Known, new: Sequence[RatingSaid], *, said_wins: bool
) -> tuple[Fitting, bool]:
    """What of a file's ratings comes in, and whether its total is older than what is here.

    Ratings become more on a site: a total of fewer is an older one, and changes nothing unless ``said_wins``.

    Args:
        new: single ratings that are not here, of each voter one.
    """
    is_possible = said is not None and _is_possible(*said)
    is_older = is_possible and not said_wins and said is not None and said[0] < known.total[0]
    if is_older or (said is None and known.rest is not None):
        said = known.total
    fit = fitting(said, list(known.single.values()), new)
    if is_possible and fit.rest is not None and not _is_possible(*fit.rest):
        return replace(fit, rest=known.rest), True
    return (replace(fit, rest=known.rest), True) if is_older and known.rest is None else (fit, is_older)


def older(total: Total) -> Remark:
    why = _("More ratings are here than this total has. It is an older one and was left out.")
    return Remark("ratings", f"{total[1]} / {total[0]}", why)


def store_ratings(
    site_id: int, said: Sequence[OfFilm], *, now: datetime, said_wins: bool = False
) -> StoredRatings:
    """Store totals and single ratings of films. All of it twice is all of it once."""
    done = StoredRatings()
    single = {one.film_id: latest_of_each(one.ratings) for one in said}
    guests = voters(
        site_id, {each.voter: each.given_at or now for of_film in single.values() for each in of_film}
    )
    known = known_ratings(site_id, single)
    new: list[ForeignRating] = []
    rests: dict[int, tuple[Total, int]] = {}
    for one in said:
        here = known.get(one.film_id, NOTHING)
        waiting = [each for each in single[one.film_id] if guests[each.voter] not in here.single]
        fit, is_older = weighed(one.total, here, waiting, said_wins=said_wins)
        new += (
            ForeignRating(one.film_id, guests[each.voter], each.value, each.given_at or now)
            for each in fit.ratings
        )
        if fit.too_many:
            done.remarks.append((one.line, too_many(fit.too_many)))
        if is_older and one.total is not None:
            done.remarks.append((one.line, older(one.total)))
        if fit.rest is not None and fit.rest != (here.rest or (0, 0)):
            rests[one.film_id] = (fit.rest, one.line)
    import_ratings(new)
    done.ratings = len(new)
    _store_rests(site_id, rests, done)
    return done


def _store_rests(site_id: int, rests: Mapping[int, tuple[Total, int]], done: StoredRatings) -> None:
    """Remember what is left of a site's totals; what films show of them is the sum over all sites."""
    untrue = {film_id: rest for film_id, (rest, _line) in rests.items() if not _is_possible(*rest)}
    for film_id, why in import_totals(untrue).items():
        (count, amount), line = rests[film_id]
        done.remarks.append((line, Remark("ratings", f"{amount} / {count}", str(why))))
    stored = {film_id: rest for film_id, (rest, _line) in rests.items() if film_id not in untrue}
    ImportedTotal.objects.bulk_create(
        (
            ImportedTotal(site_id=site_id, film_id=film_id, count=count, sum=amount)
            for film_id, (count, amount) in stored.items()
        ),
        update_conflicts=True,
        unique_fields=["film", "site"],
        update_fields=["count", "sum"],
    )
    of_films = ImportedTotal.objects.filter(film__in=stored).values_list("film", "count", "sum")
    sums = dict.fromkeys(stored, (0, 0))
    for film_id, count, amount in of_films:
        sums[film_id] = (sums[film_id][0] + count, sums[film_id][1] + amount)
    if sums:
        import_totals(sums)
    done.totals = len(sums)


def _is_possible(count: int, amount: int) -> bool:
    return count >= 0 and count * LOWEST <= amount <= count * HIGHEST
