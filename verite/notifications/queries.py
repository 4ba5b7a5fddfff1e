"""Reads of this room: who follows what, and what a link in a mail is for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from verite.core import db
from verite.notifications import telling, tokens
from verite.notifications.models import Address, Announcement, Bundle, Mail, Subscription
from verite.notifications.refusals import AlreadyGone
from verite.notifications.statements import rows
from verite.notifications.telling import Heading
from verite.notifications.topics import Interval, Subject, Topic

_BECAME = """
SELECT guests.id, members.id FROM notifications_subscription AS guests
JOIN accounts_participant AS guest ON guest.id = guests.about
JOIN notifications_subscription AS members ON members.address_id = guests.address_id
    AND members.topic = guests.topic AND members.about = guest.claimed_by_id
WHERE guests.ended_because = 'merged' AND guests.id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """One subscription as its reader sees it.

    Attributes:
        heading: None when what is followed is not public any more.
        is_pending: nobody has confirmed it yet.
        since: when it was confirmed, or else asked for.
    """

    id: int
    subject: Subject
    heading: Heading | None
    interval: Interval
    is_pending: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and what it follows, for whoever has a link that was sent to it."""

    address_id: int
    email: str
    subscriptions: list[Followed]


def own_address(participant_id: int) -> str:
    """The proved address of a member, or the one that a guest has confirmed in this browser; "" if there is none."""
    member = EmailAddress.objects.filter(user__participant=participant_id, verified=True)
    email = member.order_by("-primary", "pk").values_list("email", flat=True).first()
    return email.lower() if email else _confirmed_by(participant_id)


def _confirmed_by(participant_id: int) -> str:
    confirmed = Address.objects.filter(participant=participant_id, confirmed_at__isnull=False)
    return confirmed.order_by("-confirmed_at").values_list("email", flat=True).first() or ""


def follows(participant_id: int, subject: Subject) -> Followed | None:
    """The participant's own open subscription to this, for the form that offers it."""
    mine = Subscription.objects.filter(
        address__participant=participant_id, topic=subject.topic.value, about=subject.about
    )
    return next(iter(_followed(mine.filter(confirmed_at__isnull=False, ended_at__isnull=True))), None)


def subscriptions_of(address_id: int) -> list[Followed]:
    """All that an address follows or was asked about, newest first; what it ended is gone."""
    return _followed(Subscription.objects.filter(address=address_id, ended_at__isnull=True))


def mailboxes_of(participant_id: int) -> list[Mailbox]:
    """The addresses that a participant has shown to be theirs, with all that each follows."""
    mine = Address.objects.filter(participant=participant_id).exclude(email="").order_by("pk")
    return [Mailbox(address.pk, address.email, subscriptions_of(address.pk)) for address in mine]


def waiting_for(token: str, *, now: datetime) -> Mailbox:
    """What a link in a confirmation mail asks about: the subscriptions that still wait.

    Raises:
        TokenRefused: the link is none of ours, too old, or the address is not kept any more.
    """
    found = mailbox(tokens.confirming(token, now=now))
    waiting = [each for each in found.subscriptions if each.is_pending]
    return Mailbox(found.address_id, found.email, waiting)


def managed(token: str, *, now: datetime) -> Mailbox:
    """All subscriptions of the address that a link was sent to. Raises as ``waiting_for`` does."""
    return mailbox(tokens.managing(token, now=now))


def named(token: str) -> list[Followed]:
    """What a link to unsubscribe would end: nothing when all of it was ended before.

    Raises:
        TokenRefused: the link is none of ours.
    """
    ids = tokens.unsubscribing(token)
    return _followed(Subscription.objects.filter(pk__in=[*ids, *became(ids).values()], ended_at__isnull=True))


def became(subscription_ids: Collection[int]) -> dict[int, int]:
    """Those that a guest had and that are one now with the member's: the id of each, and what it is now."""
    ids = list(subscription_ids)
    return dict(rows(_BECAME.format(ids=db.marks(ids)), ids)) if ids else {}


def mailbox(address_id: int) -> Mailbox:
    """An address with all that it follows or was asked about.

    Raises:
        AlreadyGone: it is not kept any more.
    """
    email = Address.objects.filter(pk=address_id).values_list("email", flat=True).first()
    if not email:
        raise AlreadyGone(
            _("Nothing is sent to this address any more. You can follow something anew at any time.")
        )
    return Mailbox(address_id, email, subscriptions_of(address_id))


def is_outbox_waiting() -> bool:
    """Whether something was announced that has not been moved on."""
    return Announcement.objects.exists()


def is_mail_due(*, now: datetime) -> bool:
    """Whether a mail is to be written down or handed to a job."""
    return (
        Bundle.objects.filter(due_at__lte=now).exists() or Mail.objects.filter(state=Mail.State.KEPT).exists()
    )


def _followed(rows: Iterable[Subscription]) -> list[Followed]:
    found = sorted(rows, key=lambda row: row.confirmed_at or row.asked_at, reverse=True)
    headings = telling.headings([_subject(row) for row in found])
    return [
        Followed(
            row.pk,
            _subject(row),
            headings.get(_subject(row)),
            Interval(row.interval),
            row.confirmed_at is None,
            row.confirmed_at or row.asked_at,
        )
        for row in found
    ]


def _subject(row: Subscription) -> Subject:
    return Subject(Topic(row.topic), row.about)
