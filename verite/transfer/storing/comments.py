"""Comments that came with films, and which of them is which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from verite.core import db
from verite.discussion.actions import ForeignComment, import_comments
from verite.discussion.words import Words, taken_over
from verite.transfer.belongings import CommentSaid
from verite.transfer.models import ImportedComment

from .people import Writers

# One write transaction each: half a second.
PER_TRANSACTION = 1000
PER_QUESTION = 10_000


def known_comments(site_id: int, numbers: Sequence[int]) -> dict[int, int]:
    """The ids here of those of a site's comments that came in before, by their numbers."""
    known: dict[int, int] = {}
    waiting = iter(numbers)
    while portion := list(islice(waiting, PER_QUESTION)):
        rows = ImportedComment.objects.filter(site=site_id, number__in=portion)
        known |= dict(rows.values_list("number", "comment_id"))
    return known


class Talk:
    """Stores comments of one site that are not here yet."""

    def __init__(self, site_id: int, writers: Writers, above: Callable[[], int], now: datetime) -> None:
        self._site_id = site_id
        self._writers = writers
        self._above = above
        self._now = now

    def store(self, said: Sequence[tuple[int, CommentSaid]]) -> list[CommentSaid]:
        """Store comments, each with its film, answers after what they answer.

        Returns:
            Those in which nothing can be read, and which were left out.
        """
        judged = [(film_id, comment, taken_over(comment.markdown)) for film_id, comment in said]
        readable = [(film_id, comment, words) for film_id, comment, words in judged if words is not None]
        for start in range(0, len(readable), PER_TRANSACTION):
            self._store(readable[start : start + PER_TRANSACTION])
        return [comment for _film, comment, words in judged if words is None]

    @db.once_more_if_outrun
    def _store(self, said: Sequence[tuple[int, CommentSaid, Words]]) -> None:
        with db.write():
            numbers = {comment.number for _film, comment, _words in said}
            parents = {comment.parent for _film, comment, _words in said if comment.parent is not None}
            known = known_comments(self._site_id, sorted(numbers | parents))
            new = [one for one in said if one[1].number not in known]
            ids = import_comments(
                [self._foreign(*one) for one in new], known=known, above=self._above() if new else 0
            )
            self._remember([comment for _film, comment, _words in new], ids)

    def _foreign(self, film_id: int, comment: CommentSaid, words: Words) -> ForeignComment:
        return ForeignComment(
            film_id=film_id,
            number=comment.number,
            parent=comment.parent,
            participant_id=self._writers.participant_of(comment.writer) if comment.writer else None,
            name=comment.name,
            words=words,
            is_held=comment.is_held,
            created_at=comment.created_at or self._now,
            edited_at=comment.edited_at,
            helpful=comment.helpful,
            not_helpful=comment.not_helpful,
        )

    def _remember(self, comments: Sequence[CommentSaid], ids: Mapping[int, int]) -> None:
        ImportedComment.objects.bulk_create(
            [
                ImportedComment(
                    site_id=self._site_id,
                    number=comment.number,
                    comment_id=ids[comment.number],
                    is_sticky=comment.is_sticky,
                    is_closed=comment.is_closed,
                    passage=comment.passage,
                )
                for comment in comments
            ],
            batch_size=PER_TRANSACTION,
        )
