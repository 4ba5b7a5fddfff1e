"""Writes of ratings: giving, changing and taking back, totals from elsewhere, and a guest who signs in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from verite.accounts.keys import participant
from verite.catalogue.models import Film
from verite.core import db, freshness
from verite.ratings import keys
from verite.ratings.models import COUNTS, FilmScore, Rating
from verite.ratings.score import HIGHEST, LOWEST, NotARating, chosen

__all__ = [
    "ForeignRating",
    "NotARating",
    "RatingRefused",
    "TotalRefused",
    "claim_ratings",
    "import_ratings",
    "import_total",
    "import_totals",
    "rate",
]


@dataclass(frozen=True, slots=True)
class ForeignRating:
    """What somebody gave a film elsewhere."""

    film_id: int
    participant_id: int
    value: int
    given_at: datetime


# The rating's film, if it is public. Whoever else rates it waits here until our commit.
_SCORE = """
SELECT score.film_id FROM ratings_film_score AS score JOIN catalogue_film AS film ON film.id = score.film_id
WHERE film.id = %s AND film.state = 'published'
"""
# What the participant gave before, and whether they have a page that shows it.
_OWN = """
SELECT rating.value, participant.kind = 'member' FROM accounts_participant AS participant
LEFT JOIN ratings_rating AS rating ON rating.participant_id = participant.id AND rating.film_id = %s
WHERE participant.id = %s
"""
_GIVE = """
INSERT INTO ratings_rating (film_id, participant_id, value, given_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (film_id, participant_id) DO UPDATE SET value = excluded.value, given_at = excluded.given_at
"""
_TAKE_BACK = "DELETE FROM ratings_rating WHERE film_id = %s AND participant_id = %s"


class RatingRefused(Exception):
    """A film cannot be rated. The message says why, for the person who wanted to."""


class TotalRefused(Exception):
    """A total from elsewhere cannot be true. The message says why, for the person who imports it."""


def rate(film_id: int, participant_id: int, value: str | float | None, *, now: datetime) -> int | None:
    """Give a film a rating, change the one that was given, or take it back.

    Doing the same again changes nothing, not even the day.

    Args:
        value: a whole number from 1 to 10 as a form or a program sends it; None or "" takes the rating back.

    Returns:
        The rating that now stands; None when none does.

    Raises:
        NotARating: ``value`` is something else.
        RatingRefused: there is no such film in public.
    """
    wanted = chosen(value)
    with db.write():
        _hold_public(film_id)
        before, is_member = db.one(_OWN, [film_id, participant_id])
        if wanted == before:
            return wanted
        if wanted is None:
            db.run(_TAKE_BACK, [film_id, participant_id])
        else:
            db.run(_GIVE, [film_id, participant_id, wanted, db.moment(now)])
        _count(film_id, less=before, more=wanted)
        if is_member:
            freshness.touch(participant(participant_id))
    return wanted


def import_total(film_id: int, count: int, total: int) -> None:
    """Say how many ratings a film had elsewhere and what they add up to; the same total again changes nothing.

    Raises:
        TotalRefused: ``count`` ratings from 1 to 10 cannot add up to ``total``, or there is no such film.
    """
    if refused := import_totals({film_id: (count, total)}):
        raise refused[film_id]


def import_totals(totals: Mapping[int, tuple[int, int]]) -> dict[int, TotalRefused]:
    """Say of many films how many ratings they had elsewhere and what those add up to, in a few statements.

    Returns:
        Why those that cannot be true were refused, by their films.
    """
    refused = {film_id: why for film_id, total in totals.items() if (why := _impossible(*total))}
    with db.write():
        films = set(Film.objects.filter(pk__in=totals.keys() - refused.keys()).values_list("pk", flat=True))
        gone = TotalRefused(_("This film is no longer here, so it cannot have ratings."))
        refused |= dict.fromkeys(totals.keys() - refused.keys() - films, gone)
        if films:
            _queue_for(films)
        changed = []
        for score in FilmScore.objects.filter(film__in=films):
            if (score.imported_count, score.imported_sum) != totals[score.film_id]:
                score.imported_count, score.imported_sum = totals[score.film_id]
                changed.append(score)
        FilmScore.objects.bulk_update(changed, ["imported_count", "imported_sum"])
        freshness.touch(*(keys.score(score.film_id) for score in changed))
    return refused


def import_ratings(given: Sequence[ForeignRating]) -> None:
    """Store ratings that were given elsewhere and are not here yet, in a few statements.

    Args:
        given: values from 1 to 10; of each participant one for a film, who has not rated it here.
    """
    if not given:
        return
    with db.write():
        _queue_for({rating.film_id for rating in given})
        Rating.objects.bulk_create(
            Rating(
                film_id=rating.film_id,
                participant_id=rating.participant_id,
                value=rating.value,
                given_at=rating.given_at,
            )
            for rating in given
        )
        _count_more(Counter((rating.film_id, rating.value) for rating in given))
        freshness.touch(*(keys.score(film_id) for film_id in {rating.film_id for rating in given}))


def _count_more(more: Mapping[tuple[int, int], int]) -> None:
    """Count further ratings, given by film and value. ``bulk_update`` would take a hundred times as long."""
    with connection.cursor() as cursor:
        for value, column in enumerate(COUNTS, start=LOWEST):
            cursor.executemany(
                f"UPDATE ratings_film_score SET {column} = {column} + %s WHERE film_id = %s",  # noqa: S608 (our own names)
                [(number, film_id) for (film_id, given), number in more.items() if given == value],
            )


def _impossible(count: int, total: int) -> TotalRefused | None:
    if count >= 0 and count * LOWEST <= total <= count * HIGHEST:
        return None
    return TotalRefused(
        _("%(count)d ratings from %(lowest)d to %(highest)d cannot add up to %(total)d.")
        % {"count": count, "lowest": LOWEST, "highest": HIGHEST, "total": total}
    )


def claim_ratings(*, guest_id: int, member_id: int) -> None:
    """Make a guest's ratings those of the member who signed in. Where both rated a film, the later one stands."""
    with db.write():
        rated = list(Rating.objects.filter(participant=guest_id).values_list("film", flat=True))
        _queue_for(rated)
        mine = {
            rating.film_id: rating for rating in Rating.objects.filter(participant=guest_id, film__in=rated)
        }
        theirs = Rating.objects.filter(participant=member_id, film__in=mine)
        older = [min(rating, mine[rating.film_id], key=lambda each: each.given_at) for rating in theirs]
        Rating.objects.filter(pk__in=[rating.pk for rating in older]).delete()
        for rating in older:
            _count(rating.film_id, less=rating.value)
        Rating.objects.filter(pk__in=[rating.pk for rating in mine.values()]).update(participant=member_id)


def _hold_public(film_id: int) -> None:
    """Hold the film's score until the commit; it is made when nobody has rated the film yet."""
    if db.held_row(_SCORE, [film_id], of="score"):
        return
    if not Film.objects.public().filter(pk=film_id).exists():
        raise RatingRefused(_("This film is no longer here, so it cannot be rated."))
    _queue_for([film_id])


def _queue_for(film_ids: Collection[int]) -> None:
    """Hold the scores of these films until the commit: who else rates one of them waits for us."""
    FilmScore.objects.bulk_create(
        [FilmScore(film_id=film_id) for film_id in sorted(film_ids)], ignore_conflicts=True
    )
    # In one order, so that two writers never wait for each other in a circle.
    list(FilmScore.objects.select_for_update().filter(film__in=film_ids).order_by("film").values_list("film"))


def _count(film_id: int, *, less: int | None = None, more: int | None = None) -> None:
    """Take a rating of ``less`` from the film's counts, and add one of ``more``; the two differ."""
    changes = [f"r{value} = r{value} {sign} 1" for value, sign in ((less, "-"), (more, "+")) if value]
    db.run(
        f"UPDATE ratings_film_score SET {', '.join(changes)} WHERE film_id = %s",  # noqa: S608 (columns of ours)
        [film_id],
    )
    freshness.touch(keys.score(film_id))
