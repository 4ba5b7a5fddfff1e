"""From the outbox to those who follow: what happened is put in order, and its readers' mails become due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from verite.core import db
from verite.notifications.statements import rows
from verite.notifications.topics import PERSONAL, Interval, Subject, Topic, next_mail

AT_ONCE = 500  # announcements in one transaction
SUBJECTS_AT_ONCE = 500
READERS_AT_ONCE = 1000  # bundles that become due in one statement: nobody else writes meanwhile

_IS_WAITING = "SELECT 1 FROM notifications_announcement LIMIT 1"
_WAITING = """
SELECT id, topics, kind, object_id, author_id, happened_at FROM notifications_announcement ORDER BY id LIMIT %s
"""
_TAKE_TURN = "INSERT INTO notifications_turn (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id"
_FOLLOWED = """
WITH asked (topic, about) AS (VALUES {pairs})
SELECT topic, about FROM asked WHERE EXISTS (
    SELECT 1 FROM notifications_subscription AS subscription
    WHERE subscription.topic = asked.topic AND subscription.about = asked.about
    AND subscription.confirmed_at IS NOT NULL AND subscription.ended_at IS NULL
)
"""
_CLAIMED = (
    "SELECT id, claimed_by_id FROM accounts_participant WHERE claimed_by_id IS NOT NULL AND id IN ({ids})"
)
_ADD = """
INSERT INTO notifications_happening (topic, about, kind, object_id, author_id, happened_at)
VALUES (%s, %s, %s, %s, %s, %s)
"""
_FORGET = "DELETE FROM notifications_announcement WHERE id IN ({ids})"
_CALL = """
UPDATE notifications_bundle SET due_at = CASE notifications_bundle.interval
    WHEN 'instantly' THEN CASE WHEN ready_at > %s THEN ready_at ELSE %s END WHEN 'daily' THEN %s ELSE %s END
WHERE id IN (
    SELECT bundle.id FROM notifications_subscription AS subscription
    JOIN notifications_bundle AS bundle
        ON bundle.address_id = subscription.address_id AND bundle.interval = subscription.interval
    WHERE subscription.topic = %s AND subscription.about = %s
    AND subscription.confirmed_at IS NOT NULL AND subscription.ended_at IS NULL AND bundle.due_at IS NULL
    LIMIT %s
)
"""


def take_turn() -> None:
    """Hold the one row until the commit. Only so is certain that what was added since is seen by the other."""
    db.run(_TAKE_TURN, [])


def move_outbox(*, now: datetime) -> tuple[bool, list[Subject]]:
    """Move the oldest announcements on, and let the mails be due of those who follow them.

    Returns:
        Whether more wait; and the subjects with so many readers that ``call_readers`` must go on.
    """
    if db.row(_IS_WAITING, []) is None:
        return False, []
    with db.write():
        take_turn()
        waiting = rows(_WAITING, [AT_ONCE])
        if not waiting:  # another had the turn before
            return False, []
        happened = _by_subject(waiting)
        followed = _followed(list({subject for subject, _what in happened}))
        with connection.cursor() as cursor:
            cursor.executemany(
                _ADD,
                [
                    (subject.topic.value, subject.about, *what)
                    for subject, what in happened
                    if subject in followed
                ],
            )
        ids = [row[0] for row in waiting]
        db.run(_FORGET.format(ids=db.marks(ids)), ids)
        unfinished = [subject for subject in sorted(followed, key=str) if not call_readers(subject, now=now)]
    return len(waiting) == AT_ONCE, unfinished


def call_readers(subject: Subject, *, now: datetime) -> bool:
    """Let mails to those who follow this be due, as far as none is yet; a thousand at a time.

    Returns:
        Whether that were all.
    """
    at_once, daily, weekly = (db.moment(next_mail(interval, now)) for interval in Interval)
    with db.write(), connection.cursor() as cursor:
        take_turn()
        cursor.execute(
            _CALL, [at_once, at_once, daily, weekly, subject.topic.value, subject.about, READERS_AT_ONCE]
        )
        called: int = cursor.rowcount
    return called < READERS_AT_ONCE


def _by_subject(waiting: Iterable[tuple[Any, ...]]) -> list[tuple[Subject, tuple[Any, ...]]]:
    """What waits, once for each subject that it belongs to; what is a claimed guest's is the member's."""
    read = [([_subject(each) for each in topics.split()], *what) for _id, topics, *what in waiting]
    claimed = _claimed(
        {each.about for subjects, *_what in read for each in subjects if each.topic in PERSONAL}
    )
    return [
        (
            Subject(subject.topic, claimed.get(subject.about, subject.about))
            if subject.topic in PERSONAL
            else subject,
            (kind, object_id, author_id, db.moment(db.aware(happened_at))),
        )
        for subjects, kind, object_id, author_id, happened_at in read
        for subject in dict.fromkeys(subjects)
    ]


def _claimed(participants: Collection[int]) -> dict[int, int]:
    ids = list(participants)
    return dict(rows(_CLAIMED.format(ids=db.marks(ids)), ids)) if ids else {}


def _subject(written: str) -> Subject:
    topic, _colon, about = written.partition(":")
    return Subject(Topic(topic), int(about))


def _followed(subjects: Sequence[Subject]) -> set[Subject]:
    found: set[Subject] = set()
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        some = subjects[start : start + SUBJECTS_AT_ONCE]
        pairs = ", ".join(["(%s, %s)"] * len(some))
        values = [value for subject in some for value in (subject.topic.value, subject.about)]
        found |= {
            Subject(Topic(topic), about) for topic, about in rows(_FOLLOWED.format(pairs=pairs), values)
        }
    return found
