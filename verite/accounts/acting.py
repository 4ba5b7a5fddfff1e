"""Who a request comes from: a member by its session, a guest by a signed cookie, or nobody yet.

Reading a page makes nobody known. The first act makes a guest, and its answer sets the cookie. A request
without a cookie of ours costs no statement here, so that its page is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verite.accounts import actions, queries
from verite.accounts.actors import NOBODY_YET, Actor
from verite.accounts.cookies import name_of, set_cookie
from verite.accounts.guests import fresh_token

if TYPE_CHECKING:
    from verite.accounts.models import Member

GetResponse = Callable[[HttpRequest], HttpResponseBase]

COOKIE = "guest"
KEPT = timedelta(days=365)
RENEWED_AFTER = timedelta(days=1)

_signer = signing.TimestampSigner(salt="verite.accounts.acting.guest")


@dataclass(slots=True)
class _Acting:
    """What is known so far of whoever sent one request.

    Attributes:
        token: the guest's; empty without a cookie that can be trusted.
        must_set: whether the answer sets the cookie.
    """

    token: str
    must_set: bool
    actor: Actor | None = None


def actor_of(request: HttpRequest) -> Actor:
    """Whoever sent a request. The database is asked once a request, in two statements at most."""
    acting = _acting(request)
    if acting.actor is None:
        acting.actor = _member(request) or _guest(acting)
    return acting.actor


def act(request: HttpRequest, *, now: datetime) -> Actor:
    """Whoever sent a request that does something: a participant from now on, if not before."""
    actor = actor_of(request)
    if actor.participant_id is not None:
        return actor
    acting = _acting(request)
    try:
        acting.actor = actions.guest_for(token_of(request), now=now)
    except actions.GuestClaimed:
        renew(request)
        acting.actor = actions.guest_for(acting.token, now=now)
    return acting.actor


def token_of(request: HttpRequest) -> str:
    """The guest's token, made and set by the answer where there is none yet."""
    acting = _acting(request)
    if not acting.token:
        renew(request)
    return acting.token


def renew(request: HttpRequest) -> None:
    """Let this browser be another guest from now on."""
    acting = _acting(request)
    acting.token, acting.must_set = fresh_token(), True


def claim_for(request: HttpRequest, member: Member) -> None:
    """Give a member who has just signed in what this browser did as a guest."""
    acting = _acting(request)
    if acting.token:
        actions.claim(token=acting.token, member_id=member.participant_id)
        renew(request)
    acting.actor = queries.member(member)


class RemembersGuests:
    """Sets the guest's cookie on an answer, where it is new or was not renewed for a day."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        acting = _acting(request)
        if acting.must_set:
            max_age = int(KEPT.total_seconds())
            set_cookie(response, request, COOKIE, _signer.sign(acting.token), max_age=max_age)
        return response


def _acting(request: HttpRequest) -> _Acting:
    found = request.__dict__.get("acting")
    if not isinstance(found, _Acting):
        found = request.__dict__["acting"] = _read(request.COOKIES.get(name_of(COOKIE, request), ""))
    return found


def _read(cookie: str) -> _Acting:
    try:
        token = _signer.unsign(cookie, max_age=KEPT)
    except signing.BadSignature:
        return _Acting("", must_set=False)
    return _Acting(token, must_set=_is_old(cookie))


def _is_old(cookie: str) -> bool:
    try:
        _signer.unsign(cookie, max_age=RENEWED_AFTER)
    except signing.SignatureExpired:
        return True
    return False


def _member(request: HttpRequest) -> Actor | None:
    if name_of("session", request) not in request.COOKIES or not request.user.is_authenticated:
        return None
    return queries.member(request.user)


def _guest(acting: _Acting) -> Actor:
    if not acting.token:
        return NOBODY_YET
    found = queries.guest(acting.token)
    if found is None:
        acting.token, acting.must_set = "", False
        return NOBODY_YET
    return found
