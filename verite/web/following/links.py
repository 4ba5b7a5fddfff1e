"""Where the links of mails lead. Reading a page changes nothing, for programs that look for harm in mails read too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from verite.accounts.acting import actor_of
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act
from verite.core import clock
from verite.core.text.cleaning import legible
from verite.notifications import actions, queries, tokens
from verite.notifications.refusals import EmailRefused, FollowRefused
from verite.web.same_origin import from_anywhere
from verite.web.talk.refused import Refusal, with_wait

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def of_a_link(view: View[P]) -> View[P]:
    """Let nobody keep, index or pass on the address of a page that is somebody's proof."""

    @wraps(view)
    def sealed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["Cache-Control"] = "no-store"
        # Never the path. With "no-referrer" a browser would not say either that a form of ours was sent.
        answer.headers["Referrer-Policy"] = "strict-origin"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return sealed


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """What the address is asked: each with a box, and one button."""
    now = clock.now()
    try:
        if request.method == "POST" and "never" in request.POST:
            actions.block(token, now=now)
            return render(request, "confirm_following.html", {"is_blocked": True})
        mailbox = queries.waiting_for(token, now=now)
        if request.method == "POST" and (ticked := request.POST.getlist("wanted")):
            wanted = [each.id for each in mailbox.subscriptions if str(each.id) in ticked]
            actions.confirm(token, wanted, participant_id=actor_of(request).participant_id, now=now)
            return _to_all(mailbox.address_id, now=now)
    except FollowRefused as error:
        return dead(request, error)
    is_wrong = request.method == "POST" and bool(mailbox.subscriptions)
    context = {
        "all": tokens.to_manage(mailbox.address_id, now=now),
        "is_blocked": False,
        "is_wrong": is_wrong,
        "mailbox": mailbox,
    }
    return render(request, "confirm_following.html", context, status=422 if is_wrong else 200)


@from_anywhere(because="its token is the proof, and mail programs press the button (RFC 8058)")
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End what a mail was sent for: a page with a button, and what the button does, whoever presses it.

    Mail programs send ``List-Unsubscribe=One-Click`` without cookies and follow no redirection, so it is 200.
    """
    try:
        named = queries.named(token)
        if request.method == "POST":
            actions.unsubscribe(token, now=clock.now())
    except FollowRefused as error:
        return dead(request, error)
    return render(request, "unsubscribe.html", {"named": named, "is_done": request.method == "POST"})


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
def following_link(request: HttpRequest) -> HttpResponse:
    """Have the way to all that an address follows sent to it; the answer is the same for every address."""
    if request.method != "POST":
        return _asks(request, is_sent=request.GET.get("said") == "sent")
    now = clock.now()
    if too_soon := paced(Act.FOLLOW, actor_of(request), address=request.META["REMOTE_ADDR"], now=now):
        return _asks(request, Refusal(too_often(too_soon), 429, retry_after=too_soon.retry_after))
    try:
        actions.ask_to_manage(request.POST.get("email", ""), now=now)
    except EmailRefused as error:
        return _asks(request, Refusal(str(error), error.status, error.field))
    return HttpResponseRedirect(reverse("following_link", query={"said": "sent"}), status=303)


def dead(request: HttpRequest, error: FollowRefused) -> HttpResponse:
    """404 or 410: a link that does nothing, why, and how to get a fresh one."""
    context = {"reason": str(error), "email": "", "wrong": None}
    return render(request, "dead_link.html", context, status=error.status)


def _asks(request: HttpRequest, refusal: Refusal | None = None, *, is_sent: bool = False) -> HttpResponse:
    email = legible(request.POST.get("email", ""))
    context = {"email": email, "is_sent": is_sent, "wrong": refusal}
    answer = render(request, "following_link.html", context, status=refusal.status if refusal else 200)
    return with_wait(answer, refusal) if refusal else answer


def _to_all(address_id: int, *, now: datetime) -> HttpResponse:
    token = tokens.to_manage(address_id, now=now)
    there = reverse("manage_following", kwargs={"token": token}, query={"said": "confirmed"})
    return HttpResponseRedirect(there, status=303)
