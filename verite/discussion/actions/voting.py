"""Saying whether a comment is helpful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verite.core import db
from verite.discussion.counting import PUBLISHED, weigh
from verite.discussion.models import Comment, CommentVote
from verite.discussion.refusals import NoSuchComment, VoteRefused

HELPFUL, NOT_HELPFUL, NO_VOTE = 1, -1, 0


@dataclass(frozen=True, slots=True)
class Votes:
    """How a comment stands after a vote: totals as shown, and the voter's own (1, -1 or 0)."""

    helpful: int
    not_helpful: int
    own: int


def cast_vote(comment_id: int, participant_id: int, value: int, *, now: datetime) -> Votes:
    """Say that a comment is helpful (1) or not (-1), or take that back (0). The same again changes nothing.

    Raises:
        VoteRefused: ``value`` is none of these, or the comment is the voter's own.
        NoSuchComment: there is no such comment, or it cannot be seen at present.
    """
    if value not in (HELPFUL, NOT_HELPFUL, NO_VOTE):
        raise VoteRefused(_("A vote is 1 (helpful), -1 (not helpful) or 0 (taken back)."))
    with db.write():
        # Whoever else votes on this comment waits here until our commit.
        comment = Comment.objects.select_for_update().defer("html", "markdown").filter(pk=comment_id).first()
        if comment is None or comment.state != PUBLISHED:
            raise NoSuchComment(_("This comment is no longer here, so it cannot be voted on."))
        if comment.participant_id == participant_id:
            raise VoteRefused(_("This is your own comment: others say whether it is helpful."))
        vote = CommentVote.objects.filter(comment=comment_id, participant=participant_id).first()
        before = vote.value if vote else NO_VOTE
        if value != before:
            _replace(vote, comment_id, participant_id, value, now)
            weigh(
                comment,
                helpful=(value == HELPFUL) - (before == HELPFUL),
                not_helpful=(value == NOT_HELPFUL) - (before == NOT_HELPFUL),
            )
    return Votes(
        comment.helpful + comment.imported_helpful, comment.not_helpful + comment.imported_not_helpful, value
    )


def _replace(
    vote: CommentVote | None, comment_id: int, participant_id: int, value: int, now: datetime
) -> None:
    if vote is None:
        CommentVote.objects.create(
            comment_id=comment_id, participant_id=participant_id, value=value, cast_at=now
        )
    elif value == NO_VOTE:
        vote.delete()
    else:
        vote.value, vote.cast_at = value, now
        vote.save(update_fields=["value", "cast_at"])
