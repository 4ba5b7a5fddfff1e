"""Mails that are written down go out, one after the other, each under the name that it got at the beginning."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError
from django.db.models import F

from verite.core import clock, db
from verite.core.ids import new_token
from verite.core.jobs import job
from verite.notifications import addresses, composing, mailserver
from verite.notifications.models import Address, Mail, Subscription
from verite.notifications.topics import REST, Interval
from verite.notifications.verdicts import Verdict, verdict_on

# With pauses twice as long each time, the last attempt is some two days after the first. Attempts at which nobody
# was there to answer do not count.
MOST_PUT_OFF = 12
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)

# Mails in a row that a server refuses for good, until nothing more is sent there.
MOST_REFUSED = 3

_WRITE_DOWN = """
INSERT INTO notifications_mail (
    kind, address_id, interval, state, message_id, attempts, put_off, prepared_at, try_at, told
) VALUES (%s, %s, %s, %s, %s, 0, 0, %s, %s, %s) RETURNING id
"""
_RESTS = """
UPDATE notifications_bundle SET
    ready_at = %s, due_at = CASE WHEN due_at < %s THEN %s ELSE due_at END
WHERE address_id = %s AND interval = %s
"""

log = logging.getLogger(__name__)


def write_down(
    kind: Mail.Kind,
    address_id: int,
    *,
    now: datetime,
    interval: str = "",
    told: str = "[]",
    state: Mail.State = Mail.State.PREPARED,
) -> int:
    """Write a mail down, with the id that it keeps however often it is sent; the answer is the mail's id here.

    Raises:
        WriteRefused: no write transaction is open.
    """
    db.current_write()
    message_id = f"<{new_token(128)}@{addresses.host()}>"
    at = db.moment(now)
    given = [kind.value, address_id, interval, state.value, message_id, at, at, told]
    (mail_id,) = db.one(_WRITE_DOWN, given)
    return int(mail_id)


@job()
def send(mail_ids: list[int], attempt: int = 0) -> None:
    """Send those of these mails that have not been sent and that no other job has, by one connection.

    Each is marked as soon as the server has taken it: a worker that dies between the two lets one mail go twice,
    under one id. When the server cannot be talked to, all that are left come again later.
    """
    if mailserver.is_away(now=clock.now()):
        _try_again(mail_ids, attempt, now=clock.now())
        return
    waiting = list(mail_ids)
    server = get_connection()
    try:
        mailserver.connect(server)
        while waiting:
            _send(waiting[0], attempt, server)
            del waiting[0]
    except Exception as error:
        if verdict_on(error) is not Verdict.SERVER_AWAY:
            raise
        log.warning("No mail can be sent now: %s", type(error).__qualname__)
        if waiting == mail_ids:
            mailserver.found_away(now=clock.now())
        # It may be one mail that the server hangs up on: that is the last next time.
        _try_again([*waiting[1:], *waiting[:1]], attempt, now=clock.now())
    finally:
        server.close()


def _send(mail_id: int, attempt: int, server: BaseEmailBackend) -> None:
    mails = Mail.objects.select_related("address")
    mail = mails.filter(pk=mail_id, state=Mail.State.PREPARED, attempts=attempt).first()
    if mail is None:
        return
    try:
        message = composing.message_of(mail, now=clock.now())
        if message is not None:
            server.send_messages([message])
    except DatabaseError:
        raise
    except Exception as error:
        if (verdict := verdict_on(error)) is Verdict.SERVER_AWAY:
            raise
        # Whatever is wrong with one mail, the next is not to suffer.
        log.warning("A mail was not sent: %s, %s", type(error).__qualname__, verdict)
        _try_again_or_give_up(mail, verdict, now=clock.now())
    else:
        _finish(mail, Mail.State.DROPPED if message is None else Mail.State.SENT, now=clock.now())


def _finish(mail: Mail, state: Mail.State, *, now: datetime) -> None:
    is_sent = state is Mail.State.SENT
    with db.write():
        Mail.objects.filter(pk=mail.pk).update(state=state, sent_at=now if is_sent else None, told="[]")
        # An address is held before its bundles, as everywhere: in a deadlock here the mail would go twice.
        if is_sent and mail.address.refused_count:
            Address.objects.filter(pk=mail.address_id).update(refused_count=0)
        if is_sent and mail.interval == Interval.INSTANTLY:
            rested = db.moment(now + REST)
            db.run(_RESTS, [rested, rested, rested, mail.address_id, mail.interval])


def _try_again_or_give_up(mail: Mail, verdict: Verdict, *, now: datetime) -> None:
    with db.write():
        if verdict is Verdict.LATER and mail.put_off + 1 < MOST_PUT_OFF:
            Mail.objects.filter(pk=mail.pk).update(put_off=F("put_off") + 1)
            _try_again([mail.pk], mail.attempts, now=now)
            return
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.REFUSED, told="[]")
        Address.objects.filter(pk=mail.address_id).update(refused_count=F("refused_count") + 1)
        if Address.objects.filter(pk=mail.address_id, refused_count__gte=MOST_REFUSED).exists():
            Subscription.objects.filter(address=mail.address_id, ended_at__isnull=True).update(
                ended_at=now, ended_because=Subscription.Ended.REFUSED
            )


def _try_again(mail_ids: list[int], attempt: int, *, now: datetime) -> None:
    """Hand mails on to a job that comes later."""
    again = now + min(FIRST_PAUSE * 2 ** min(attempt, 16), LONGEST_PAUSE)
    waiting = Mail.objects.filter(pk__in=mail_ids, state=Mail.State.PREPARED, attempts=attempt)
    with db.write():
        if waiting.update(attempts=attempt + 1, try_at=again):
            send.using(run_after=again).enqueue(mail_ids, attempt + 1)
