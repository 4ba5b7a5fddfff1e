"""Writes of ratings: giving, changing and taking back, totals from elsewhere, and a guest who signs in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from verite.accounts.keys import participant
from verite.catalogue.models import Film
from verite.core import db, freshness
from verite.ratings import keys
from verite.ratings.models import FilmScore, Rating
from verite.ratings.score import HIGHEST, LOWEST, NotARating, chosen

__all__ = ["NotARating", "RatingRefused", "TotalRefused", "claim_ratings", "import_total", "rate"]


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
    if count < 0 or not count * LOWEST <= total <= count * HIGHEST:
        raise TotalRefused(
            _("%(count)d ratings from %(lowest)d to %(highest)d cannot add up to %(total)d.")
            % {"count": count, "lowest": LOWEST, "highest": HIGHEST, "total": total}
        )
    with db.write():
        if not Film.objects.filter(pk=film_id).exists():
            raise TotalRefused(_("This film is no longer here, so it cannot have ratings."))
        _queue_for([film_id])
        changed = (
            FilmScore.objects.filter(film=film_id)
            .exclude(imported_count=count, imported_sum=total)
            .update(imported_count=count, imported_sum=total)
        )
        if changed:
            freshness.touch(keys.score(film_id))


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
