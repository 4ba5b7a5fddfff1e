"""Many write, move and prepare in the same moments: what commits late is not passed by."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from tests.notifications.crowd import FILM_ID, make_readers
from tests.notifications.site import SUNDAY_NOON, Site
from tests.talking import at_once
from verite.core.db import write
from verite.notifications import actions
from verite.notifications.models import Address, Happening, Mail, Subscription
from verite.notifications.topics import Subject, Topic

WRITERS, WORKERS, EACH, READERS = 5, 3, 20, 6


@pytest.mark.django_db(transaction=True)
def test_whatever_is_announced_meanwhile_is_told_to_everybody_once() -> None:
    make_readers(READERS, now=SUNDAY_NOON - timedelta(days=1))

    def write_or_work(number: int) -> None:
        for step in range(EACH):
            if number < WRITERS:
                with write():
                    actions.announce(
                        [(Topic.FILM, FILM_ID)],
                        kind="thing",
                        object_id=number * EACH + step,
                        author_id=None,
                        now=SUNDAY_NOON,
                    )
            else:
                work(hours=step)

    def work(*, hours: int) -> None:
        now = SUNDAY_NOON + timedelta(hours=hours)
        actions.move_outbox(now=now)
        actions.prepare_mails(now=now)
        Mail.objects.update(state=Mail.State.SENT)  # so that the next is prepared

    at_once(WRITERS + WORKERS, write_or_work)
    for hours in (EACH + 1, EACH + 2):
        work(hours=hours)

    told: Counter[tuple[int, int]] = Counter()
    for address, things in Mail.objects.values_list("address", "told"):
        told.update((address, object_id) for _kind, object_id, _ids in json.loads(things))
    assert len(told) == READERS * WRITERS * EACH
    assert set(told.values()) == {1}
    assert Happening.objects.count() == WRITERS * EACH


@pytest.mark.django_db(transaction=True)
def test_requests_of_one_moment_for_one_address_are_one_mail(site: Site) -> None:
    site.titles |= {7: "Shoah"}
    at_once(
        20,
        lambda number: actions.subscribe(
            Subject(Topic.FILM, 5 + number % 3),
            "ada@example.org",
            interval="daily",
            participant_id=None,
            language="en",
            now=site.now,
        ),
    )

    assert (Address.objects.count(), Subscription.objects.count(), Mail.objects.count()) == (1, 3, 1)
