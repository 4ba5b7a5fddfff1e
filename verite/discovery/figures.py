"""What stands beside a film in numbers: its ratings, how much is said about it, and what the reader gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import connection

from verite.core import db, freshness
from verite.discussion import keys as discussion_keys
from verite.discussion.queries import Talk, places
from verite.discussion.queries.newest import LATEST, Latest
from verite.discussion.queries.places import NotedPlace
from verite.discussion.queries.threads import COUNTS_OF_TALK
from verite.ratings import keys as rating_keys
from verite.ratings.queries import OwnRating
from verite.ratings.score import HIGHEST, LOWEST, Score


@dataclass(frozen=True, slots=True)
class Figures:
    """A film's score and talk.

    ``own_rating``, and in ``latest`` what is new, are for the eyes of the participant it was read for; ``places``
    are those that carry notes, if they were asked for.
    """

    score: Score
    talk: Talk
    own_rating: OwnRating | None
    latest: Latest
    places: Sequence[NotedPlace] = ()


_COUNTS = [f"COALESCE(score.r{value}, 0)" for value in range(LOWEST, HIGHEST + 1)]

# One's own is not news.
_IS_NEW = """
id > (SELECT seen_id FROM discussion_visit WHERE film_id = %(film)s AND participant_id = %(viewer)s)
AND (participant_id IS NULL OR participant_id <> %(viewer)s)
"""

# Three rooms in one statement, since every page of a film that is made anew asks all of them.
_FIGURES = f"""
SELECT {", ".join(_COUNTS)}, COALESCE(score.imported_count, 0), COALESCE(score.imported_sum, 0),
       talk.film_id IS NOT NULL, {", ".join(f"talk.{name}" for name in COUNTS_OF_TALK)}, own.value, own.given_at,
       latest.newest_id, visit.seen_id, latest.new_count, latest.first_new_id
       {{columns}}
FROM (SELECT 1) AS here
LEFT JOIN ratings_film_score AS score ON score.film_id = %(film)s
LEFT JOIN discussion_film_talk AS talk ON talk.film_id = %(film)s
LEFT JOIN ratings_rating AS own ON own.film_id = %(film)s AND own.participant_id = %(viewer)s
LEFT JOIN discussion_visit AS visit ON visit.film_id = %(film)s AND visit.participant_id = %(viewer)s
JOIN (
    SELECT COALESCE(MAX(id), 0) AS newest_id, COUNT(CASE WHEN {_IS_NEW} THEN id END) AS new_count,
           MIN(CASE WHEN {_IS_NEW} THEN id END) AS first_new_id
    FROM ({LATEST}) AS those
) AS latest ON TRUE
{{joined}}
"""  # noqa: S608 (only the names above)
# The same figures stand in every row then; a film has few noted places, most have none.
_WITH_PLACES = f"""
LEFT JOIN ({places.LISTED}) AS listed ON TRUE
LEFT JOIN discussion_anchor AS anchor ON anchor.id = listed.id
{places.JOINED}
ORDER BY {places.ORDER}
"""
_ALONE = _FIGURES.format(columns="", joined="")
_AND_PLACES = _FIGURES.format(columns=f", {places.COLUMNS}", joined=_WITH_PLACES)
_WIDTH = len(_COUNTS) + 2 + 1 + len(COUNTS_OF_TALK) + 2 + len(fields(Latest))


def figures_of(film_id: int, viewer_id: int | None = None, *, with_places: bool = False) -> Figures:
    """The figures of a film, with the rating that participant ``viewer_id`` gave it, in one statement."""
    freshness.depends_on(rating_keys.score(film_id), discussion_keys.talk(film_id))
    with connection.cursor() as cursor:
        cursor.execute(_AND_PLACES if with_places else _ALONE, {"film": film_id, "viewer": viewer_id})
        rows = cursor.fetchall()
    row = rows[0][:_WIDTH]
    noted = [places.place_of(*each[_WIDTH:]) for each in rows if with_places and each[_WIDTH] is not None]
    *histogram, imported_count, imported_sum = row[: len(_COUNTS) + 2]
    has_talk, comments, roots, people, is_closed, *kinds, value, given_at = row[
        len(_COUNTS) + 2 : -len(fields(Latest))
    ]
    return Figures(
        Score(tuple(histogram), imported_count, imported_sum),
        Talk(comments, roots, people, bool(is_closed), *kinds) if has_talk else Talk(),
        OwnRating(value, db.aware(given_at)) if value else None,
        Latest(*row[-len(fields(Latest)) :]),
        tuple(noted),
    )
