"""Comments that were written elsewhere: many at once, with their numbers, dates, names and votes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from verite.core import db, freshness
from verite.core.text import SANITISER_VERSION
from verite.discussion import keys, ranking
from verite.discussion.actions.posting import MOST_DEPTH
from verite.discussion.counting import hold_talks
from verite.discussion.models import Comment
from verite.discussion.words import Words

# Comments posted here later are numbered on from the highest. A made-up number must not use all of them up.
HIGHEST_KEPT = 2_000_000_000

_COLUMNS = (
    "id", "film_id", "participant_id", "parent_id", "root_id", "depth", "path", "kind", "state", "is_shown", "version",
    "created_at", "edited_at", "name", "helpful", "not_helpful", "imported_helpful", "imported_not_helpful", "score",
    "best", "controversial", "reply_count", "descendant_count", "is_announced", "sanitiser_version", "html",
    "markdown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ForeignComment:
    """A comment as it was elsewhere.

    Attributes:
        number: what it was called there; its id here where that is free.
        parent: the number of the comment that it answers; None for the head of a thread.
        participant_id: whoever wrote it, if that is somebody here.
        helpful, not_helpful: votes there, of which nothing more is known.
    """

    film_id: int
    number: int
    parent: int | None
    participant_id: int | None
    name: str
    words: Words
    is_held: bool
    created_at: datetime
    edited_at: datetime | None = None
    helpful: int = 0
    not_helpful: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a comment stands: what those that answer it need to know."""

    film_id: int
    id: int
    root_id: int | None
    depth: int
    path: str


def import_comments(
    comments: Sequence[ForeignComment], *, known: Mapping[int, int], above: int
) -> dict[int, int]:
    """Store comments that are not here yet.

    Whoever calls this remembers which comment became which. Few statements, whatever the number of comments;
    a thousand or so are a good batch.

    Args:
        comments: each number once; an answer after what it answers, under the same film.
        known: the ids of comments imported earlier that these may answer, by their numbers.
        above: a comment whose number is taken here gets one above this, so that it takes none that is still
            to come: the highest number in the source.

    Returns:
        The ids of all of ``comments``, by their numbers.
    """
    if not comments:
        return {}
    with db.write():
        film_ids = {comment.film_id for comment in comments}
        hold_talks(film_ids)
        ids = _ids([comment.number for comment in comments], above)
        answered = {comment.parent for comment in comments if comment.parent is not None} & known.keys()
        places = _places({number: known[number] for number in answered})
        _insert(list(_rows(comments, ids, places)))
        _give_out_higher_ids_from_now_on()
        _recount(film_ids)
        freshness.touch(*(keys.talk(film_id) for film_id in film_ids))
    return ids


def _recount(film_ids: Collection[int]) -> None:
    """Count anew what is published below each comment and about each of these films, in two statements.

    An import only adds, so comments without anything published below them are right as they are.
    """
    marks = ", ".join(["%s"] * len(film_ids))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_REPLIES.format(films=marks), list(film_ids))
        cursor.execute(_COUNT_TALKS.format(films=marks), list(film_ids))


# "is_shown" goes without saying for what is published; it lets the database use the index of a film's comments.
_COUNT_REPLIES = """
WITH RECURSIVE above (id, parent_id, is_right_above) AS (
    SELECT parent.id, parent.parent_id, 1
      FROM discussion_comment AS said JOIN discussion_comment AS parent ON parent.id = said.parent_id
     WHERE said.film_id IN ({films}) AND said.is_shown AND said.state = 'published'
    UNION ALL
    SELECT parent.id, parent.parent_id, 0
      FROM above JOIN discussion_comment AS parent ON parent.id = above.parent_id
)
UPDATE discussion_comment
   SET reply_count = counted.replies, descendant_count = counted.descendants, is_shown = TRUE
  FROM (SELECT id, sum(is_right_above) AS replies, count(*) AS descendants FROM above GROUP BY id) AS counted
 WHERE discussion_comment.id = counted.id
   AND (reply_count <> counted.replies OR descendant_count <> counted.descendants)
"""

_COUNT_TALKS = """
UPDATE discussion_film_talk
   SET comment_count = counted.comments, root_count = counted.roots, participant_count = counted.participants
  FROM (SELECT film_id, count(*) AS comments, sum(CASE WHEN parent_id IS NULL THEN 1 ELSE 0 END) AS roots,
               count(DISTINCT participant_id) AS participants
          FROM discussion_comment
         WHERE film_id IN ({films}) AND is_shown AND state = 'published' GROUP BY film_id) AS counted
 WHERE discussion_film_talk.film_id = counted.film_id
"""


def _ids(numbers: Sequence[int], above: int) -> dict[int, int]:
    """Each comment's id here: its number, or where that is taken or no sensible one, the next free id."""
    keepable = [number for number in numbers if 0 < number <= HIGHEST_KEPT]
    taken = set(Comment.objects.filter(pk__in=keepable).values_list("pk", flat=True))
    kept = {number: number for number in keepable if number not in taken}
    if len(kept) == len(numbers):
        return kept
    highest = Comment.objects.aggregate(highest=Max("pk"))["highest"] or 0
    free = count(max(highest, min(above, HIGHEST_KEPT), *kept, 0) + 1)
    return kept | {number: next(free) for number in numbers if number not in kept}


def _places(wanted: Mapping[int, int]) -> dict[int, _Place]:
    rows = Comment.objects.filter(pk__in=wanted.values()).values_list(
        "film_id", "pk", "root_id", "depth", "path"
    )
    by_id = {place[1]: _Place(*place) for place in rows}
    return {number: by_id[pk] for number, pk in wanted.items() if pk in by_id}


def _rows(
    comments: Sequence[ForeignComment], ids: Mapping[int, int], places: dict[int, _Place]
) -> Iterator[tuple[Any, ...]]:
    """What stands in ``_COLUMNS`` of each comment."""
    adapted = connection.ops.adapt_datetimefield_value
    for comment in comments:
        parent = None if comment.parent is None else places.get(comment.parent)
        place = _below(comment.film_id, parent, ids[comment.number])
        places[comment.number] = place
        helpful, not_helpful = comment.helpful, comment.not_helpful
        parent_id = int(place.path.rsplit("/", 2)[1]) if place.depth else None
        yield (
            *(
                place.id,
                comment.film_id,
                comment.participant_id,
                parent_id,
                place.root_id,
                place.depth,
                place.path,
            ),
            Comment.Kind.COMMENT.value,
            (Comment.State.HELD if comment.is_held else Comment.State.PUBLISHED).value,
            not comment.is_held,
            1,
            adapted(comment.created_at),
            adapted(comment.edited_at) if comment.edited_at else None,
            comment.name,
            *(0, 0, helpful, not_helpful),
            ranking.most_voted(helpful, not_helpful),
            ranking.best(helpful, not_helpful),
            ranking.controversial(helpful, not_helpful),
            *(0, 0, not comment.is_held, SANITISER_VERSION),
            str(comment.words.html),
            comment.words.markdown,
        )


def _insert(rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert plain rows by one statement; ``bulk_create`` takes several times as long."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO discussion_comment ({', '.join(_COLUMNS)})"  # noqa: S608 (our own names)
            f" VALUES ({', '.join(['%s'] * len(_COLUMNS))})",
            rows,
        )


def _below(film_id: int, parent: _Place | None, comment_id: int) -> _Place:
    """The place of an answer. Where an exchange is deeper than it may be here, it stands beside what it answers."""
    if parent is None or parent.film_id != film_id:
        return _Place(film_id, comment_id, None, 0, "/")
    if parent.depth >= MOST_DEPTH:
        return _Place(film_id, comment_id, parent.root_id, parent.depth, parent.path)
    root_id, path = parent.root_id or parent.id, f"{parent.path}{parent.id}/"
    return _Place(film_id, comment_id, root_id, parent.depth + 1, path)


def _give_out_higher_ids_from_now_on() -> None:
    # PostgreSQL does not notice ids that it did not give out.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
