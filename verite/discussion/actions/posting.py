"""Saying something about a film, or to somebody who did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verite.accounts.actions import name_guest
from verite.accounts.models import Participant
from verite.accounts.names import NameRefused, checked_name
from verite.accounts.queries import is_taken
from verite.catalogue.models import Film
from verite.core import db, freshness
from verite.core.idempotency import first_answer, remember, sending
from verite.core.text import SANITISER_VERSION
from verite.discussion import keys
from verite.discussion.counting import count, hold_talk
from verite.discussion.models import Comment
from verite.discussion.refusals import NoSuchFilm, ParentRefused, SignatureRefused, ThreadClosed
from verite.discussion.words import judged

# Nobody reads so deep; a program that answers itself for ever must end somewhere.
MOST_DEPTH = 1000


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a comment.

    Attributes:
        is_new: False when this very comment had been sent before, and nothing was done now.
    """

    comment_id: int
    state: str
    is_new: bool


def post_comment(
    film_id: int,
    participant_id: int,
    markdown: str,
    *,
    now: datetime,
    parent_id: int | None = None,
    name: str | None = None,
    key: str = "",
    hold: bool = False,
) -> Posted:
    """Publish a comment on a film, or a reply; sent twice, it is posted once (see ``core.idempotency``).

    Args:
        markdown: the subset of Markdown that ``Profile.COMMENT`` allows.
        parent_id: the comment that is answered.
        name: how a guest signs; "" is nameless, None as last time. Members sign with their name.
        key: an idempotency key; without one, the same words to the same place stand for it.
        hold: let it wait for a moderator, unseen.

    Raises:
        TextRefused: the words cannot be posted.
        SignatureRefused: a guest cannot sign so.
        ParentRefused: the comment to be answered is not there, or cannot be answered.
        ThreadClosed: the film's thread is closed.
        NoSuchFilm: there is no such film in public.
    """
    words = judged(markdown)
    author = Participant.objects.get(pk=participant_id)
    signature = _signature(author, name)
    sent = sending(participant_id, "comment", key, str(film_id), str(parent_id), words.markdown)
    with db.write():
        if (answer := first_answer(sent, now=now)) is not None:
            return _posted_before(int(answer))
        _hold_open(film_id)
        parent = _answered(film_id, parent_id) if parent_id is not None else None
        if signature != author.name:
            name_guest(participant_id, signature)
        comment = Comment.objects.create(
            film_id=film_id,
            participant_id=participant_id,
            parent=parent,
            root_id=(parent.root_id or parent.pk) if parent else None,
            depth=parent.depth + 1 if parent else 0,
            path=f"{parent.path}{parent.pk}/" if parent else "/",
            state=Comment.State.HELD if hold else Comment.State.PUBLISHED,
            is_shown=not hold,
            created_at=now,
            name=signature,
            sanitiser_version=SANITISER_VERSION,
            html=words.html,
            markdown=words.markdown,
        )
        if not hold:
            count(comment, 1)
        remember(sent, str(comment.pk), now=now)
        freshness.touch(keys.talk(film_id))
    return Posted(comment.pk, comment.state, is_new=True)


def _signature(author: Participant, name: str | None) -> str:
    if name is None or author.kind == Participant.Kind.MEMBER:
        return author.name
    if not name.strip():
        return ""
    try:
        signature = checked_name(name)
    except NameRefused as error:
        raise SignatureRefused(str(error)) from error
    if is_taken(signature):
        raise SignatureRefused(_("A member is called so. Please choose another name, or sign in."))
    return signature


def _hold_open(film_id: int) -> None:
    if not Film.objects.public().filter(pk=film_id).exists():
        raise NoSuchFilm(
            _("This film is no longer here, so nothing can be posted. Keep a copy of your words.")
        )
    if hold_talk(film_id).is_closed:
        raise ThreadClosed(
            _(
                "This discussion is closed. It can be read, but nothing more can be posted. Keep a copy of your words."
            )
        )


def _answered(film_id: int, parent_id: int) -> Comment:
    parent = Comment.objects.filter(pk=parent_id, film=film_id).defer("html", "markdown").first()
    if parent is None:
        raise ParentRefused(
            _("The comment you answer does not stand under this film. Post yours as a comment of its own.")
        )
    if parent.state == Comment.State.HELD:
        raise ParentRefused(
            _("The comment you answer waits for a moderator. Try again later, or post a comment of its own.")
        )
    if parent.state != Comment.State.PUBLISHED:
        raise ParentRefused(
            _(
                "The comment you answer has been removed. Answer another, or post yours as a comment of its own."
            )
        )
    if parent.depth >= MOST_DEPTH:
        raise ParentRefused(_("This exchange is too long to go on here. Answer an earlier comment of it."))
    return parent


def _posted_before(comment_id: int) -> Posted:
    return Posted(
        comment_id, Comment.objects.values_list("state", flat=True).get(pk=comment_id), is_new=False
    )
