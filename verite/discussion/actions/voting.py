"""Saying whether a comment is helpful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verite.core import db
from verite.discussion.counting import PUBLISHED, Tally, weigh
from verite.discussion.refusals import NoSuchComment, OwnComment, VoteRefused

HELPFUL, NOT_HELPFUL, NO_VOTE = 1, -1, 0

_COMMENT = """
SELECT state, participant_id, id, film_id, helpful, not_helpful, imported_helpful, imported_not_helpful
FROM discussion_comment WHERE id = %s
"""
_OWN_VOTE = "SELECT value FROM discussion_comment_vote WHERE comment_id = %s AND participant_id = %s"
_CAST = """
INSERT INTO discussion_comment_vote (comment_id, participant_id, value, cast_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (comment_id, participant_id) DO UPDATE SET value = excluded.value, cast_at = excluded.cast_at
"""
_TAKE_BACK = "DELETE FROM discussion_comment_vote WHERE comment_id = %s AND participant_id = %s"


@dataclass(frozen=True, slots=True)
class Votes:
    """How a comment stands after a vote: totals as shown, and the voter's own (1, -1 or 0)."""

    helpful: int
    not_helpful: int
    own: int


def cast_vote(comment_id: int, participant_id: int, value: int, *, now: datetime) -> Votes:
    """Say that a comment is helpful (1) or not (-1), or take that back (0). The same again changes nothing.

    Raises:
        VoteRefused: ``value`` is none of these.
        OwnComment: the comment is the voter's own.
        NoSuchComment: there is no such comment, or it cannot be seen at present.
    """
    if value not in (HELPFUL, NOT_HELPFUL, NO_VOTE):
        raise VoteRefused(_("A vote is 1 (helpful), -1 (not helpful) or 0 (taken back)."))
    with db.write():
        # Whoever else votes on this comment waits here until our commit.
        comment = db.held_row(_COMMENT, [comment_id], of="discussion_comment")
        if comment is None or comment[0] != PUBLISHED:
            raise NoSuchComment(_("This comment is no longer here, so it cannot be voted on."))
        _state, author_id, *votes = comment
        if author_id == participant_id:
            raise OwnComment(_("This is your own comment: others say whether it is helpful."))
        tally = Tally(*votes)
        # A statement of its own: only one that begins once the comment is held sees a vote cast meanwhile.
        before = (db.row(_OWN_VOTE, [comment_id, participant_id]) or (NO_VOTE,))[0]
        if value != before:
            if value == NO_VOTE:
                db.run(_TAKE_BACK, [comment_id, participant_id])
            else:
                db.run(_CAST, [comment_id, participant_id, value, db.moment(now)])
            weigh(
                tally,
                helpful=(value == HELPFUL) - (before == HELPFUL),
                not_helpful=(value == NOT_HELPFUL) - (before == NOT_HELPFUL),
            )
    return Votes(tally.in_favour, tally.against, value)
