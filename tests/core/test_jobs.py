"""Jobs wait in the transaction that causes them, are done, tried again, or given up."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec

import pytest

from tests.due_jobs import failures, run_due_jobs
from verite.core import db
from verite.core.db import write
from verite.core.jobs import job, queue, running
from verite.core.jobs.tasks import ATTEMPTS, Job
from verite.core.jobs.worker import Worker
from verite.core.models import QueuedJob

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

P = ParamSpec("P")

done: list[object] = []


@job()
def note_down(word: object, *, by: str = "") -> None:
    done.append((word, by) if by else word)


@job(attempts=3)
def fail(address: str) -> None:
    done.append(address)
    raise LookupError(address)


@job()
def go_on(number: int) -> None:
    done.append(number)
    if number:
        with write():
            go_on.enqueue(number - 1)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def wait(work: Job[P], *args: P.args, **kwargs: P.kwargs) -> None:
    with write():
        work.enqueue(*args, **kwargs)


def only_row() -> QueuedJob:
    return QueuedJob.objects.get()


def take(now: datetime) -> queue.Taken:
    taken = queue.take("a worker", now=now, lease_until=now + MINUTE)
    assert taken
    return taken


def test_a_job_is_done_once_what_caused_it_is_certain() -> None:
    with write():
        note_down.enqueue("published")
        assert done == []

    assert run_due_jobs(NOON) == 1
    assert done == ["published"]
    assert run_due_jobs(NOON) == 0


def test_a_job_whose_cause_was_undone_never_runs() -> None:
    def publish_and_fail() -> None:
        with write():
            note_down.enqueue("published")
            raise LookupError

    with pytest.raises(LookupError):
        publish_and_fail()

    assert run_due_jobs(NOON) == 0
    assert done == []


def test_a_job_without_a_cause_is_refused() -> None:
    with pytest.raises(db.WriteRefused):
        note_down.enqueue("out of the blue")


def test_a_job_is_told_its_arguments_as_json_carries_them() -> None:
    wait(note_down, {"films": [1, None, "Ñandú"]}, by="name")

    run_due_jobs(NOON)

    assert done == [({"films": [1, None, "Ñandú"]}, "name")]


def test_what_json_cannot_carry_is_refused_where_it_is_enqueued() -> None:
    with pytest.raises(TypeError):
        wait(note_down, NOON)


def test_jobs_that_wait_for_the_same_are_done_by_one_run() -> None:
    for word in ("mails", "index", "mails", "mails"):
        wait(note_down, word)

    assert run_due_jobs(NOON) == 2
    assert sorted(map(str, done)) == ["index", "mails"]


def test_the_same_that_is_enqueued_while_one_runs_is_done_once_more() -> None:
    wait(note_down, "mails")
    taken = take(datetime.now(UTC))
    wait(note_down, "mails")

    running.carry_out(taken, clock=lambda: NOON)

    assert done == ["mails"]
    run_due_jobs(NOON)
    assert done == ["mails", "mails"]


def test_a_delayed_job_is_not_done_by_the_run_of_one_that_is_due() -> None:
    wait(note_down.using(run_after=NOON + MINUTE), "mails")
    wait(note_down, "mails")

    run_due_jobs(NOON)
    assert done == ["mails"]
    run_due_jobs(NOON + MINUTE)
    assert done == ["mails", "mails"]


def test_what_has_been_due_longest_is_done_first() -> None:
    for minutes in (3, 1, 2):
        wait(note_down.using(run_after=NOON + minutes * MINUTE), minutes)

    run_due_jobs(NOON + 3 * MINUTE)

    assert done == [1, 2, 3]


def test_a_job_may_enqueue_its_own_next_piece() -> None:
    wait(go_on, 3)

    assert run_due_jobs(NOON) == 4
    assert done == [3, 2, 1, 0]


def test_a_job_that_fails_is_tried_again_after_longer_and_longer_pauses() -> None:
    wait(fail, "somebody@films.example")
    now = NOON
    run_due_jobs(now)

    first = only_row().due_at - now
    assert timedelta(seconds=2.5) <= first <= timedelta(seconds=5)
    assert run_due_jobs(now + first - timedelta(microseconds=1)) == 0
    now += first
    assert run_due_jobs(now) == 1
    assert timedelta(seconds=5) <= only_row().due_at - now <= timedelta(seconds=10)
    assert len(done) == 2


def test_pauses_grow_to_an_hour_and_differ_by_chance() -> None:
    for attempt in (11, 20, 10_000):
        assert timedelta(minutes=30) <= running.pause(attempt) <= timedelta(hours=1)
    assert len({running.pause(5) for _ in range(20)}) > 1


def test_a_job_that_fails_too_often_is_given_up_and_kept(caplog: pytest.LogCaptureFixture) -> None:
    wait(fail, "somebody@films.example")

    for day in range(5):
        run_due_jobs(NOON + timedelta(days=day))

    assert len(done) == 3
    row = only_row()
    assert row.state == "dead"
    assert json.loads(row.arguments) == [["somebody@films.example"], {}]
    (error,) = failures()
    assert error.startswith("LookupError in fail, test_jobs.py:")
    assert queue.standing(overdue_since=NOON + timedelta(days=9)) == queue.Standing(dead=1, overdue=0)
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 3
    assert "attempt 3 of 3: LookupError" in caplog.messages[2]
    assert "somebody@" not in caplog.text + error


def test_a_job_that_is_no_longer_known_fails_like_any_other() -> None:
    with write():
        for path in ("verite.gone.jobs.deliver", "os.remove", "plain"):
            queue.add(path, ["/etc/passwd"], {}, due_at=NOON, now=NOON)

    assert run_due_jobs(NOON) == 3
    assert [error.partition(" ")[0] for error in failures()] == ["NoSuchJob"] * 3


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    wait(note_down, "poison")
    now = datetime.now(UTC)
    for attempt in range(1, ATTEMPTS + 1):
        assert take(now).attempt == attempt
        now += MINUTE

    running.carry_out(take(now), clock=lambda: now)

    assert done == []
    assert only_row().state == "dead"
    assert failures()[0].startswith("WorkerDied")


def test_a_job_in_the_hands_of_a_worker_is_not_taken_until_its_lease_is_over() -> None:
    wait(note_down, "long")
    now = datetime.now(UTC)
    taken = take(now)

    assert (
        queue.take("another", now=now + MINUTE - timedelta(seconds=1), lease_until=now + 2 * MINUTE) is None
    )
    assert queue.keep(taken, lease_until=now + 2 * MINUTE)
    assert queue.take("another", now=now + MINUTE, lease_until=now + 3 * MINUTE) is None
    again = queue.take("another", now=now + 2 * MINUTE, lease_until=now + 3 * MINUTE)
    assert again
    assert again.attempt == 2


Ending = Callable[[queue.Taken], Any]


@pytest.mark.parametrize(
    "end",
    [
        queue.finish,
        lambda taken: queue.retry(taken, due_at=NOON, error="late"),
        lambda taken: queue.bury(taken, now=NOON, error="late"),
        lambda taken: queue.hand_back(taken, now=NOON),
        lambda taken: queue.keep(taken, lease_until=NOON),
    ],
    ids=["finish", "retry", "bury", "hand back", "keep"],
)
def test_a_worker_that_overslept_changes_nothing_of_the_next_ones_job(end: Ending) -> None:
    wait(note_down, "long")
    now = datetime.now(UTC)
    overslept = take(now)
    take(now + MINUTE)
    before = QueuedJob.objects.values().get()

    assert not end(overslept)

    assert QueuedJob.objects.values().get() == before


def test_a_job_handed_back_is_due_at_once_and_has_lost_no_attempt() -> None:
    wait(note_down, "long")
    now = datetime.now(UTC)

    queue.hand_back(take(now), now=now)

    assert take(now).attempt == 1


def test_a_worker_does_what_is_due_and_says_when_nothing_is() -> None:
    wait(note_down, "mails")
    worker = Worker(lease=MINUTE, clock=lambda: datetime.now(UTC) + MINUTE)

    assert worker.run_next()
    assert done == ["mails"]
    assert not worker.run_next()
