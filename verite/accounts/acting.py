"""Who acts: a member by a session, a guest by a signed text that their browser keeps, or nobody yet.

Reading a page makes nobody known. The first act makes a guest, whose text the answer then has to carry. Pages
and API ask here about their requests, of which this room knows nothing but that an ``Acting`` was put into
them (``web.guests``). A request without a cookie of ours costs no statement here, so that its page is the
same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing

from verite.accounts import actions, queries
from verite.accounts.actors import NOBODY_YET, Actor
from verite.accounts.guests import fresh_token

if TYPE_CHECKING:
    from verite.accounts.models import Member

KEPT = timedelta(days=365)
RENEWED_AFTER = timedelta(days=1)

_signer = signing.TimestampSigner(salt="verite.accounts.acting.guest")


@dataclass(slots=True)
class Acting:
    """What is known so far of whoever sent one request.

    Attributes:
        member: finds the member whose session it is, if it is one's.
        token: the guest's; empty without a text that can be trusted.
        is_to_be_remembered: whether the answer carries the guest's text.
    """

    member: Callable[[], Member | None]
    token: str = ""
    is_to_be_remembered: bool = False
    actor: Actor | None = None

    @property
    def signed(self) -> str:
        """The text by which the guest is known again."""
        return _signer.sign(self.token)


def read(signed: str, member: Callable[[], Member | None]) -> Acting:
    """What a request says of its sender: by the text it carries ("" for none), or by ``member``."""
    with suppress(signing.BadSignature):
        try:
            return Acting(member, _signer.unsign(signed, max_age=RENEWED_AFTER))
        except signing.SignatureExpired:
            return Acting(member, _signer.unsign(signed, max_age=KEPT), is_to_be_remembered=True)
    return Acting(member)


def actor_of(request: object) -> Actor:
    """Whoever sent a request. The database is asked once a request, in two statements at most."""
    acting = _acting(request)
    if acting.actor is None:
        member = acting.member()
        acting.actor = queries.member(member) if member else _guest(acting)
    return acting.actor


def act(request: object, *, now: datetime) -> Actor:
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


def token_of(request: object) -> str:
    """The guest's token, made and carried by the answer where there is none yet."""
    acting = _acting(request)
    if not acting.token:
        renew(request)
    return acting.token


def renew(request: object) -> None:
    """Let this browser be another guest from now on."""
    acting = _acting(request)
    acting.token, acting.is_to_be_remembered = fresh_token(), True


def claim_for(request: object, member: Member) -> None:
    """Give a member who has just signed in what this browser did as a guest."""
    acting = _acting(request)
    if acting.token:
        actions.claim(token=acting.token, member_id=member.participant_id)
        renew(request)
    acting.actor = queries.member(member)


def _acting(request: object) -> Acting:
    found: Acting = request.__dict__["acting"]
    return found


def _guest(acting: Acting) -> Actor:
    if not acting.token:
        return NOBODY_YET
    found = queries.guest(acting.token)
    if found is None:
        acting.token, acting.is_to_be_remembered = "", False
        return NOBODY_YET
    return found
