"""Reads about participants and members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from verite.accounts import keys
from verite.accounts.actors import NOBODY_YET, Actor, Role
from verite.accounts.guests import digest
from verite.accounts.likeness import likeness
from verite.accounts.models import FormerAddress, Member, Participant, Session
from verite.accounts.names import slug_of
from verite.core import db, freshness

# Asked by every request of a participant, and for every comment.
_GUEST = "SELECT id, name, claimed_by_id IS NOT NULL FROM accounts_participant WHERE token_digest = %s"
_CALLED_SO = "SELECT id FROM accounts_participant WHERE (slug = %s OR likeness = %s) AND id <> %s LIMIT 1"
_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """What everybody may know of a member."""

    participant_id: int
    name: str
    slug: str
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which a member is signed in.

    Attributes:
        mark: names it in a form, without giving it away.
        begun_at: None where it is not known.
    """

    mark: str
    browser: str
    begun_at: datetime | None
    is_this_one: bool


def guest(token: str) -> Actor | None:
    """Whoever carries this token: somebody not known yet, a guest, or None if its past has been claimed."""
    found = db.row(_GUEST, [digest(token)])
    if found is None:
        return NOBODY_YET
    participant_id, name, is_claimed = found
    return None if is_claimed else Actor(participant_id, Role.GUEST, name)


def member(member: Member) -> Actor:
    """A signed-in member, read with its participant (see ``authentication.Backend``)."""
    participant = member.participant
    return Actor(participant.pk, Role(member.role), participant.name, participant.slug or "")


def member_with(email: str) -> Member | None:
    """The member who signs in with this address."""
    return Member.objects.select_related("participant").filter(email=email.lower()).first()


def profile(slug: str) -> Profile | None:
    """The member at ``/members/<slug>/``."""
    found = Participant.objects.filter(slug=slug).select_related("member").first()
    if found is None:
        return None
    freshness.depends_on(keys.participant(found.pk))
    role = Role(found.member.role) if hasattr(found, "member") else Role.MEMBER
    return Profile(found.pk, found.name, slug, role, found.created_at)


def present_slug(former: str) -> str | None:
    """Where the page is now that was once at ``/members/<former>/``; None if none was."""
    rows = FormerAddress.objects.filter(slug=former)
    return rows.values_list("participant__slug", flat=True).first()


def is_taken(name: str, *, by_other_than: int = _NOBODY) -> bool:
    """Whether a member (another than this participant) is called so, or so that a reader cannot tell the two."""
    return db.row(_CALLED_SO, [slug_of(name), likeness(name), by_other_than]) is not None


def has_curator() -> bool:
    """Whether anybody can look after the site."""
    return Member.objects.filter(role=Member.Role.CURATOR, is_active=True).exists()


def open_sessions(member_id: int, *, session_key: str | None, now: datetime) -> list[OpenSession]:
    """Where a member is signed in, this browser (``session_key``) first, then the latest."""
    rows = Session.objects.filter(member_id=member_id, expire_date__gt=now).order_by("-begun_at")
    found = [
        OpenSession(session_mark(row.session_key), row.browser, row.begun_at, row.session_key == session_key)
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.is_this_one)


def session_mark(session_key: str) -> str:
    """A name for a session that nobody can turn back into its key."""
    return salted_hmac("verite.accounts.session", session_key, algorithm="sha256").hexdigest()[:24]
