"""Steps that the actions of this room share: holding a film's thread, and keeping its counts.

All of it inside a write transaction. Rows are locked in one order, so that two writers never wait for each
other in a circle: talks by film, then comments by id, then anchors.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import F

from verite.accounts.keys import participant
from verite.core import db, freshness
from verite.discussion import keys, ranking
from verite.discussion.models import Anchor, Comment, FilmTalk

Kind = Comment.Kind
PUBLISHED = Comment.State.PUBLISHED

# Whether a comment has a place on pages stands in the condition of most indexes, so a statement that sets it
# writes all of them anew. It is therefore set apart from the counts, and only where it changes.
_SHOW = "UPDATE discussion_comment SET is_shown = TRUE WHERE NOT is_shown AND id IN ({})"
_HIDE = """
UPDATE discussion_comment SET is_shown = FALSE
WHERE is_shown AND state <> 'published' AND descendant_count = 0 AND id IN ({})
"""
_COUNT_ABOVE = """
UPDATE discussion_comment SET
    reply_count = reply_count + CASE WHEN id = %s THEN %s ELSE 0 END, descendant_count = descendant_count + %s
WHERE id IN ({})
"""
_COUNT_IN_FILM = """
UPDATE discussion_film_talk SET
    comment_count = comment_count + %s, root_count = root_count + %s, participant_count = participant_count + %s
WHERE film_id = %s
"""
# Few comments are more than comments, so the usual one does not pay for these.
_COUNT_KIND = """
UPDATE discussion_film_talk SET {kind}_count = {kind}_count + %s WHERE film_id = %s
"""
_COUNT_NOTE = """
UPDATE discussion_anchor SET note_count = note_count + %s WHERE id = %s RETURNING target
"""
_COUNT_NOTES = """
UPDATE discussion_film_talk SET {target}_note_count = {target}_note_count + %s WHERE film_id = %s
"""
_WEIGH = """
UPDATE discussion_comment SET
    helpful = %s, not_helpful = %s, score = %s, best = %s, controversial = %s, version = version + 1
WHERE id = %s
"""


@dataclass(slots=True)
class Tally:
    """How many found a comment helpful and how many not; its row is held while this is used.

    Attributes:
        imported_helpful, imported_not_helpful: totals from elsewhere, which count beside those given here.
    """

    comment_id: int
    film_id: int
    helpful: int
    not_helpful: int
    imported_helpful: int
    imported_not_helpful: int

    @property
    def in_favour(self) -> int:
        return self.helpful + self.imported_helpful

    @property
    def against(self) -> int:
        return self.not_helpful + self.imported_not_helpful


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
    if to != PUBLISHED:
        also["is_sticky"] = False  # nothing is to be read there
    Comment.objects.filter(pk=comment.pk).update(
        state=to, version=F("version") + 1, is_shown=to == PUBLISHED or comment.descendant_count > 0, **also
    )
    if to == PUBLISHED:
        _each_above(comment.path, _SHOW)
        _count(comment, 1)
    elif before == PUBLISHED:
        _count(comment, -1)
        _each_above(comment.path, _HIDE)
    freshness.touch(keys.talk(comment.film_id))
    if comment.participant_id is not None:
        freshness.touch(participant(comment.participant_id))


def count(
    film_id: int,
    path: str,
    change: Literal[1, -1],
    *,
    is_only_one: bool,
    kind: str = Kind.COMMENT,
    anchor_id: int | None = None,
) -> None:
    """Count a comment that has just been published (1), or is no longer (-1), above it and in its film.

    Args:
        path: the comment's.
        is_only_one: its author, if it has one, has nothing else published about this film.
        kind: what it is besides words.
        anchor_id: what it is a note on.
    """
    above = ancestor_ids(path)
    if above:
        db.run(_COUNT_ABOVE.format(db.marks(above)), [above[-1], change, change, *above])
    db.run(_COUNT_IN_FILM, [change, 0 if above else change, change if is_only_one else 0, film_id])
    if kind != Kind.COMMENT:
        db.run(_COUNT_KIND.format(kind=Kind(kind).value), [change, film_id])
    if anchor_id is not None:
        (target,) = db.one(_COUNT_NOTE, [change, anchor_id])
        db.run(_COUNT_NOTES.format(target=Anchor.Target(target).value), [change, film_id])
    freshness.touch(keys.talk(film_id))


def weigh(tally: Tally, *, helpful: int, not_helpful: int) -> None:
    """Add votes to a comment, or take them from it, and give it its new place in every order."""
    tally.helpful += helpful
    tally.not_helpful += not_helpful
    votes = tally.in_favour, tally.against
    orders = ranking.most_voted(*votes), ranking.best(*votes), ranking.controversial(*votes)
    db.run(_WEIGH, [tally.helpful, tally.not_helpful, *orders, tally.comment_id])
    freshness.touch(keys.talk(tally.film_id))


def ancestor_ids(path: str) -> list[int]:
    """The ids in a comment's path, from the root down."""
    return [int(step) for step in path.split("/") if step]


def _each_above(path: str, statement: str) -> None:
    if above := ancestor_ids(path):
        db.run(statement.format(db.marks(above)), above)


def _count(comment: Comment, change: Literal[1, -1]) -> None:
    count(
        comment.film_id,
        comment.path,
        change,
        is_only_one=_is_only_one(comment),
        kind=comment.kind,
        anchor_id=comment.anchor_id,
    )


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
