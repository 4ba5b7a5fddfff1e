"""What the desk does to comments and threads. Who may, the caller has asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.counting import hold_talk, move
from verite.discussion.models import Comment, FilmTalk
from verite.discussion.refusals import NoSuchComment

State = Comment.State


def hold_comment(comment_id: int) -> None:
    """Let a published comment wait, unseen.

    Raises:
        NoSuchComment: there is no such comment, or its author took it away.
    """
    _move(comment_id, State.HELD)


def publish_comment(comment_id: int) -> None:
    """Show a comment that waited, or was removed.

    Raises:
        NoSuchComment: there is no such comment, or its author took it away.
    """
    _move(comment_id, State.PUBLISHED)


def remove_comment(comment_id: int) -> None:
    """Take a comment out of sight. Its words are kept, so that it can be published again.

    Raises:
        NoSuchComment: there is no such comment, or its author took it away.
    """
    _move(comment_id, State.REMOVED)


def close_thread(film_id: int) -> None:
    """Let nobody post about a film any more; what was said stays, and votes go on."""
    _close(film_id, is_closed=True)


def reopen_thread(film_id: int) -> None:
    """Let people post about a film again."""
    _close(film_id, is_closed=False)


def _move(comment_id: int, to: Comment.State) -> None:
    with db.write():
        film_id = Comment.objects.filter(pk=comment_id).values_list("film", flat=True).first()
        if film_id is not None:
            hold_talk(film_id)
        comment = Comment.objects.select_for_update().filter(pk=comment_id).first()
        if comment is None or comment.state == State.REMOVED_BY_AUTHOR:
            raise NoSuchComment(_("This comment is no longer here: its author may have deleted it."))
        move(comment, to)


def _close(film_id: int, *, is_closed: bool) -> None:
    with db.write():
        if hold_talk(film_id).is_closed != is_closed:
            FilmTalk.objects.filter(film=film_id).update(is_closed=is_closed)
            freshness.touch(keys.talk(film_id))
