"""Subscriptions that another site kept: each address is asked once whether it still wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from verite.core import db
from verite.notifications import sending
from verite.notifications.mailboxes import checked_email, digest
from verite.notifications.models import Address, Mail, Subscription
from verite.notifications.refusals import EmailRefused
from verite.notifications.topics import Interval, Subject


@dataclass(frozen=True, slots=True)
class Kept:
    """That an address followed something there.

    Attributes:
        participant_id: whoever followed, if they are somebody here.
    """

    email: str
    subject: Subject
    participant_id: int | None = None


def take_up(kept: Sequence[Kept], *, now: datetime) -> int:
    """Let subscriptions wait, and ask each address that was never written to by one mail about all of its own.

    What an address follows or was asked about already stays as it is, so a second time changes nothing. The
    mails go little by little, so that they hold up no other job. A thousand or so are a good batch.

    Returns:
        How many subscriptions wait now that did not. Those of addresses that are none are passed over.
    """
    wanted = _by_address(kept)
    with db.write():
        Address.objects.bulk_create(
            [
                Address(digest=digest(email), email=email, language=settings.LANGUAGE_CODE)
                for email in sorted(wanted)
            ],
            ignore_conflicts=True,
        )
        emails = {digest(email): email for email in wanted}
        found = Address.objects.select_for_update().filter(digest__in=list(emails)).order_by("pk")
        addresses = [row for row in found if row.blocked_at is None]
        ids = {emails[row.digest]: row.pk for row in addresses}
        waiting = [
            Subscription(
                address_id=ids[email],
                topic=each.subject.topic.value,
                about=each.subject.about,
                interval=Interval.INSTANTLY.value,
                participant_id=each.participant_id,
                asked_at=now,
            )
            for email, kept_there in wanted.items()
            if email in ids
            for each in kept_there
        ]
        theirs = Subscription.objects.filter(address__in=ids.values())
        before = theirs.count()
        Subscription.objects.bulk_create(waiting, ignore_conflicts=True)
        added = theirs.count() - before
        _ask(addresses, emails, now=now)
    return added


def _ask(addresses: Sequence[Address], emails: dict[str, str], *, now: datetime) -> None:
    with_waiting = set(
        Subscription.objects.filter(
            address__in=[row.pk for row in addresses], confirmed_at__isnull=True, ended_at__isnull=True
        ).values_list("address", flat=True)
    )
    for row in addresses:
        if row.pk in with_waiting and row.asked_count == 0:
            Address.objects.filter(pk=row.pk).update(asked_at=now, asked_count=1, email=emails[row.digest])
            sending.write_down(Mail.Kind.TAKE_UP, row.pk, state=Mail.State.KEPT, now=now)


def _by_address(kept: Sequence[Kept]) -> dict[str, list[Kept]]:
    found: dict[str, list[Kept]] = {}
    for each in kept:
        try:
            found.setdefault(checked_email(each.email), []).append(each)
        except EmailRefused:
            continue
    return found
