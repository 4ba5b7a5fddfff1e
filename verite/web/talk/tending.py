"""What curators and moderators do to comments and threads where they stand.

Without a script one is brought back to the page with the button. Asked for by htmx, a comment is answered as a
changed one is (see ``changing``): as it stands then, in place of ``#comment-12`` and without its replies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verite.accounts.acting import actor_of
from verite.accounts.permissions import Act, may
from verite.core import clock
from verite.discussion import actions
from verite.discussion.queries.written import as_written
from verite.discussion.refusals import TalkRefused
from verite.web import pieces
from verite.web.film_place import place_of
from verite.web.talk import desk
from verite.web.talk.refused import Refusal, not_done, refusal_of
from verite.web.talk.said import words as told
from verite.web.talk.voting import back


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that can be done; ``said`` is the code of what is told afterwards."""

    act: Act
    do: Callable[[int], None]
    said: str


def _take_up(comment_id: int) -> None:
    actions.take_up(comment_id, now=clock.now())


TO_COMMENTS: Mapping[str, Doing] = {
    "stick": Doing(Act.KEEP_ON_TOP, actions.stick, "stuck"),
    "unstick": Doing(Act.KEEP_ON_TOP, actions.unstick, "unstuck"),
    "close": Doing(Act.CLOSE, actions.close_branch, "branch_closed"),
    "reopen": Doing(Act.CLOSE, actions.reopen_branch, "branch_reopened"),
    "take-up": Doing(Act.TAKE_UP, _take_up, "taken_up"),
    "put-back": Doing(Act.TAKE_UP, actions.put_back, "put_back"),
}
TO_THREADS: Mapping[str, Doing] = {
    "close": Doing(Act.CLOSE, actions.close_thread, "thread_closed"),
    "reopen": Doing(Act.CLOSE, actions.reopen_thread, "thread_reopened"),
}


@require_POST
def tend_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """``do`` one of ``TO_COMMENTS``."""
    doing = _asked(request, TO_COMMENTS)
    if doing is None:
        return _nothing_to_do(request)
    try:
        doing.do(comment_id)
    except TalkRefused as error:
        return not_done(request, refusal_of(error), about=as_written(comment_id))
    if pieces.are_asked_for(request):
        return pieces.piece(
            desk.comment_piece(comment_id, actor_of(request), clock.now()),
            into=f"#comment-{comment_id}",
            how="outerHTML",
            event="edited",
            detail={"id": comment_id, "said": told(doing.said)},
        )
    return HttpResponseRedirect(back(request, comment_id, doing.said), status=303)


@require_POST
def tend_thread(request: HttpRequest, slug: str) -> HttpResponse:
    """``do`` one of ``TO_THREADS``."""
    doing = _asked(request, TO_THREADS)
    if doing is None:
        return _nothing_to_do(request)
    doing.do(place_of(slug).id)
    there = reverse("discussion", kwargs={"slug": slug}, query={"said": doing.said}, fragment="discussion")
    return HttpResponseRedirect(there, status=303)


def _asked(request: HttpRequest, doings: Mapping[str, Doing]) -> Doing | None:
    """What is to be done; None for nothing that there is.

    Raises:
        PermissionDenied: it is for others to do.
    """
    actor, doing = actor_of(request), doings.get(request.POST.get("do", ""))
    allowed = {each.act for each in ([doing] if doing else doings.values()) if may(actor, each.act)}
    if not allowed:
        raise PermissionDenied
    return doing


def _nothing_to_do(request: HttpRequest) -> HttpResponse:
    return not_done(request, Refusal(_("This cannot be done here. Use one of the buttons of the page."), 422))
