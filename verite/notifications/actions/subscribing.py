"""Asking to be told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from verite.core import db
from verite.notifications import queries, sending, telling
from verite.notifications.actions.moving import take_turn
from verite.notifications.actions.opening import open_subscription
from verite.notifications.mailboxes import checked_email, digest, may_be_asked
from verite.notifications.models import Address, Mail, Subscription
from verite.notifications.refusals import NothingThere, NotYours
from verite.notifications.topics import PERSONAL, Interval, Subject, interval_called

# What strangers can let wait for one address; whoever has the address may follow any number.
MOST_WAITING = 20


class Outcome(StrEnum):
    """What became of a wish to be told."""

    FOLLOWS = "follows"
    ASKED = "asked"  # the address is asked whether it wants this, unless that is known or was asked too often


def subscribe(
    subject: Subject,
    email: str,
    *,
    interval: str,
    participant_id: int | None,
    language: str,
    now: datetime,
) -> Outcome:
    """Let an address be told of something: at once if the participant has shown that it is theirs, else it is asked.

    The outcome for somebody else's address is always the same, whether it is known here or not.

    Args:
        email: as it was typed; "" for the participant's own.
        participant_id: whoever asks, if that is known.
        language: in which the address is written to.

    Raises:
        EmailRefused: no mail can be sent there.
        IntervalRefused: there is no such interval.
        NothingThere: what is to be followed is not there in public.
        NotYours: what is to be followed is about somebody else.
    """
    rhythm = interval_called(interval)
    _check(subject, participant_id)
    own = queries.own_address(participant_id) if participant_id is not None else ""
    address = checked_email(email or own)
    if participant_id is not None and own and address == checked_email(own):
        _follow(subject, address, rhythm, participant_id, language, now=now)
        return Outcome.FOLLOWS
    _ask(subject, address, rhythm, participant_id, language, now=now)
    return Outcome.ASKED


def ask_to_manage(email: str, *, now: datetime) -> None:
    """Send an address the way to all of its subscriptions, if it has any and was not sent too much unasked.

    What is said of it is the same for every address.

    Raises:
        EmailRefused: no mail can be sent there.
    """
    wanted = digest(checked_email(email))
    with db.write():
        address = (
            Address.objects.select_for_update().filter(digest=wanted, confirmed_at__isnull=False).first()
        )
        if address is not None and address.email:
            send_unasked(address, Mail.Kind.MANAGE, now=now)


def send_unasked(address: Address, kind: Mail.Kind, *, now: datetime) -> None:
    """Send a mail that anybody could have caused, unless the address had enough of them. Its row must be held."""
    if address.blocked_at is None and may_be_asked(address.asked_at, address.asked_count, now=now):
        Address.objects.filter(pk=address.pk).update(asked_at=now, asked_count=F("asked_count") + 1)
        sending.send.enqueue([sending.write_down(kind, address.pk, now=now)])


def _check(subject: Subject, participant_id: int | None) -> None:
    if subject.topic in PERSONAL and subject.about != participant_id:
        raise NotYours(_("Only answers to yourself can be followed so. Post something first, or sign in."))
    if subject not in telling.headings([subject]):
        raise NothingThere(_("What you want to follow is not here any more. Follow something else."))


@db.once_more_if_outrun
def _follow(
    subject: Subject, email: str, interval: Interval, participant_id: int, language: str, *, now: datetime
) -> None:
    with db.write():
        take_turn()
        address = held_address(email, language)
        Address.objects.filter(pk=address.pk).update(
            participant=participant_id,
            confirmed_at=address.confirmed_at or now,
            asked_at=None,
            asked_count=0,
            refused_count=0,
            blocked_at=None,
        )
        open_subscription(address.pk, subject, interval, participant_id=participant_id, now=now)


@db.once_more_if_outrun
def _ask(
    subject: Subject,
    email: str,
    interval: Interval,
    participant_id: int | None,
    language: str,
    *,
    now: datetime,
) -> None:
    with db.write():
        address = held_address(email, language)
        all_of_it = Subscription.objects.filter(address=address.pk)
        known = all_of_it.filter(topic=subject.topic.value, about=subject.about).first()
        is_open = known is not None and known.confirmed_at is not None and known.ended_at is None
        waiting = all_of_it.filter(confirmed_at__isnull=True, ended_at__isnull=True).count()
        if is_open or address.blocked_at is not None or waiting >= MOST_WAITING:
            return
        Subscription.objects.update_or_create(
            address_id=address.pk,
            topic=subject.topic.value,
            about=subject.about,
            defaults={
                "interval": interval.value,
                "participant_id": participant_id,
                "asked_at": now,
                "confirmed_at": None,
                "ended_at": None,
                "ended_because": "",
            },
        )
        send_unasked(address, Mail.Kind.ASK, now=now)


def held_address(email: str, language: str) -> Address:
    """The row of an address, made if need be, and ours until the commit."""
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    made, _is_new = Address.objects.get_or_create(digest=digest(email), defaults={"language": spoken})
    address = Address.objects.select_for_update().get(pk=made.pk)
    if address.email != email or (address.confirmed_at is None and address.language != spoken):
        address.email, address.language = email, spoken
        address.save(update_fields=["email", "language"])
    return address
