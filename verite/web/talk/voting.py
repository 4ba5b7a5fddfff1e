"""Saying whether a comment is helpful.

Without a script one is brought back to the page with the button. Asked for by htmx, the answer is what stands
below the comment, with the new counts and the voter's own choice, in place of the form that was sent, and the
event ``voted`` with ``{"id": 12, "said": "Your vote is counted."}``; what is refused is a whole page whose
``h1`` says why.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verite.accounts.acting import act, actor_of
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act, may
from verite.core import clock
from verite.discussion.actions import cast_vote
from verite.discussion.queries.written import as_written
from verite.discussion.refusals import TalkRefused
from verite.web import pieces
from verite.web.talk import desk
from verite.web.talk.refused import Refusal, not_done, refusal_of
from verite.web.talk.said import words as told

NONE_OF_THE_THREE = 2


@require_POST
def vote(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Helpful (1), not helpful (-1), or neither any more (0)."""
    actor, now = actor_of(request), clock.now()
    if not may(actor, Act.VOTE):
        raise PermissionDenied
    written = as_written(comment_id)
    if written is None:
        return not_done(request, Refusal(_("There is no such comment, so it cannot be voted on."), 404))
    if too_soon := paced(Act.VOTE, actor, address=request.META["REMOTE_ADDR"], now=now):
        refusal = Refusal(too_often(too_soon), 429, retry_after=too_soon.retry_after)
        return not_done(request, refusal, about=written)
    actor = act(request, now=now)
    if actor.participant_id is None:
        raise PermissionDenied
    try:
        votes = cast_vote(comment_id, actor.participant_id, _value(request), now=now)
    except TalkRefused as error:
        return not_done(request, refusal_of(error), about=written)
    said = "voted" if votes.own else "unvoted"
    if pieces.are_asked_for(request):
        acts = desk.acts_piece(comment_id, actor, now)
        return pieces.piece(acts, event="voted", detail={"id": comment_id, "said": told(said)})
    return HttpResponseRedirect(back(request, comment_id, said), status=303)


def _value(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("value", ""))
    except ValueError:
        return NONE_OF_THE_THREE


def back(request: HttpRequest, comment_id: int, said: str) -> str:
    """The page with the button, at the comment; the comment's own where none of ours is known."""
    path, query = _page_of_ours(request) or (reverse("comment", kwargs={"comment_id": comment_id}), "")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "said"]
    return f"{path}?{urlencode([*kept, ('said', said)])}#comment-{comment_id}"


def _page_of_ours(request: HttpRequest) -> tuple[str, str] | None:
    """Path and query of the page that the form was on."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return None
    parts = urlsplit(referer)
    try:
        resolve(parts.path)  # and so no path of ours begins with //, which would be another host's address
    except Resolver404:
        return None
    return (parts.path, parts.query) if parts.path != request.path else None
