"""Mails of a burst to thousands of readers, while the worker that sends them is killed again and again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from bench.report import Figure
from tests.notifications import worker
from tests.notifications.crowd import burst, email_of, make_readers
from tests.notifications.mail_server import Mailroom, mail_server
from tests.notifications.site import words_of
from verite.core import clock
from verite.notifications.models import Mail

PATIENCE_SECONDS = 1800
LOOK_EVERY_SECONDS = 0.5


def figures(data: Path, *, readers: int, things: int, kills: int) -> list[Figure]:
    """All that the issue asks of notifications, and how long it takes."""
    now = clock.now()
    make_readers(readers, now=now - timedelta(minutes=1))
    burst(things, kind=worker.KIND, now=now)
    began = time.monotonic()
    with mail_server() as mailroom:
        killed = _send_all(data, mailroom, readers=readers, kills=kills)
    seconds = time.monotonic() - began
    mails = mailroom.mails()
    ids = {mail["Message-ID"]: mail for mail in mails}
    each = Counter(mail["To"] for mail in ids.values())
    lost = sum(things - _told(mails) for mails in _by_reader(list(ids.values()), readers))
    doubles = len(mails) - len(ids)
    return [
        Figure("kills of the worker", f"{kills}", f"{killed}", killed == kills),
        Figure("comments that a reader was not told", "0", f"{lost} of {readers * things:,}", lost == 0),
        Figure("mails to one reader in an interval", "≤ 1", f"{max(each.values())}", max(each.values()) == 1),
        Figure("mails sent twice, under one Message-ID", f"≤ {kills}", f"{doubles}", doubles <= killed),
        Figure(
            f"{readers:,} mails of {things} comments",
            "",
            f"{seconds:.0f} s, {readers / seconds:.0f} a second",
        ),
    ]


def _send_all(data: Path, mailroom: Mailroom, *, readers: int, kills: int) -> int:
    """Let workers send all; how often one was killed."""
    moments = [readers * (number + 1) // (kills + 1) for number in range(kills)]
    unsaid, said = set(moments[::2]), set(moments[1::2])
    running = [worker.start(data, mailroom.url)]

    def kill_at(chosen: set[int], number: int) -> None:
        if number in chosen:
            worker.kill(running[-1])
            running.append(worker.start(data, mailroom.url))

    mailroom.when_taken = lambda number: kill_at(unsaid, number)
    mailroom.when_said = lambda number: kill_at(said, number)
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while Mail.objects.filter(state=Mail.State.SENT).count() < readers and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY_SECONDS)
    finally:
        worker.kill(running[-1])
    return len(running) - 1


def _by_reader(mails: Sequence[EmailMessage], readers: int) -> list[list[EmailMessage]]:
    found: dict[str, list[EmailMessage]] = {email_of(number): [] for number in range(readers)}
    for mail in mails:
        found[mail["To"]].append(mail)
    return list(found.values())


def _told(mails: Sequence[EmailMessage]) -> int:
    """How many different things a reader was told."""
    return len({line for mail in mails for line in words_of(mail).splitlines() if "/films/5/#" in line})
