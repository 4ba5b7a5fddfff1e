"""Jobs that a test's actions have enqueued; nothing runs them but this."""

from __future__ import annotations

from datetime import datetime, timedelta

from verite.core.db import moment, run, write
from verite.core.jobs import queue, running

LEASE = timedelta(minutes=1)


def run_due_jobs(now: datetime) -> int:
    """Do, in this thread and one after another, what is due at a pinned moment; how many jobs were begun.

    What was enqueued without delay is due, though by the real clock; what a job enqueues in turn is done too.
    One that fails is tried again by a later call, with ``now`` moved on. Read what failed in ``failures()``.
    """
    begun = 0
    while taken := _take(now):
        begun += 1
        running.carry_out(taken, clock=lambda: now)
    return begun


def failures() -> list[str]:
    """What went wrong with jobs that wait for another attempt or were given up: type and place."""
    from verite.core.models import QueuedJob

    return list(QueuedJob.objects.exclude(last_error="").order_by("id").values_list("last_error", flat=True))


def _take(now: datetime) -> queue.Taken | None:
    with write():
        run(
            "UPDATE core_job SET due_at = %s WHERE state = 'waiting' AND due_at = enqueued_at",
            [moment(now)],
        )
    return queue.take("a test", now=now, lease_until=now + LEASE)
