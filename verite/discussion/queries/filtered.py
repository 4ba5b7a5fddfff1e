"""Some of what is said about a film, picked by what it is: one list, latest first, without its threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.orders import Sort, cursor, read_cursor
from verite.discussion.queries.comments import CommentLine, read
from verite.discussion.queries.selection import these

PER_PAGE = 20


class Only(StrEnum):
    """What is picked, as addresses name it."""

    QUESTIONS = "questions"
    ASKS = "asks"
    SOURCES = "sources"
    CORRECTIONS = "corrections"
    UNANSWERED = "unanswered"
    REVIEW_NOTES = "review-notes"
    FILM_NOTES = "film-notes"


# Word for word the condition of the index, or SQLite does not use it.
_MORE_THAN_A_COMMENT = "NOT (kind = 'comment') AND is_shown"
_OF_KIND = f"film_id = %(film)s AND {_MORE_THAN_A_COMMENT} AND kind = '{{}}'"
_ON = (
    "film_id = %(film)s"
    " AND anchor_id IN (SELECT id FROM discussion_anchor WHERE film_id = %(film)s AND target = '{}')"
)
# Whoever asks again below their own question has no answer yet.
_BY_ITS_AUTHOR = """NOT EXISTS (
    SELECT 1 FROM discussion_comment AS answer
    WHERE answer.parent_id = asked.id AND answer.is_shown AND answer.state = 'published'
        AND COALESCE(answer.participant_id <> asked.participant_id, TRUE)
)"""
# Each is a range of an index that ends where the page does, but for notes of one target and what is unanswered:
# those are few among few.
_PICKED = {
    Only.QUESTIONS: _OF_KIND.format("question"),
    Only.ASKS: _OF_KIND.format("asks"),
    Only.SOURCES: _OF_KIND.format("source"),
    Only.CORRECTIONS: _OF_KIND.format("correction"),
    Only.UNANSWERED: f"""id IN (
        SELECT id FROM discussion_comment AS asked
        WHERE film_id = %(film)s AND {_MORE_THAN_A_COMMENT} AND kind IN ('question', 'asks', 'correction')
            AND CASE kind WHEN 'correction' THEN taken_up_at IS NULL ELSE reply_count = 0 OR {_BY_ITS_AUTHOR} END
    )""",  # noqa: S608 (only the words above)
    Only.REVIEW_NOTES: _ON.format("review"),
    Only.FILM_NOTES: _ON.format("part"),
}
_LISTED = """
SELECT id FROM discussion_comment
WHERE {picked} AND is_shown AND state = 'published' {after}
ORDER BY created_at DESC, id DESC LIMIT {most}
"""
_ON_ANCHOR = "film_id = %(film)s AND anchor_id = %(anchor)s"
# The first condition is where a range of an index begins.
_AFTER = "AND created_at <= %(moment)s AND (created_at < %(moment)s OR id < %(id)s)"


@dataclass(frozen=True, slots=True)
class Picked:
    """Some comments, latest first; ``next`` is the cursor of those that follow, if any."""

    items: Sequence[CommentLine]
    next: str | None


def picked(
    film_id: int,
    only: Only,
    *,
    after: str | None = None,
    limit: int = PER_PAGE,
    viewer_id: int | None = None,
) -> Picked:
    """Published comments on a film of one kind, replies among them, in one statement.

    Args:
        viewer_id: whose votes come along.

    Raises:
        BadCursor: ``after`` is no cursor of this list.
    """
    freshness.depends_on(keys.talk(film_id))
    return _listed(f"only-{film_id}-{only}", _PICKED[only], {"film": film_id}, after, limit, viewer_id)


def notes_on(
    film_id: int,
    anchor_id: int,
    *,
    after: str | None = None,
    limit: int = PER_PAGE,
    viewer_id: int | None = None,
) -> Picked:
    """Published notes on one passage or moment of a film, in one statement.

    Raises:
        BadCursor: ``after`` is no cursor of this list.
    """
    freshness.depends_on(keys.talk(film_id))
    given = {"film": film_id, "anchor": anchor_id}
    return _listed(f"on-{anchor_id}", _ON_ANCHOR, given, after, limit, viewer_id)


def answered_by(lines: Sequence[CommentLine]) -> Mapping[int, CommentLine]:
    """What some comments answer, by its id, in one statement or none."""
    parents = {line.parent_id for line in lines if line.parent_id is not None}
    return {line.id: line for line in read(these(parents), {}, viewer_id=None)} if parents else {}


def _listed(
    kind: str,
    condition: str,
    given: Mapping[str, object],
    after: str | None,
    limit: int,
    viewer_id: int | None,
) -> Picked:
    place = read_cursor(after, kind, Sort.NEWEST) if after is not None else None
    ids = _LISTED.format(picked=condition, after=_AFTER if place else "", most=limit + 1)
    if place is not None:
        moment, comment_id = place
        given = {
            **given,
            "id": comment_id,
            "moment": db.moment(moment) if isinstance(moment, datetime) else moment,
        }
    found = sorted(
        read(f"SELECT id FROM ({ids}) AS shown", given, viewer_id=viewer_id),  # noqa: S608 (only the words above)
        key=lambda line: (line.created_at, line.id),
        reverse=True,
    )
    following = cursor(kind, Sort.NEWEST, found[limit - 1]) if len(found) > limit else None
    return Picked(found[:limit], following)
