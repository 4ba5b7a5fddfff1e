"""Who might want to hear of a comment, said when it becomes public; what it says is told when a mail goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from verite.notifications.actions import announce
from verite.notifications.topics import Topic

KIND = "comment"


def announce_comment(
    comment_id: int,
    film_id: int,
    *,
    author_id: int | None,
    root_id: int | None,
    answered_id: int | None,
    called_ids: Iterable[int],
    is_on_review: bool,
    now: datetime,
) -> None:
    """Say that a comment is public, in the transaction that makes it so.

    Args:
        root_id: the head of its branch; None where it is that itself.
        answered_id: the participant whom it answers, if it answers one.
        called_ids: the participants whom it calls by ``@``.
        is_on_review: whether it is a note on words of the review.
    """
    topics = _topics(film_id, root_id, answered_id, called_ids, is_on_review)
    announce(topics, kind=KIND, object_id=comment_id, author_id=author_id, now=now)


def _topics(
    film_id: int, root_id: int | None, answered_id: int | None, called_ids: Iterable[int], is_on_review: bool
) -> Iterator[tuple[Topic, int]]:
    yield Topic.FILM, film_id
    if root_id is not None:
        yield Topic.THREAD, root_id
    if answered_id is not None:
        yield Topic.REPLIES, answered_id
    for called_id in called_ids:
        yield Topic.MENTIONS, called_id
    if is_on_review:
        yield Topic.NOTES, film_id
