"""Pages about whoever acts: one's own, a member's, and what a form needs when it is first touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verite.accounts import actions, queries
from verite.accounts.acting import actor_of, token_of
from verite.accounts.actors import Actor
from verite.accounts.names import LONGEST_NAME, NameRefused
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act
from verite.core import clock, freshness
from verite.core.ids import new_token
from verite.core.paging import BadCursor
from verite.discussion.queries import Said, activity_of
from verite.ratings.queries import RatedFilm, ratings_of
from verite.web.account.views import needs
from verite.web.reading import opening, plain
from verite.web.wording import instant

KEY_BITS = 128
WORDS_SHOWN = 280  # characters of a comment
CURSORS = ("ratings_after", "comments_after")
# A film that is public again belongs on the page, which could not name it while it was not.
MEMBER_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Past:
    """Some of what somebody did here, and where the rest of each list is.

    Attributes:
        comments: each with its opening words.
        further: addresses of the pages that follow, by the cursor that they carry.
        is_continued: whether this is not the beginning of both lists.
    """

    ratings: Sequence[RatedFilm]
    comments: Sequence[tuple[Said, str]]
    further: Mapping[str, str]
    is_continued: bool


@dataclass(frozen=True, slots=True)
class WrongName:
    """A name that somebody wanted and cannot have, with the reason."""

    name: str
    message: str


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What one has done here; a guest has such a page too."""
    return _own_page(request)


@require_POST
@needs(Act.HAVE_ACCOUNT)
def rename(request: HttpRequest) -> HttpResponse:
    """A member wants to be called otherwise."""
    actor, name = actor_of(request), request.POST.get("name", "")
    if too_soon := paced(Act.HAVE_ACCOUNT, actor, address=request.META["REMOTE_ADDR"], now=clock.now()):
        answer = _own_page(request, wrong=WrongName(name, too_often(too_soon)), status=429)
        answer.headers["Retry-After"] = str(too_soon.retry_after)
        return answer
    if actor.participant_id is None:
        raise Http404
    try:
        actions.rename(actor.participant_id, name)
    except NameRefused as error:
        return _own_page(request, wrong=WrongName(name, str(error)), status=422)
    return HttpResponseRedirect(reverse("me", query={"said": "renamed"}), status=303)


@require_safe
@freshness.page(params=CURSORS, max_age=MEMBER_SECONDS)
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody may know of a member."""
    found = queries.profile(slug)
    if found is None:
        if (moved := queries.present_slug(slug)) is None:
            raise Http404
        return HttpResponseRedirect(reverse("member", kwargs={"slug": moved}))
    try:
        past = _past(request, found.participant_id, is_own=False)
    except BadCursor:
        return _lost(request)
    return render(request, "member.html", {"member": found, "past": past})


@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """What a form asks for when it is first touched: an idempotency key and the time.

    A browser that nobody knows gets its cookie here, so that its first acts, should they be sent at the same
    moment, are one guest's.
    """
    if not actor_of(request).is_member:
        token_of(request)
    return JsonResponse(
        {"key": new_token(KEY_BITS), "now": instant(clock.now())}, headers={"Cache-Control": "no-store"}
    )


def _own_page(request: HttpRequest, *, wrong: WrongName | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    try:
        past = _past(request, actor.participant_id, is_own=True) if actor.participant_id is not None else None
    except BadCursor:
        return _lost(request)
    context = {
        "actor": actor,
        "longest_name": LONGEST_NAME,
        "past": past,
        "said": _said(request.GET.get("said", "")),
        "sessions": _sessions(request, actor),
        "wrong": wrong,
    }
    return render(request, "me.html", context, status=status)


def _past(request: HttpRequest, participant_id: int, *, is_own: bool) -> Past:
    """Raises ``BadCursor``."""
    after = {cursor: request.GET.get(cursor) or None for cursor in CURSORS}
    ratings = ratings_of(participant_id, after=after["ratings_after"])
    comments = activity_of(participant_id, is_own=is_own, after=after["comments_after"])
    following = {"ratings_after": ratings.next, "comments_after": comments.next}
    further = {
        cursor: "?" + urlencode({name: value for name, value in {**after, cursor: place}.items() if value})
        for cursor, place in following.items()
        if place
    }
    opened = [(said, opening(plain(said.html), most=WORDS_SHOWN)) for said in comments.items]
    return Past(ratings.items, opened, further, is_continued=any(after.values()))


def _sessions(request: HttpRequest, actor: Actor) -> list[queries.OpenSession]:
    if not actor.is_member or not request.user.is_authenticated:
        return []
    return queries.open_sessions(request.user.pk, session_key=request.session.session_key, now=clock.now())


def _said(code: str) -> str:
    return {"renamed": _("Your name is changed."), "ended": _("You are signed out there.")}.get(code, "")


def _lost(request: HttpRequest) -> HttpResponse:
    return render(request, "lost_list.html", status=400)
