"""Writes about participants and members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.utils.translation import gettext as _

from verite.accounts import claiming, keys, renaming
from verite.accounts.actors import Actor, Role
from verite.accounts.guests import digest
from verite.accounts.likeness import likeness
from verite.accounts.models import Member, Participant, Session
from verite.accounts.names import LONGEST_NAME, NameRefused, checked_name, slug_of
from verite.accounts.queries import is_taken, session_mark
from verite.core import db, freshness
from verite.core.text import clean_line

_SIGN = "UPDATE accounts_participant SET name = %s WHERE id = %s AND kind = 'guest' AND name <> %s"

_LEAD_ON = """
INSERT INTO accounts_former_address (slug, participant_id) VALUES (%s, %s)
ON CONFLICT (slug) DO UPDATE SET participant_id = excluded.participant_id
"""


class GuestClaimed(Exception):
    """What this guest did belongs to a member now; whoever still has the cookie begins anew."""


class AddressTaken(Exception):
    """A member with this e-mail address exists already; the message is for those alone who may know."""

    def __init__(self) -> None:
        super().__init__(_("A member has this address. Please give another."))


def name_author(name: str, *, now: datetime) -> int:
    """Find or make the member of this name, who need not be able to sign in: an author that a file names.

    Returns:
        The participant's id.

    Raises:
        NameRefused: nothing of the name is left once control characters are gone.
    """
    name = clean_line(name, LONGEST_NAME)
    if not name:
        raise NameRefused(_("The author needs a name."))
    with db.write():
        participant, _made = Participant.objects.get_or_create(
            slug=slug_of(name),
            defaults={
                "kind": Participant.Kind.MEMBER,
                "name": name,
                "likeness": likeness(name),
                "created_at": now,
            },
        )
    return participant.pk


def guest_for(token: str, *, now: datetime) -> Actor:
    """Find or make the guest who carries this token; however many ask at once, there is one.

    Raises:
        GuestClaimed: the token is of no use any more.
    """
    with db.write():
        guest, _made = Participant.objects.get_or_create(
            token_digest=digest(token), defaults={"kind": Participant.Kind.GUEST, "created_at": now}
        )
    if guest.claimed_by_id is not None:
        raise GuestClaimed
    return Actor(guest.pk, Role.GUEST, guest.name)


def guests_for(tokens: Mapping[str, datetime]) -> dict[str, int]:
    """Find or make many guests, in a few statements: whoever acted elsewhere, and is nobody's cookie here.

    Args:
        tokens: what tells them apart, each with the moment since when they are known.

    Returns:
        The participants' ids, by token.
    """
    digests = {digest(token): token for token in tokens}
    with db.write():
        found = _guests(digests)
        missing = [each for each in digests if each not in found]
        if missing:
            Participant.objects.bulk_create(
                Participant(kind=Participant.Kind.GUEST, token_digest=each, created_at=tokens[digests[each]])
                for each in missing
            )
            found |= _guests(missing)
    return {digests[each]: pk for each, pk in found.items()}


def _guests(digests: Iterable[str]) -> dict[str, int]:
    rows = Participant.objects.filter(token_digest__in=list(digests)).values_list("token_digest", "pk")
    return {str(found): pk for found, pk in rows}


def name_guest(participant_id: int, name: str) -> str:
    """Remember how a guest signs; an empty name is one too. For the transaction in which something is signed.

    Returns:
        The name as it is stored.

    Raises:
        NameRefused: it cannot be used, or a member is called so.
        WriteRefused: no write transaction is open.
    """
    name = name.strip() and checked_name(name)
    if name and is_taken(name):
        raise NameRefused(_("A member is called so. Please choose another name, or sign in."))
    db.run(_SIGN, [name, participant_id, name])
    return name


def add_member(
    *, name: str, email: str, role: Role, password: str | None, now: datetime, is_proved: bool = False
) -> Member:
    """Make somebody who can sign in; without a password, by a code or a one-time address.

    Args:
        is_proved: the address needs no mail to prove that it is theirs.

    Raises:
        NameRefused: the name cannot be used, or a member is called so.
        AddressTaken: a member has this address.
    """
    name = checked_name(name)
    _refuse_taken(name)
    member = Member(email=email.lower(), role=role.value)
    if password:
        member.set_password(password)
    else:
        member.set_unusable_password()
    try:
        with db.write():
            if Member.objects.filter(email=member.email).exists():
                raise AddressTaken
            member.participant = Participant.objects.create(
                kind=Participant.Kind.MEMBER,
                name=name,
                slug=slug_of(name),
                likeness=likeness(name),
                created_at=now,
            )
            member.save()
            if is_proved:
                EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    except IntegrityError as error:  # somebody was quicker by an instant
        if Member.objects.filter(email=member.email).exists():
            raise AddressTaken from error
        _refuse_taken(name)
        raise
    return member


@db.once_more_if_outrun
def rename(member_id: int, name: str) -> str:
    """Call a member (a participant's id) otherwise; whatever they wrote carries the new name from then on.

    The address of their page changes too. The former one leads there until another member has it.

    Returns:
        The name as it is stored.

    Raises:
        NameRefused: the name cannot be used, or another member is called so.
    """
    name = checked_name(name)
    try:
        with db.write():
            member = Participant.objects.select_for_update(no_key=True).get(
                pk=member_id, kind=Participant.Kind.MEMBER
            )
            _refuse_taken(name, but_by=member_id)
            if member.name != name:
                former = member.slug
                member.name, member.slug, member.likeness = name, slug_of(name), likeness(name)
                member.save(update_fields=["name", "slug", "likeness"])
                if member.slug != former:
                    db.run(_LEAD_ON, [former, member_id])
                renaming.tell_all(member_id=member_id, name=name)
                freshness.touch(keys.participant(member_id))
    except IntegrityError:  # somebody was quicker by an instant
        _refuse_taken(name, but_by=member_id)
        raise
    return name


def set_role(member_id: int, role: Role) -> None:
    """Make a member a moderator, a curator, or neither."""
    with db.write():
        member = Member.objects.select_for_update().get(pk=member_id)
        member.role = role.value
        member.save(update_fields=["role"])
        freshness.touch(keys.participant(member.participant_id), keys.LABELS)


@db.once_more_if_outrun
def claim(*, token: str, member_id: int) -> None:
    """Give a member (a participant's id) all that was done under a guest's token, which is of no use from then on."""
    with db.write():
        guest = (
            Participant.objects.select_for_update(no_key=True)
            .filter(token_digest=digest(token), claimed_by__isnull=True)
            .first()
        )
        if guest is None:
            return
        claiming.move_all(guest_id=guest.pk, member_id=member_id)
        guest.claimed_by_id = member_id
        guest.save(update_fields=["claimed_by"])
        freshness.touch(keys.participant(member_id))


def end_session(member_id: int, *, mark: str) -> bool:
    """Sign a member out of one browser.

    Returns:
        Whether there was such a session.
    """
    with db.write():
        for session in Session.objects.filter(member_id=member_id):
            if session_mark(session.session_key) == mark:
                session.delete()
                return True
    return False


def end_other_sessions(member_id: int, *, session_key: str | None) -> int:
    """Sign a member out of every browser but the one with this session.

    Returns:
        How many that were.
    """
    with db.write():
        ended, _by_table = (
            Session.objects.filter(member_id=member_id).exclude(session_key=session_key).delete()
        )
    return ended


def _refuse_taken(name: str, *, but_by: int = 0) -> None:
    if is_taken(name, by_other_than=but_by):
        raise NameRefused(_("A member is called so. Please choose another name."))
