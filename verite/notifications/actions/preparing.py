"""Mails are written down before they are sent: from then on a killed worker loses none and invents none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from verite.core import db
from verite.notifications import sending
from verite.notifications.actions.moving import take_turn
from verite.notifications.models import Mail
from verite.notifications.statements import rows
from verite.notifications.topics import MOST_TOLD, REST, Interval

AT_ONCE = 25  # bundles in one transaction; nobody else writes meanwhile

# A mail that waits so much longer than it should is in no job's hands any more.
FORGOTTEN_AFTER = timedelta(days=1)

_DUE = """
SELECT id, address_id, interval FROM notifications_bundle AS bundle
WHERE due_at <= %s AND NOT EXISTS (
    SELECT 1 FROM notifications_mail AS mail
    WHERE mail.address_id = bundle.address_id AND mail.interval = bundle.interval AND mail.state = 'prepared'
)
ORDER BY due_at, id LIMIT %s
"""
# The subscriptions of a bundle under which something happened that they were not told.
_WITH_NEWS = """
SELECT bundle.id, subscription.id, topic, about, participant_id, seen_id, owed, confirmed_at
FROM notifications_bundle AS bundle JOIN notifications_subscription AS subscription
    ON subscription.address_id = bundle.address_id AND subscription.interval = bundle.interval
WHERE bundle.id IN ({ids}) AND confirmed_at IS NOT NULL AND ended_at IS NULL AND (
    owed <> '[]' OR EXISTS (
        SELECT 1 FROM notifications_happening AS happening
        WHERE happening.topic = subscription.topic AND happening.about = subscription.about
        AND happening.id > subscription.seen_id
    )
)
"""
# What a reader did as a guest is their own after they signed in, too.
_NEWS = """
SELECT id, kind, object_id FROM notifications_happening AS happening
WHERE topic = %s AND about = %s AND id > %s AND happened_at > %s AND NOT EXISTS (
    SELECT 1 FROM accounts_participant AS author
    WHERE author.id = happening.author_id AND (author.id = %s OR author.claimed_by_id = %s)
)
ORDER BY id LIMIT %s
"""
_END = "SELECT COALESCE(max(id), 0) FROM notifications_happening"
_SEEN = "UPDATE notifications_subscription SET seen_id = %s, owed = '[]' WHERE id IN ({ids})"
_NO_LONGER_DUE = "UPDATE notifications_bundle SET due_at = NULL WHERE id IN ({ids})"
_REST = "UPDATE notifications_bundle SET ready_at = %s WHERE interval = %s AND id IN ({ids})"
_KEPT = "SELECT id FROM notifications_mail WHERE state = 'kept' ORDER BY id LIMIT %s"
_HAND_OVER = "UPDATE notifications_mail SET state = 'prepared', try_at = %s WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Mails to be sent, and whether there are more to prepare."""

    mail_ids: list[int]
    has_more: bool


def prepare_mails(*, now: datetime) -> Prepared:
    """Write down the mails of those bundles that have been due longest, and hand them to a job.

    One mail tells an address everything new under those of its subscriptions that have the same interval, each
    thing once. While one of its mails has not been sent, it gets no other.
    """
    with db.write():
        take_turn()
        due = rows(_DUE, [db.moment(now), AT_ONCE])
        if not due:
            return Prepared([], has_more=False)
        ids = [bundle_id for bundle_id, *_of in due]
        news = _news(ids)
        told = {bundle_id: news[bundle_id] for bundle_id in ids if news.get(bundle_id)}
        written = [
            sending.write_down(
                Mail.Kind.NEWS, address_id, interval=interval, told=json.dumps(told[bundle_id]), now=now
            )
            for bundle_id, address_id, interval in due
            if bundle_id in told
        ]
        db.run(_NO_LONGER_DUE.format(ids=db.marks(ids)), ids)
        if told:
            rest = [db.moment(now + REST), Interval.INSTANTLY.value, *told]
            db.run(_REST.format(ids=db.marks(list(told))), rest)
            sending.send.enqueue(written)
    return Prepared(written, has_more=len(due) == AT_ONCE)


def hand_over_kept(*, now: datetime) -> Prepared:
    """Hand some of the mails to a job that were written down to be sent little by little."""
    with db.write():
        take_turn()
        ids = [mail_id for (mail_id,) in rows(_KEPT, [AT_ONCE])]
        if ids:
            db.run(_HAND_OVER.format(ids=db.marks(ids)), [db.moment(now), *ids])
            sending.send.enqueue(ids)
    return Prepared(ids, has_more=len(ids) == AT_ONCE)


def reclaim_mails(*, now: datetime) -> int:
    """Hand mails to a new job whose own was given up, because a worker died in it again and again; how many."""
    with db.write():
        lost = Mail.objects.filter(state=Mail.State.PREPARED, try_at__lt=now - FORGOTTEN_AFTER)
        found = list(lost.select_for_update().order_by("pk").values_list("pk", "attempts"))
        for mail_id, attempts in found:
            Mail.objects.filter(pk=mail_id).update(attempts=attempts + 1, try_at=now)
            sending.send.enqueue([mail_id], attempts + 1)
    return len(found)


def _news(bundle_ids: list[int]) -> dict[int, list[Any]]:
    """What is new for each bundle, oldest first: ``[kind, object id, [subscription ids]]``; it counts as told now."""
    (end,) = db.one(_END, [])
    found: dict[int, dict[tuple[str, int], tuple[int, list[int]]]] = {}
    subscriptions = rows(_WITH_NEWS.format(ids=db.marks(bundle_ids)), bundle_ids)
    for bundle_id, subscription_id, topic, about, participant_id, seen_id, owed, since in subscriptions:
        things = found.setdefault(bundle_id, {})
        given = [
            topic,
            about,
            seen_id,
            db.moment(db.aware(since)),
            participant_id,
            participant_id,
            MOST_TOLD + 1,
        ]
        for happening_id, kind, object_id in [*json.loads(owed), *rows(_NEWS, given)]:
            _first, told_for = things.setdefault((kind, object_id), (happening_id, []))
            if subscription_id not in told_for:
                told_for.append(subscription_id)
    if subscriptions:
        seen = [subscription_id for _bundle_id, subscription_id, *_of in subscriptions]
        db.run(_SEEN.format(ids=db.marks(seen)), [end, *seen])
    return {
        bundle_id: [
            [kind, object_id, subscription_ids]
            for (kind, object_id), (_first, subscription_ids) in sorted(
                things.items(), key=lambda thing: thing[1][0]
            )
        ][: MOST_TOLD + 1]
        for bundle_id, things in found.items()
    }
