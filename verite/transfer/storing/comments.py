"""Comments that came with films, and which of them is which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection
from django.utils.translation import gettext as _

from verite.catalogue.actions import Remark
from verite.catalogue.queries.film_names import film_paths
from verite.core import db
from verite.core.text import excerpt
from verite.discussion.actions import ForeignComment, import_comments
from verite.discussion.models import Comment
from verite.discussion.words import MOST_CHARACTERS, Words, taken_over
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
        self.remarks: list[tuple[int, Remark]] = []

    def store(self, said: Sequence[tuple[int, CommentSaid]]) -> int:
        """Store comments, each with its film, answers after what they answer.

        Returns:
            How many were stored.
        """
        readable = []
        paths = film_paths(film_id for film_id, _comment in said)
        for film_id, comment in said:
            words = taken_over(comment.markdown, film_path=paths[film_id])
            self.remarks += remarks_on(comment, words)
            if words is not None:
                readable.append((film_id, comment, words))
        for start in range(0, len(readable), PER_TRANSACTION):
            self.remarks += self._store(readable[start : start + PER_TRANSACTION])
        return len(readable)

    @db.once_more_if_outrun
    def _store(self, said: Sequence[tuple[int, CommentSaid, Words]]) -> list[tuple[int, Remark]]:
        with db.write():
            numbers = {comment.number for _film, comment, _words in said}
            parents = {comment.parent for _film, comment, _words in said if comment.parent is not None}
            known = known_comments(self._site_id, sorted(numbers | parents))
            new = [one for one in said if one[1].number not in known]
            ids = import_comments(
                [self._foreign(*one) for one in new], known=known, above=self._above() if new else 0
            )
            self._remember([comment for _film, comment, _words in new], ids)
            return list(_moved([comment for _film, comment, _words in new], known | ids))

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
        # ``bulk_create`` takes several times as long, and there is one for each comment.
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO transfer_imported_comment (site_id, number, comment_id, is_sticky, is_closed, passage)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (
                        self._site_id,
                        comment.number,
                        ids[comment.number],
                        comment.is_sticky,
                        comment.is_closed,
                        comment.passage,
                    )
                    for comment in comments
                ],
            )


def remarks_on(comment: CommentSaid, words: Words | None) -> Iterator[tuple[int, Remark]]:
    """What of a comment does not come in as it was, by lines."""
    number = str(comment.number)
    if words is None:
        why = _("Nothing can be read in this comment, so it was left out.")
        yield comment.line, Remark("comment", number, why)
        return
    if len(comment.markdown) > MOST_CHARACTERS:
        why = _("The comment is too long; its end is cut off.")
        yield comment.line, Remark("comment", excerpt(comment.markdown, 100), why)
    if comment.created_at is None:
        yield comment.line, Remark("comment", number, _("It has no date, so it gets that of the import."))


def _moved(comments: Sequence[CommentSaid], ids: Mapping[int, int]) -> Iterator[tuple[int, Remark]]:
    """Which comments do not stand below what they answer, by lines."""
    answers = {ids[comment.number]: comment for comment in comments if comment.parent is not None}
    for pk, parent_id in Comment.objects.filter(pk__in=answers).values_list("pk", "parent"):
        comment = answers[pk]
        if comment.parent is not None and parent_id != ids.get(comment.parent):
            why = (
                _("What it answers is about another film, so it begins a thread now.")
                if parent_id is None
                else _("The exchange is deeper than it may be here, so it stands beside what it answers.")
            )
            yield comment.line, Remark("comment", str(comment.number), why)
