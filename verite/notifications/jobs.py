"""When mails are made: each minute the outbox is looked into, and what is due goes on its way.

Each job does a little and enqueues what follows, so that ten thousand mails hold up no other job.
"""

from __future__ import annotations

from verite.core import clock, db
from verite.core.jobs import daily, every, job
from verite.notifications import actions, queries
from verite.notifications.topics import Subject, Topic


@every(minutes=1)
@job()
def look_into_outbox() -> None:
    """Let mails be due of those who follow what happened, and begin to send those that are."""
    if queries.is_outbox_waiting():
        with db.write():
            has_more, unfinished = actions.move_outbox(now=clock.now())
            for subject in unfinished:
                call_more_readers.enqueue(subject.topic.value, subject.about)
            if has_more:
                look_into_outbox.enqueue()
    if queries.is_mail_due(now=clock.now()):
        with db.write():
            deliver.enqueue()


@job()
def call_more_readers(topic: str, about: int) -> None:
    """Go on where one subject has very many readers."""
    with db.write():
        if not actions.call_readers(Subject(Topic(topic), about), now=clock.now()):
            call_more_readers.enqueue(topic, about)
        deliver.enqueue()


@job()
def deliver() -> None:
    """Write some of the due mails down and have them sent."""
    now = clock.now()
    with db.write():
        some = [actions.prepare_mails(now=now), actions.hand_over_kept(now=now)]
        if any(each.has_more for each in some):
            deliver.enqueue()


@daily(at="03:50")
@job()
def forget_old_news() -> None:
    """Delete what is not needed any more, and take care of mails whose job was given up."""
    now = clock.now()
    actions.reclaim_mails(now=now)
    actions.forget_old(now=now)
