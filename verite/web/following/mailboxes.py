"""All that an address follows, on one page: by a link from a mail, or one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verite.accounts.acting import actor_of
from verite.core import clock
from verite.notifications import actions, queries, tokens
from verite.notifications.queries import Mailbox
from verite.notifications.refusals import FollowRefused
from verite.web.following.links import dead, of_a_link
from verite.web.following.offering import intervals


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
def manage_following(request: HttpRequest, token: str) -> HttpResponse:
    """What the address follows to which the link was sent. Whoever has the link has the mailbox."""
    now = clock.now()
    try:
        mailbox = queries.managed(token, now=now)
    except FollowRefused as error:
        return dead(request, error)
    return _answer(request, [mailbox], now=now, is_own=False)


@require_http_methods(["GET", "HEAD", "POST"])
def my_following(request: HttpRequest) -> HttpResponse:
    """What one's own addresses follow: a member's, and those that a guest confirmed in this browser."""
    participant_id = actor_of(request).participant_id
    found = queries.mailboxes_of(participant_id) if participant_id is not None else []
    return _answer(request, found, now=clock.now(), is_own=True)


def _answer(
    request: HttpRequest, mailboxes: Sequence[Mailbox], *, now: datetime, is_own: bool
) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, mailboxes, now=now, is_own=is_own, said=_said(request.GET.get("said", "")))
    try:
        said = _change(request.POST, mailboxes, now=now)
    except FollowRefused as error:
        return _shown(request, mailboxes, now=now, is_own=is_own, wrong=str(error), status=error.status)
    return HttpResponseRedirect(f"{request.path}?said={said}", status=303)


def _change(typed: Mapping[str, str], mailboxes: Sequence[Mailbox], *, now: datetime) -> str:
    """Do what a button says, to what belongs to one of these mailboxes; the answer is the code of what was done.

    Raises:
        IntervalRefused: there is no such interval.
    """
    for mailbox in mailboxes:
        whole = str(mailbox.address_id)
        if typed.get("end_all") == whole:
            actions.end_all(mailbox.address_id, now=now)
            return "ended_all"
        if typed.get("never") == whole:
            actions.end_all(mailbox.address_id, now=now)
            actions.block(tokens.to_confirm(mailbox.address_id, now=now), now=now)
            return "never"
        for each in mailbox.subscriptions:
            if typed.get("end") == str(each.id):
                actions.end(mailbox.address_id, [each.id], now=now)
                return "ended"
    if "end" in typed or "end_all" in typed or "never" in typed:
        return "ended"  # pressed twice
    for mailbox in mailboxes:
        for each in mailbox.subscriptions:
            wanted = typed.get(f"interval-{each.id}", each.interval.value)
            if wanted != each.interval.value:
                actions.change_interval(mailbox.address_id, each.id, wanted, now=now)
    return "saved"


def _shown(
    request: HttpRequest,
    mailboxes: Sequence[Mailbox],
    *,
    now: datetime,
    is_own: bool,
    said: str = "",
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "confirming": {
            each.address_id: tokens.to_confirm(each.address_id, now=now)
            for each in mailboxes
            if any(one.is_pending for one in each.subscriptions)
        },
        "intervals": intervals(),
        "is_own": is_own,
        "mailboxes": mailboxes,
        "said": said,
        "wrong": wrong,
    }
    return render(request, "following.html", context, status=status)


def _said(code: str) -> str:
    return {
        "confirmed": _("That is confirmed. Here is all that you follow."),
        "saved": _("It is saved how often you get mail."),
        "ended": _("You do not follow that any more."),
        "ended_all": _("You follow nothing any more."),
        "never": _("You follow nothing any more, and this address is not asked again."),
    }.get(code, "")
