"""Votes that were cast elsewhere, one by one, on comments that came with totals of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from verite.core import db
from verite.discussion.actions.voting import HELPFUL
from verite.discussion.models import Comment, CommentVote


@dataclass(frozen=True, slots=True)
class ForeignVote:
    """Whether somebody found a comment helpful (1) or not (-1) elsewhere."""

    comment_id: int
    participant_id: int
    value: int
    cast_at: datetime


def import_votes(votes: Sequence[ForeignVote]) -> int:
    """Say whose votes are among those that comments were imported with. What a comment shows stays as it is.

    Passed over are votes that are here already, votes on one's own comment, and those for which the totals
    leave no room: of too many the last ones given here.

    Args:
        votes: of each participant at most one on a comment; a thousand or so are a good batch.

    Returns:
        How many were stored.
    """
    with db.write():
        wanted = {vote.comment_id for vote in votes}
        comments = Comment.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        room = {
            pk: _Room(writer, helpful, not_helpful)
            for pk, writer, helpful, not_helpful in comments.values_list(
                "pk", "participant", "imported_helpful", "imported_not_helpful"
            )
        }
        known = _known(votes)
        new = [
            vote
            for vote in votes
            if vote.comment_id in room
            and (vote.comment_id, vote.participant_id) not in known
            and room[vote.comment_id].takes(vote)
        ]
        CommentVote.objects.bulk_create(
            CommentVote(
                comment_id=vote.comment_id,
                participant_id=vote.participant_id,
                value=vote.value,
                cast_at=vote.cast_at,
            )
            for vote in new
        )
        _move({pk: taken for pk, taken in room.items() if taken.helpful or taken.not_helpful})
    return len(new)


class _Room:
    """How many single votes the totals of a comment leave room for, and how many were taken."""

    def __init__(self, writer: int | None, helpful: int, not_helpful: int) -> None:
        self._writer = writer
        self._left = {HELPFUL: helpful, -HELPFUL: not_helpful}
        self.helpful = self.not_helpful = 0

    def takes(self, vote: ForeignVote) -> bool:
        if vote.participant_id == self._writer or self._left.get(vote.value, 0) <= 0:
            return False
        self._left[vote.value] -= 1
        self.helpful += vote.value == HELPFUL
        self.not_helpful += vote.value != HELPFUL
        return True


def _known(votes: Sequence[ForeignVote]) -> set[tuple[int, int]]:
    """Which of these are here, by comment and participant."""
    asked = {(vote.comment_id, vote.participant_id) for vote in votes}
    rows = CommentVote.objects.filter(comment__in={comment for comment, _participant in asked})
    return asked & set(rows.values_list("comment", "participant"))


def _move(taken: dict[int, _Room]) -> None:
    """Count as single votes what the totals counted. Their sum stays, and with it every order and page."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE discussion_comment SET helpful = helpful + %s, imported_helpful = imported_helpful - %s,"
            " not_helpful = not_helpful + %s, imported_not_helpful = imported_not_helpful - %s WHERE id = %s",
            [
                (room.helpful, room.helpful, room.not_helpful, room.not_helpful, pk)
                for pk, room in taken.items()
            ],
        )
