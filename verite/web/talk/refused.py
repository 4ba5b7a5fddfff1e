"""Why something was not done in a discussion, as pages say it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from verite.accounts.pace import COMMENTS_IN_AN_HOUR, RULES, wait
from verite.accounts.permissions import Act
from verite.core.limits import Refused
from verite.discussion.queries.written import Written
from verite.discussion.refusals import TalkRefused
from verite.web.film_place import FilmPlace

_FIELDS = frozenset({"anchor", "comment", "kind", "name", "source"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong, in words that say how to mend it.

    Attributes:
        field: the field of the form in which it is mended; empty where it is none of them.
        retry_after: seconds to wait before it can be sent again; 0 where waiting does not help.
    """

    message: str
    status: int
    field: str = ""
    retry_after: int = 0


def refusal_of(error: TalkRefused) -> Refusal:
    """What the discussion says to whoever tried."""
    can_be_mended = error.status == TalkRefused.status and error.field in _FIELDS
    return Refusal(str(error), error.status, field=error.field if can_be_mended else "")


def too_fast(refused: Refused) -> Refusal:
    """Somebody writes more comments than one person should."""
    message = _(
        "%(minute)d comments in a minute and %(hour)d in an hour are our limit."
        " Yours is kept here; it can be sent in %(wait)s."
    ) % {
        "minute": RULES[Act.COMMENT].participant.count,
        "hour": COMMENTS_IN_AN_HOUR.count,
        "wait": wait(refused.retry_after),
    }
    return Refusal(message, 429, retry_after=refused.retry_after)


def signed_out() -> Refusal:
    """Somebody wrote as a member, whose session is over by now."""
    message = _(
        "You are no longer signed in. Your words are kept here: post them as a guest, or sign in in another tab first."
    )
    return Refusal(message, 403, "name")


def not_done(
    request: HttpRequest, refusal: Refusal, *, about: Written | None = None, words: str = ""
) -> HttpResponse:
    """A page that says why nothing was done, where no form could be filled again.

    Args:
        about: the comment that it is about, if there is one.
        words: what was typed, to be taken along.
    """
    film = FilmPlace(about.film_id, about.film_slug, about.film_title) if about else None
    context = {"refusal": refusal, "film": film, "about": about, "words": words}
    return with_wait(render(request, "not_done.html", context, status=refusal.status), refusal)


def with_wait(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """Tell programs, too, when it can be sent again."""
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
