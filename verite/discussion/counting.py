"""Steps that the actions of this room share: holding a film's thread, and keeping its counts.

All of it inside a write transaction. Rows are locked in one order, so that two writers never wait for each
other in a circle: talks by film, then comments by id.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from verite.core import freshness
from verite.discussion import keys, ranking
from verite.discussion.models import Comment, FilmTalk

PUBLISHED = Comment.State.PUBLISHED

# Whether a comment has a place on pages once something below it was published, or is no longer.
_IS_SHOWN_AFTER = {
    1: Value(True),
    -1: ExpressionWrapper(Q(state=PUBLISHED) | Q(descendant_count__gt=1), output_field=BooleanField()),
}


def hold_talk(film_id: int) -> FilmTalk:
    """Hold a film's thread until the commit: whoever else changes it waits. Votes do not."""
    return hold_talks([film_id])[0]


def hold_talks(film_ids: Collection[int]) -> list[FilmTalk]:
    """Hold several films' threads until the commit."""
    held = _talks(film_ids)
    if len(held) < len(film_ids):
        FilmTalk.objects.bulk_create(
            [FilmTalk(film_id=film_id) for film_id in sorted(film_ids)], ignore_conflicts=True
        )
        held = _talks(film_ids)
    return held


def move(comment: Comment, to: Comment.State, **also: Any) -> None:
    """Put a comment whose thread is held into another state, and count what that changes.

    Args:
        also: further columns to set.
    """
    before = comment.state
    if before == to:
        return
    Comment.objects.filter(pk=comment.pk).update(
        state=to, version=F("version") + 1, is_shown=to == PUBLISHED or comment.descendant_count > 0, **also
    )
    if to == PUBLISHED:
        count(comment, 1)
    elif before == PUBLISHED:
        count(comment, -1)
    freshness.touch(keys.talk(comment.film_id))


def count(comment: Comment, change: Literal[1, -1]) -> None:
    """Count a comment that has just been published (1), or is no longer (-1), above it and in its film."""
    if comment.parent_id is not None:
        above = Comment.objects.filter(pk__in=ancestor_ids(comment.path)).exclude(pk=comment.parent_id)
        below = {"descendant_count": F("descendant_count") + change, "is_shown": _IS_SHOWN_AFTER[change]}
        Comment.objects.filter(pk=comment.parent_id).update(reply_count=F("reply_count") + change, **below)
        if comment.depth > 1:
            above.update(**below)
    FilmTalk.objects.filter(film=comment.film_id).update(
        comment_count=F("comment_count") + change,
        root_count=F("root_count") + (change if comment.parent_id is None else 0),
        participant_count=F("participant_count") + (change if _is_only_one(comment) else 0),
    )
    freshness.touch(keys.talk(comment.film_id))


def weigh(comment: Comment, *, helpful: int, not_helpful: int) -> None:
    """Add votes to (or take them from) a comment that is held, and give it its new place in every order."""
    comment.helpful += helpful
    comment.not_helpful += not_helpful
    favourable = comment.helpful + comment.imported_helpful
    against = comment.not_helpful + comment.imported_not_helpful
    Comment.objects.filter(pk=comment.pk).update(
        helpful=F("helpful") + helpful,
        not_helpful=F("not_helpful") + not_helpful,
        score=ranking.most_voted(favourable, against),
        best=ranking.best(favourable, against),
        controversial=ranking.controversial(favourable, against),
        version=F("version") + 1,
    )
    freshness.touch(keys.talk(comment.film_id))


def ancestor_ids(path: str) -> list[int]:
    """The ids in a comment's path, from the root down."""
    return [int(step) for step in path.split("/") if step]


def _talks(film_ids: Collection[int]) -> list[FilmTalk]:
    return list(FilmTalk.objects.select_for_update().filter(film__in=film_ids).order_by("film"))


def _is_only_one(comment: Comment) -> bool:
    """Whether its author, if it has one, has nothing else published about this film."""
    if comment.participant_id is None:
        return False
    others = Comment.objects.filter(
        participant=comment.participant_id, film=comment.film_id, state=PUBLISHED
    ).exclude(pk=comment.pk)
    return not others.exists()
