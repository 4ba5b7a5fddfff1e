"""A real worker is killed again and again in the middle of its mails."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.notifications import worker
from tests.notifications.crowd import burst, email_of, make_readers
from tests.notifications.mail_server import mail_server
from tests.notifications.site import words_of
from tests.serving.site import until
from verite.core import clock
from verite.notifications.models import Mail

READERS, THINGS = 200, 12
# After so many mails the server has taken one whose taking the worker never hears of, or has only just heard of.
BEFORE_IT_IS_SAID, AFTER_IT_IS_SAID = {30, 120}, {75}


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_lost_and_doubles_have_one_message_id() -> None:
    now = clock.now()
    make_readers(READERS, now=now - timedelta(minutes=1))
    burst(THINGS, kind=worker.KIND, now=now)

    with mail_server() as mailroom:
        data: Path = settings.VERITE.data
        running = [worker.start(data, mailroom.url, _database())]
        kills = []

        def kill_at(moments: set[int], number: int) -> None:
            if number in moments:
                moments.discard(number)
                kills.append(number)
                worker.kill(running[-1])
                running.append(worker.start(data, mailroom.url, _database()))

        mailroom.when_taken = lambda number: kill_at(before, number)
        mailroom.when_said = lambda number: kill_at(after, number)
        before, after = set(BEFORE_IT_IS_SAID), set(AFTER_IT_IS_SAID)
        try:
            until(
                lambda: Mail.objects.filter(state=Mail.State.SENT).count() == READERS,
                "all mails are sent",
                seconds=300,
            )
        finally:
            worker.kill(running[-1])

    mails = mailroom.mails()
    ids = Counter(mail["Message-ID"] for mail in mails)
    assert len(kills) == 3
    assert len(mails) - len(ids) <= len(kills)
    assert len(mails) > len(ids)  # else nobody was killed where it matters
    assert len(ids) == READERS
    assert {mail["To"] for mail in mails} == {email_of(number) for number in range(READERS)}
    for mail in mails:
        told = [int(number) for number in re.findall(r"/films/5/#(\d+)$", words_of(mail), re.MULTILINE)]
        assert told == list(range(1, THINGS + 1))


def _database() -> dict[str, str]:
    """How another process comes to the database of this test."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return {worker.DATABASE_FILE: str(said["NAME"])}
    return {
        "VERITE_DATABASE_URL": f"postgresql://{said['USER']}:{said['PASSWORD']}"
        f"@{said['HOST']}:{said['PORT']}/{said['NAME']}"
    }
