"""Thousands of readers of one film, made by few statements, and a burst of things that happen under it."""

from __future__ import annotations

from datetime import datetime

from verite.core.db import write
from verite.notifications import actions, jobs
from verite.notifications.mailboxes import digest
from verite.notifications.models import Address, Bundle, Subscription
from verite.notifications.topics import Interval, Topic

FILM_ID = 5


def email_of(number: int) -> str:
    return f"reader{number}@example.org"


def make_readers(count: int, *, now: datetime) -> None:
    """Readers 0 to ``count``, told of the film instantly."""
    with write():
        made = Address.objects.bulk_create(
            [
                Address(digest=digest(email_of(each)), email=email_of(each), language="en", confirmed_at=now)
                for each in range(count)
            ]
        )
        Subscription.objects.bulk_create(
            Subscription(
                address=address,
                topic=Topic.FILM,
                about=FILM_ID,
                interval=Interval.INSTANTLY,
                asked_at=now,
                confirmed_at=now,
            )
            for address in made
        )
        Bundle.objects.bulk_create(
            Bundle(address=address, interval=Interval.INSTANTLY.value) for address in made
        )


def burst(things: int, *, kind: str, now: datetime) -> None:
    """So many things happen at once, and a worker is to look."""
    for number in range(1, things + 1):
        with write():
            actions.announce([(Topic.FILM, FILM_ID)], kind=kind, object_id=number, author_id=None, now=now)
    with write():
        jobs.look_into_outbox.enqueue()
