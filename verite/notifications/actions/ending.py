"""Hearing no more of something, or more seldom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from verite.core import db
from verite.notifications import queries, tokens
from verite.notifications.actions.moving import take_turn
from verite.notifications.actions.opening import call_bundle
from verite.notifications.models import Address, Subscription
from verite.notifications.topics import interval_called

_BY_READER = Subscription.Ended.BY_READER


def unsubscribe(token: str, *, now: datetime) -> int:
    """End the subscriptions that a link in a mail names; a second time changes nothing.

    Returns:
        How many were ended now.

    Raises:
        TokenRefused: the link is none of ours.
    """
    ids = tokens.unsubscribing(token)
    with db.write():
        take_turn()
        return _end(Q(pk__in=[*ids, *queries.became(ids).values()]), now=now)


def end(address_id: int, subscription_ids: Collection[int], *, now: datetime) -> int:
    """End some subscriptions of an address whose owner the door knows; the answer is how many."""
    return _end(Q(address=address_id, pk__in=list(subscription_ids)), now=now)


def end_all(address_id: int, *, now: datetime) -> int:
    """End all subscriptions of an address whose owner the door knows; the answer is how many."""
    return _end(Q(address=address_id), now=now)


def change_interval(address_id: int, subscription_id: int, interval: str, *, now: datetime) -> None:
    """Tell an address more often or more seldom. What it has not been told yet comes at the new interval.

    Raises:
        IntervalRefused: there is no such interval.
    """
    rhythm = interval_called(interval)
    with db.write():
        take_turn()
        mine = Subscription.objects.filter(pk=subscription_id, address=address_id, ended_at__isnull=True)
        if mine.update(interval=rhythm.value):
            call_bundle(address_id, rhythm, now=now)


def _end(which: Q, *, now: datetime) -> int:
    with db.write():
        take_turn()
        ended = Subscription.objects.filter(which, ended_at__isnull=True)
        owners = list(ended.order_by("address").values_list("address", flat=True).distinct())
        # Somebody reads what we send there. Held before its subscriptions, as everywhere.
        Address.objects.filter(pk__in=owners).update(asked_at=None, asked_count=0)
        return ended.update(ended_at=now, ended_because=_BY_READER)
