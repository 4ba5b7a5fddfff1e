"""What nobody needs any more goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from verite.core import db
from verite.notifications.actions.moving import take_turn
from verite.notifications.models import Address, Mail, Subscription
from verite.notifications.statements import rows
from verite.notifications.tokens import CONFIRM_WITHIN

KEPT = timedelta(days=30)
REMEMBERED = timedelta(days=365)  # that an address was asked in vain
AT_ONCE = 1000

# Ids grow with time, so the oldest are found by walking from the first. A mail that is due still needs its own.
_OLD = """
SELECT id FROM notifications_happening AS happening
WHERE happened_at < %s AND NOT EXISTS (
    SELECT 1 FROM notifications_subscription AS subscription
    JOIN notifications_bundle AS bundle
        ON bundle.address_id = subscription.address_id AND bundle.interval = subscription.interval
    WHERE subscription.topic = happening.topic AND subscription.about = happening.about
    AND subscription.confirmed_at IS NOT NULL AND subscription.ended_at IS NULL
    AND subscription.seen_id < happening.id AND bundle.due_at IS NOT NULL
)
ORDER BY id LIMIT %s
"""
_TO_BE_SENT = (Mail.State.KEPT, Mail.State.PREPARED)
_FORGET = "DELETE FROM notifications_happening WHERE id IN ({ids})"


def forget_old(*, now: datetime) -> None:
    """Delete happenings, mails and ended subscriptions of a month ago, and what was asked in vain for a week.

    Of an address without any subscription only its hash stays, for a year, and only if it was asked in vain.
    """
    while _forget_happenings(now=now):
        pass
    with db.write():
        Mail.objects.exclude(state__in=_TO_BE_SENT).filter(prepared_at__lt=now - KEPT).delete()
        Subscription.objects.filter(ended_at__lt=now - KEPT).delete()
        Subscription.objects.filter(
            confirmed_at__isnull=True, ended_at__isnull=True, asked_at__lt=now - CONFIRM_WITHIN
        ).delete()
        followed = Subscription.objects.values("address")
        to_be_written_to = Mail.objects.filter(state__in=_TO_BE_SENT).values("address")
        idle = Address.objects.exclude(pk__in=followed).exclude(pk__in=to_be_written_to)
        idle.filter(asked_count=0, blocked_at__isnull=True).delete()
        idle.filter(asked_at__lt=now - REMEMBERED, blocked_at__isnull=True).delete()
        idle.exclude(email="").update(email="", confirmed_at=None, participant=None)


def _forget_happenings(*, now: datetime) -> bool:
    """Delete some; whether there may be more."""
    with db.write():
        take_turn()
        old = [happening_id for (happening_id,) in rows(_OLD, [db.moment(now - KEPT), AT_ONCE])]
        if old:
            db.run(_FORGET.format(ids=db.marks(old)), old)
    return len(old) == AT_ONCE
