"""Single votes on comments that came with films."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from verite.core import db
from verite.discussion.actions import ForeignVote, import_votes
from verite.transfer.belongings import CommentSaid, VoteSaid

from .comments import known_comments
from .voters import voters

# One write transaction each: a third of a second.
PER_TRANSACTION = 2_000

_OnComment = tuple[int, VoteSaid]


class Votes:
    """Stores votes on comments of one site, which are here by now."""

    def __init__(self, site_id: int, now: datetime) -> None:
        self._site_id = site_id
        self._now = now

    def store(self, comments: Sequence[CommentSaid]) -> int:
        """Store the votes that are new.

        Returns:
            How many they were.
        """
        waiting = _latest_of_each(comments)
        stored = 0
        while portion := list(islice(waiting, PER_TRANSACTION)):
            stored += self._store(portion)
        return stored

    @db.once_more_if_outrun
    def _store(self, votes: Sequence[_OnComment]) -> int:
        with db.write():
            ids = known_comments(self._site_id, list({number for number, _vote in votes}))
            guests = voters(self._site_id, {vote.voter: vote.cast_at or self._now for _number, vote in votes})
            return import_votes(
                [
                    ForeignVote(ids[number], guests[vote.voter], vote.value, vote.cast_at or self._now)
                    for number, vote in votes
                    if number in ids
                ]
            )


def _latest_of_each(comments: Sequence[CommentSaid]) -> Iterator[_OnComment]:
    """Of each voter the latest vote on a comment, with the comment's number; the latest of all first."""
    for comment in comments:
        latest: dict[str, VoteSaid] = {}
        for vote in reversed(comment.votes):
            if vote.voter:
                latest.setdefault(vote.voter, vote)
        yield from ((comment.number, vote) for vote in latest.values())
