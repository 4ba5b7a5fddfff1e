"""A subscription is opened, or opened anew, at the present end of what happened."""

from __future__ import annotations

from datetime import datetime

from verite.core import db
from verite.notifications.topics import Interval, Subject, next_mail

_OPEN = """
INSERT INTO notifications_subscription (
    address_id, topic, about, interval, participant_id, asked_at, confirmed_at, ended_because, owed, seen_id
) VALUES (%s, %s, %s, %s, %s, %s, %s, '', '[]', {end})
ON CONFLICT (address_id, topic, about) DO UPDATE SET
    interval = excluded.interval, participant_id = excluded.participant_id, asked_at = excluded.asked_at,
    confirmed_at = excluded.confirmed_at, ended_at = NULL, ended_because = '', owed = '[]',
    seen_id = excluded.seen_id
WHERE notifications_subscription.confirmed_at IS NULL OR notifications_subscription.ended_at IS NOT NULL
RETURNING id
""".format(end="(SELECT COALESCE(max(id), 0) FROM notifications_happening)")
_CHANGE = """
UPDATE notifications_subscription SET interval = %s
WHERE address_id = %s AND topic = %s AND about = %s AND confirmed_at IS NOT NULL AND ended_at IS NULL
"""
_BUNDLE = """
INSERT INTO notifications_bundle (address_id, interval) VALUES (%s, %s)
ON CONFLICT (address_id, interval) DO NOTHING
"""
_CALL = """
UPDATE notifications_bundle SET due_at = CASE WHEN ready_at > %s THEN ready_at ELSE %s END
WHERE address_id = %s AND interval = %s AND due_at IS NULL
"""


def open_subscription(
    address_id: int, subject: Subject, interval: Interval, *, participant_id: int | None, now: datetime
) -> None:
    """Tell this address of the subject from now on; of one that is open, only the interval changes."""
    at = db.moment(now)
    given = [address_id, subject.topic.value, subject.about, interval.value, participant_id, at, at]
    if db.row(_OPEN, given) is None:
        db.run(_CHANGE, [interval.value, address_id, subject.topic.value, subject.about])
    call_bundle(address_id, interval, now=now)


def call_bundle(address_id: int, interval: Interval, *, now: datetime) -> None:
    """Let the address have a bundle for this interval, and be looked after at its next moment."""
    db.run(_BUNDLE, [address_id, interval.value])
    first = db.moment(next_mail(interval, now))
    db.run(_CALL, [first, first, address_id, interval.value])
