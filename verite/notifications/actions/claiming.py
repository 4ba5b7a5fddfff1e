"""What a guest follows is the member's that they turned out to be."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import Max

from verite.core import clock, db
from verite.notifications.actions.moving import take_turn
from verite.notifications.actions.opening import call_bundle
from verite.notifications.models import Address, Happening, Subscription
from verite.notifications.statements import rows
from verite.notifications.topics import MOST_TOLD, PERSONAL, Interval

_UNSEEN = """
SELECT id, kind, object_id FROM notifications_happening AS happening
WHERE topic = %s AND about = %s AND id > %s AND happened_at > %s AND NOT EXISTS (
    SELECT 1 FROM accounts_participant AS author
    WHERE author.id = happening.author_id AND (author.id IN (%s, %s) OR author.claimed_by_id = %s)
)
ORDER BY id LIMIT %s
"""


def claim_subscriptions(*, guest_id: int, member_id: int) -> None:
    """Give a member what they followed, and what was to be told to them, as a guest.

    What happened to the guest stays the guest's: what was not told of it is *owed*. So a cursor of the guest and one
    of the member, who may have been told at different times, never count each other's.
    """
    with db.write():
        take_turn()  # what is being moved under the guest's number is not passed by
        Address.objects.filter(participant=guest_id).update(participant=member_id)
        Subscription.objects.filter(participant=guest_id).update(participant=member_id)
        about_guest = Subscription.objects.filter(topic__in=[*map(str, PERSONAL)], about=guest_id)
        for row in about_guest.order_by("address", "pk"):
            _move(row, member_id, now=clock.now())


def _move(guests: Subscription, member_id: int, *, now: datetime) -> None:
    """Make a guest's subscription the member's; where the address has both, one of them.

    The member's stays, in the state of the one that is open, or else of the later word.
    """
    owed = _unseen(guests, member_id) if guests.is_open else []
    present = Happening.objects.aggregate(last=Max("pk"))["last"] or 0
    same = Subscription.objects.filter(address=guests.address_id, topic=guests.topic, about=member_id)
    members = same.first()
    if members is None:
        members = guests
        members.about, members.seen_id = member_id, present
    elif guests.is_open:
        Subscription.objects.filter(pk=guests.pk).update(
            ended_at=now, ended_because=Subscription.Ended.MERGED
        )
    else:
        guests.delete()
    if _word(guests) > _word(members):
        members.interval = guests.interval
        if not members.is_open:
            members.asked_at, members.confirmed_at = guests.asked_at, guests.confirmed_at
            members.ended_at, members.ended_because = guests.ended_at, guests.ended_because
            members.seen_id, members.owed = present, "[]"
    members.owed = json.dumps([*json.loads(members.owed), *owed])
    members.save()
    if members.is_open:
        call_bundle(members.address_id, Interval(members.interval), now=now)


def _unseen(guests: Subscription, member_id: int) -> list[tuple[int, str, int]]:
    """What was not told, oldest first; without what the guest or the member did themselves."""
    since = db.moment(guests.confirmed_at) if guests.confirmed_at else None
    given = [guests.topic, guests.about, guests.seen_id, since, guests.about, member_id, member_id]
    return [(pk, kind, object_id) for pk, kind, object_id in rows(_UNSEEN, [*given, MOST_TOLD + 1])]


def _word(row: Subscription) -> tuple[bool, datetime]:
    return row.is_open, row.ended_at or row.confirmed_at or row.asked_at
