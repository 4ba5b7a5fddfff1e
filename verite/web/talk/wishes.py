"""What somebody who writes a comment wants to hear of: "Notify me of" in the form, carried out once it is posted."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verite.accounts.actors import Actor
from verite.accounts.pace import paced
from verite.accounts.permissions import Act, may
from verite.discussion.queries import comment_with_ancestors
from verite.notifications import queries
from verite.notifications.actions import Outcome, subscribe
from verite.notifications.mailboxes import checked_email
from verite.notifications.refusals import EmailRefused, FollowRefused
from verite.notifications.topics import Interval, Subject, Topic

log = logging.getLogger(__name__)


class Wish(StrEnum):
    """What can be wished for; the value is what the form sends."""

    NOTHING = ""
    REPLIES = "replies"
    THREAD = "thread"
    FILM = "film"


# What became of a wish that could not be carried out, beside the names of ``Outcome``.
NOT_FOLLOWED = "not"


@dataclass(frozen=True, slots=True)
class Said:
    """What was posted, as far as it can be followed."""

    film_id: int
    comment_id: int


def to_choose_from() -> Iterable[tuple[str, str]]:
    """The values of the select, and what each is called."""
    return (
        (Wish.NOTHING.value, _("nothing")),
        (Wish.REPLIES.value, _("new replies to my comments")),
        (Wish.THREAD.value, _("answers in this thread")),
        (Wish.FILM.value, _("all new comments on this film")),
    )


def check(name: str, email: str, actor: Actor) -> None:
    """Say what is wrong with a wish before anything is posted.

    Raises:
        EmailRefused: something is wished for, and no mail can be sent there.
    """
    if _called(name) is Wish.NOTHING or checked_or_empty(email):
        return
    if not (actor.participant_id and queries.own_address(actor.participant_id)):
        raise EmailRefused(_("Say where mail shall go, or choose to be notified of nothing."))


def checked_or_empty(email: str) -> str:
    """An address as it is kept; empty for nothing. Raises ``EmailRefused``."""
    return checked_email(email) if email.strip() else ""


def carry_out(name: str, email: str, said: Said, actor: Actor, request: HttpRequest, *, now: datetime) -> str:
    """Follow what is wished for; whatever goes wrong, the comment is posted already.

    Returns:
        What became of it, for ``told``; empty where nothing was wished for.
    """
    wish = _called(name)
    if wish is Wish.NOTHING:
        return ""
    if not may(actor, Act.FOLLOW) or paced(Act.FOLLOW, actor, address=request.META["REMOTE_ADDR"], now=now):
        return NOT_FOLLOWED
    try:
        return subscribe(
            _subject(wish, said, actor),
            email,
            interval=Interval.INSTANTLY,
            participant_id=actor.participant_id,
            language=get_language() or "",
            now=now,
        )
    except FollowRefused:
        return NOT_FOLLOWED
    except DatabaseError as error:
        log.warning("A wish to follow was not carried out: %s", type(error).__qualname__)
        return NOT_FOLLOWED


def told(outcome: str) -> str:
    """What is said of a wish beside what is said of the comment; empty for what is no outcome of one."""
    return {
        Outcome.FOLLOWS.value: _("You get a mail when there is something new."),
        Outcome.ASKED.value: asked(),
        NOT_FOLLOWED: _("You do not follow this yet: choose “Follow” on its page in a moment."),
    }.get(outcome, "")


def asked() -> str:
    """What is said of every address that is not shown to be one's own, known here or not."""
    return _(
        "If this address is yours, a mail is on its way to it. Confirm by the link in it; without that nothing"
        " is sent."
    )


def _called(name: str) -> Wish:
    try:
        return Wish(name)
    except ValueError:
        return Wish.NOTHING


def _subject(wish: Wish, said: Said, actor: Actor) -> Subject:
    if wish is Wish.REPLIES and actor.participant_id is not None:
        return Subject(Topic.REPLIES, actor.participant_id)
    if wish is Wish.FILM:
        return Subject(Topic.FILM, said.film_id)
    found = comment_with_ancestors(said.comment_id, viewer_id=actor.participant_id)
    root = found.ancestors[0].id if found and found.ancestors else said.comment_id
    return Subject(Topic.THREAD, root)
