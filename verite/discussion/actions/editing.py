"""An author changes a comment, or takes it away."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from verite.accounts.keys import participant
from verite.core import db, freshness
from verite.core.text import SANITISER_VERSION
from verite.discussion import keys
from verite.discussion.calling import judged_in_thread
from verite.discussion.counting import PUBLISHED, hold_talk, move
from verite.discussion.models import Comment, CommentRevision
from verite.discussion.refusals import NoSuchComment, NotYours, TooLate
from verite.discussion.screened import has_to_wait
from verite.discussion.time_to_edit import may_still_edit

State = Comment.State


def edit_comment(
    comment_id: int, participant_id: int, markdown: str, *, now: datetime, film_path: str = ""
) -> str:
    """Let an author change the words of a comment, for as long as the site's settings allow.

    What it said before stays among its revisions. The same words again change nothing. The new words are judged as
    those of a post are: a comment that ``screening`` would not publish waits for a moderator from now on.

    Args:
        film_path: the path of the film's page, to which moments in the words lead.

    Returns:
        The state of the comment then, ``published`` or ``held``.

    Raises:
        TextRefused: the words cannot be posted.
        NoSuchComment: there is no such comment, or not any more.
        NotYours: somebody else wrote it.
        TooLate: the time for it is over.
    """
    film_id, source = _of(comment_id)
    words, _called = judged_in_thread(markdown, film_id, answers=comment_id, film_path=film_path)
    is_to_wait = has_to_wait(participant_id, film_id, words, source)
    with db.write():
        if is_to_wait:
            hold_talk(film_id)
        comment = Comment.objects.select_for_update().filter(pk=comment_id).first()
        if comment is None or comment.state in (State.REMOVED, State.REMOVED_BY_AUTHOR):
            raise _gone()
        if comment.participant_id != participant_id:
            raise NotYours(_("Somebody else wrote this comment. You can answer it."))
        if not may_still_edit(comment.created_at, now=now):
            raise TooLate(_("The time to change this comment is over. You can answer it, or delete it."))
        if comment.markdown == words.markdown:
            return comment.state
        CommentRevision.objects.create(comment=comment, markdown=comment.markdown, replaced_at=now)
        said = {
            "markdown": words.markdown,
            "html": words.html,
            "sanitiser_version": SANITISER_VERSION,
            "edited_at": now,
        }
        if is_to_wait and comment.state == PUBLISHED:
            move(comment, State.HELD, **said)
            return State.HELD.value
        Comment.objects.filter(pk=comment_id).update(**said, version=F("version") + 1)
        freshness.touch(keys.talk(film_id), participant(participant_id))
        return comment.state


def delete_comment(comment_id: int, participant_id: int) -> None:
    """Let an author take a comment away with all its words, at any time; twice is once.

    Where something published stands below it, its place remains.

    Raises:
        NoSuchComment: there is no such comment, or a moderator removed it.
        NotYours: somebody else wrote it.
    """
    with db.write():
        film_id = Comment.objects.filter(pk=comment_id).values_list("film", flat=True).first()
        if film_id is None:
            raise _gone()
        hold_talk(film_id)
        comment = Comment.objects.select_for_update().get(pk=comment_id)
        if comment.participant_id != participant_id:
            raise NotYours(_("Somebody else wrote this comment, so only they can delete it."))
        if comment.state == State.REMOVED:
            raise _gone()
        CommentRevision.objects.filter(comment=comment_id).delete()
        move(comment, State.REMOVED_BY_AUTHOR, markdown="", html="", name="", source="")


def _of(comment_id: int) -> tuple[int, str]:
    """The film that a comment is about, and the address that it gives."""
    found = Comment.objects.filter(pk=comment_id).values_list("film", "source").first()
    if found is None:
        raise _gone()
    return found


def _gone() -> NoSuchComment:
    return NoSuchComment(_("This comment is no longer here. Go back to the discussion to see what is."))
