"""``/follow/?what=film:12``: a form with what can be followed, how often, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verite.accounts.acting import actor_of
from verite.accounts.actors import Actor
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act, may
from verite.core import clock
from verite.core.text.cleaning import legible
from verite.notifications import queries
from verite.notifications.actions import Outcome, subscribe
from verite.notifications.refusals import FollowRefused
from verite.notifications.topics import Interval
from verite.web.following.subjects import Offer, offers
from verite.web.talk.refused import Refusal, with_wait
from verite.web.talk.wishes import asked

# Where nothing is named: what is new on the site, and what is about whoever asks.
EVERYTHING = ("films:0", "replies", "mentions")


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed or is proposed, and what is wrong with it.

    Attributes:
        own: the address to which a member's mail goes; empty where one is asked for.
        followed: names of what is followed already, with how often.
    """

    offers: Sequence[Offer]
    chosen: str
    interval: str
    email: str
    own: str
    followed: dict[str, str]
    refusal: Refusal | None = None

    def wrong_with(self, field: str) -> str:
        """What is said at a field; empty where nothing is wrong with it."""
        return self.refusal.message if self.refusal and self.refusal.field == field else ""


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask to be told of something, or change how often."""
    actor = actor_of(request)
    if not may(actor, Act.FOLLOW):
        raise PermissionDenied
    names = request.GET.getlist("what")
    offered = offers(names or EVERYTHING, actor)
    if not offered:
        raise Http404
    if request.method != "POST":
        return _shown(request, offered, actor)
    return _follow(request, offered, actor, now=clock.now())


def _follow(request: HttpRequest, offered: list[Offer], actor: Actor, *, now: datetime) -> HttpResponse:
    if too_soon := paced(Act.FOLLOW, actor, address=request.META["REMOTE_ADDR"], now=now):
        wrong = Refusal(too_often(too_soon), 429, retry_after=too_soon.retry_after)
        return _shown(request, offered, actor, wrong)
    chosen = next((offer for offer in offered if offer.name == request.POST.get("what")), None)
    if chosen is None:
        return _shown(request, offered, actor, Refusal(_("Choose what you want to follow."), 422, "topic"))
    try:
        outcome = subscribe(
            chosen.subject,
            request.POST.get("email", ""),
            interval=request.POST.get("interval", ""),
            participant_id=actor.participant_id,
            language=get_language() or "",
            now=now,
        )
    except FollowRefused as error:
        return _shown(request, offered, actor, Refusal(str(error), error.status, error.field))
    there = request.GET.copy()
    there["said"] = outcome.value
    return HttpResponseRedirect(f"{request.path}?{there.urlencode()}", status=303)


def _shown(
    request: HttpRequest, offered: list[Offer], actor: Actor, refusal: Refusal | None = None
) -> HttpResponse:
    own = queries.own_address(actor.participant_id) if actor.participant_id is not None else ""
    followed = _followed(offered, actor)
    typed = request.POST
    form = Form(
        offered,
        chosen=typed.get("what", offered[0].name),
        interval=typed.get("interval", followed.get(offered[0].name, Interval.INSTANTLY.value)),
        email=legible(typed["email"]) if "email" in typed else own,
        own=own if actor.is_member and not (refusal and refusal.field == "email") else "",
        followed=followed,
        refusal=refusal,
    )
    context = {"form": form, "intervals": intervals(), "said": _said(request.GET.get("said", ""))}
    answer = render(request, "follow.html", context, status=refusal.status if refusal else 200)
    return with_wait(answer, refusal) if refusal else answer


def _followed(offered: list[Offer], actor: Actor) -> dict[str, str]:
    if actor.participant_id is None:
        return {}
    found = {offer.name: queries.follows(actor.participant_id, offer.subject) for offer in offered}
    return {name: followed.interval.value for name, followed in found.items() if followed}


def intervals() -> dict[str, str]:
    """How often mail can be wanted, by what forms call it."""
    return {
        Interval.INSTANTLY.value: _("At once"),
        Interval.DAILY.value: _("Once a day"),
        Interval.WEEKLY.value: _("Once a week"),
    }


def _said(code: str) -> str:
    return {
        Outcome.FOLLOWS.value: _("You follow this. Every mail says how to end it."),
        Outcome.ASKED.value: asked(),
    }.get(code, "")
