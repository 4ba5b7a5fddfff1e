"""What an address answers when it is asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from verite.accounts.models import Participant
from verite.core import db
from verite.notifications import tokens
from verite.notifications.actions.moving import take_turn
from verite.notifications.actions.opening import open_subscription
from verite.notifications.models import Address, Subscription
from verite.notifications.refusals import AlreadyGone
from verite.notifications.topics import Interval, Subject, Topic


def confirm(
    token: str, subscription_ids: Collection[int], *, participant_id: int | None, now: datetime
) -> int:
    """Open those of the waiting subscriptions that the address was shown and wants; the others go on waiting.

    Args:
        token: from the mail that asked.
        participant_id: whoever presses the button. They have the mailbox, so they may follow more without
            being asked again.

    Returns:
        How many were opened; 0 when all of them were before.

    Raises:
        TokenRefused: the link is none of ours, too old, or the address is not kept any more.
    """
    address_id = tokens.confirming(token, now=now)
    with db.write():
        take_turn()
        address = _held(address_id)
        Address.objects.filter(pk=address_id).update(
            confirmed_at=address.confirmed_at or now,
            participant=_owner(address, participant_id),
            asked_at=None,
            asked_count=0,
            refused_count=0,
            blocked_at=None,
        )
        waiting = Subscription.objects.filter(
            address=address_id,
            pk__in=list(subscription_ids),
            confirmed_at__isnull=True,
            ended_at__isnull=True,
        )
        for row in (opened := list(waiting.order_by("pk"))):
            open_subscription(
                address_id,
                Subject(Topic(row.topic), row.about),
                Interval(row.interval),
                participant_id=participant_id or row.participant_id,
                now=now,
            )
    return len(opened)


def block(token: str, *, now: datetime) -> None:
    """Never ask this address again, whoever wants it to follow something; what it follows itself goes on.

    Raises:
        TokenRefused: the link is none of ours, too old, or the address is not kept any more.
    """
    address_id = tokens.confirming(token, now=now)
    with db.write():
        _held(address_id)
        Address.objects.filter(pk=address_id).update(blocked_at=now)
        Subscription.objects.filter(address=address_id, confirmed_at__isnull=True).delete()


def _held(address_id: int) -> Address:
    address = Address.objects.select_for_update().filter(pk=address_id).exclude(email="").first()
    if address is None:
        raise AlreadyGone(_("This was asked too long ago, and is forgotten. Follow it anew where it stands."))
    return address


def _owner(address: Address, participant_id: int | None) -> int | None:
    """A member keeps their address; a guest's may be another guest's next, in another browser."""
    if address.participant_id is None or participant_id is None:
        return address.participant_id or participant_id
    kind = Participant.objects.values_list("kind", flat=True).get(pk=address.participant_id)
    return address.participant_id if kind == Participant.Kind.MEMBER else participant_id
