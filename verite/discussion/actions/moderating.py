"""What the desk does to comments and threads. Who may, the caller has asked."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.announcing import announce_comment
from verite.discussion.calling import called_in
from verite.discussion.counting import hold_talk, move
from verite.discussion.models import Anchor, Comment, FilmTalk
from verite.discussion.refusals import NoSuchComment, NotAHead

State = Comment.State

MOST_STICKY = 3


def hold_comment(comment_id: int) -> None:
    """Let a published comment wait, unseen.

    Raises:
        NoSuchComment: there is no such comment, or its author took it away.
    """
    _move(comment_id, State.HELD)


def publish_comment(comment_id: int, *, now: datetime) -> None:
    """Show a comment that waited, or was removed. Whoever follows the film hears of it the first time.

    Raises:
        NoSuchComment: there is no such comment, or its author took it away.
    """
    with db.write():
        comment = _move(comment_id, State.PUBLISHED)
        if not comment.is_announced:
            Comment.objects.filter(pk=comment_id).update(is_announced=True)
            _announce(comment, now)


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


def stick(comment_id: int) -> None:
    """Let a comment that answers none stand before all others, in every order.

    Raises:
        NoSuchComment: there is no such comment, or not any more.
        NotAHead: it answers another, or as many stick as may.
    """
    with db.write():
        head = _head(comment_id)
        others = Comment.objects.filter(film=head.film_id, is_sticky=True).exclude(pk=comment_id).count()
        if others >= MOST_STICKY:
            raise NotAHead(
                ngettext(
                    "Only %(most)d comment of a film can stay on top. Let it go first.",
                    "Only %(most)d comments of a film can stay on top. Let one of them go first.",
                    MOST_STICKY,
                )
                % {"most": MOST_STICKY}
            )
        _set(head, is_sticky=True)


def unstick(comment_id: int) -> None:
    """Let a comment stand where it belongs again.

    Raises:
        NoSuchComment: there is no such comment, or not any more.
        NotAHead: it answers another.
    """
    with db.write():
        _set(_head(comment_id), is_sticky=False)


def close_branch(comment_id: int) -> None:
    """Let nobody answer a comment any more, nor anything below it.

    Raises:
        NoSuchComment: there is no such comment, or not any more.
        NotAHead: it answers another, so that a branch does not begin with it.
    """
    with db.write():
        _set(_head(comment_id), is_closed=True)


def reopen_branch(comment_id: int) -> None:
    """Let people answer again.

    Raises:
        NoSuchComment: there is no such comment, or not any more.
        NotAHead: it answers another.
    """
    with db.write():
        _set(_head(comment_id), is_closed=False)


def take_up(comment_id: int, *, now: datetime) -> None:
    """Say that what a correction says has been done.

    Raises:
        NoSuchComment: there is no such correction, or not any more.
    """
    with db.write():
        _set(_correction(comment_id), taken_up_at=now)


def put_back(comment_id: int) -> None:
    """Say that what a correction says has not been done after all.

    Raises:
        NoSuchComment: there is no such correction, or not any more.
    """
    with db.write():
        _set(_correction(comment_id), taken_up_at=None)


def _head(comment_id: int) -> Comment:
    comment = _published(comment_id)
    if comment.parent_id is not None:
        raise NotAHead(_("This comment answers another. Only one that answers none can be treated so."))
    return comment


def _correction(comment_id: int) -> Comment:
    comment = _published(comment_id)
    if comment.kind != Comment.Kind.CORRECTION:
        raise NoSuchComment(_("This comment is not marked as a correction."))
    return comment


def _published(comment_id: int) -> Comment:
    """The comment, whose film's thread is held until the commit."""
    film_id = Comment.objects.filter(pk=comment_id).values_list("film", flat=True).first()
    if film_id is not None:
        hold_talk(film_id)
    comment = Comment.objects.select_for_update().filter(pk=comment_id, state=State.PUBLISHED).first()
    if comment is None:
        raise NoSuchComment(_("This comment is no longer here. Go back to the discussion to see what is."))
    return comment


def _set(comment: Comment, **to: object) -> None:
    if any(getattr(comment, name) != value for name, value in to.items()):
        Comment.objects.filter(pk=comment.pk).update(**to, version=F("version") + 1)
        freshness.touch(keys.talk(comment.film_id))


def _announce(comment: Comment, now: datetime) -> None:
    parent, anchor = comment.parent, comment.anchor
    announce_comment(
        comment.pk,
        comment.film_id,
        author_id=comment.participant_id,
        root_id=comment.root_id,
        answered_id=None if parent is None else parent.participant_id,
        called_ids=called_in(comment.markdown, comment.film_id, answers=comment.parent_id).ids,
        is_on_review=anchor is not None and anchor.target == Anchor.Target.REVIEW,
        now=now,
    )


def _move(comment_id: int, to: Comment.State) -> Comment:
    with db.write():
        film_id = Comment.objects.filter(pk=comment_id).values_list("film", flat=True).first()
        if film_id is not None:
            hold_talk(film_id)
        comment = Comment.objects.select_for_update().filter(pk=comment_id).first()
        if comment is None or comment.state == State.REMOVED_BY_AUTHOR:
            raise NoSuchComment(_("This comment is no longer here: its author may have deleted it."))
        move(comment, to)
        return comment


def _close(film_id: int, *, is_closed: bool) -> None:
    with db.write():
        if hold_talk(film_id).is_closed != is_closed:
            FilmTalk.objects.filter(film=film_id).update(is_closed=is_closed)
            freshness.touch(keys.talk(film_id))
