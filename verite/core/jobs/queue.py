"""The queue: one table, in the database of what causes the work and of what the work changes.

A job waits until ``due_at``. Whoever takes it moves ``due_at`` on to the end of a lease, and goes on moving it
while the job runs; a worker that was killed no longer does, and the job is due again. A job that is done is
deleted, one that is given up stays as *dead*, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import connection

from verite.core import db

_ADD = """
INSERT INTO core_job (path, arguments, digest, state, due_at, attempts, leased_by, last_error, enqueued_at)
VALUES (%s, %s, %s, 'waiting', %s, 0, '', '', %s) RETURNING id
"""
# Word for word the condition of the index, or SQLite does not use it.
_DUE = "SELECT id FROM core_job WHERE state IN ('waiting', 'running') AND due_at <= %s"
_TAKE = f"""
UPDATE core_job SET state = 'running', attempts = attempts + 1, leased_by = %s, due_at = %s
WHERE id = ({_DUE} ORDER BY due_at, id LIMIT 1{{skip_locked}})
RETURNING id, path, arguments, digest, attempts
"""  # noqa: S608 (our own text)
# What waits for the same was committed by now, so the job that is about to begin sees all that it was to see.
_TAKE_SAME = """
DELETE FROM core_job WHERE id IN
(SELECT id FROM core_job WHERE state = 'waiting' AND digest = %s AND due_at <= %s{skip_locked})
"""
# Whose lease ran out may find the job in other hands: that is another attempt.
_HELD = "id = %s AND state = 'running' AND attempts = %s"
_KEEP = f"UPDATE core_job SET due_at = %s WHERE {_HELD} RETURNING id"  # noqa: S608
_FINISH = f"DELETE FROM core_job WHERE {_HELD}"  # noqa: S608
_END = f"UPDATE core_job SET state = %s, due_at = %s, leased_by = '', last_error = %s WHERE {_HELD}"  # noqa: S608
_HAND_BACK = f"""
UPDATE core_job SET state = 'waiting', due_at = %s, leased_by = '', attempts = attempts - 1 WHERE {_HELD}
"""  # noqa: S608
_STANDING = """
SELECT count(CASE WHEN state = 'dead' THEN 1 END), count(CASE WHEN state <> 'dead' AND due_at <= %s THEN 1 END)
FROM core_job
"""

_KEPT = """
SELECT id, path, state, attempts, due_at, last_error FROM core_job
ORDER BY CASE state WHEN 'dead' THEN 1 WHEN 'running' THEN 2 ELSE 3 END, due_at, id LIMIT %s
"""
_BRING_BACK = "UPDATE core_job SET state = 'waiting', due_at = %s, attempts = 0 WHERE state = 'dead'"


@dataclass(frozen=True, slots=True)
class Taken:
    """A job in the hands of one worker, which is the only one to be told it until the lease runs out.

    Attributes:
        path: where its function is, ``verite.accounts.jobs.forget_expired``.
        attempt: how often it has been begun, this time included.
    """

    id: int
    path: str
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    attempt: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A job that is in the queue, for whoever looks after the site.

    Attributes:
        state: ``waiting``, ``running`` or ``dead``.
        due_at: when it is begun; of one that runs, when its lease ends; of a dead one, when it was given up.
        last_error: type and place of what went wrong last; empty while nothing did.
    """

    id: int
    path: str
    state: str
    attempts: int
    due_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the queue stands: jobs that were given up, and jobs that should have begun."""

    dead: int
    overdue: int


def add(path: str, args: Sequence[Any], kwargs: Mapping[str, Any], *, due_at: datetime, now: datetime) -> int:
    """Let a job wait; the answer is its id.

    Raises:
        WriteRefused: no write transaction is open.
        TypeError: JSON cannot carry an argument.
    """
    db.current_write()
    arguments = json.dumps([args, kwargs], sort_keys=True)
    digest = blake2b(f"{path}\n{arguments}".encode(), digest_size=16).hexdigest()
    (job_id,) = db.one(_ADD, [path, arguments, digest, db.moment(due_at), db.moment(now)])
    return int(job_id)


def is_anything_due(*, now: datetime) -> bool:
    """Whether there is something to take. A worker asks this twice a second, and it takes no lock."""
    return db.row(f"{_DUE} LIMIT 1", [db.moment(now)]) is not None


def take(worker: str, *, now: datetime, lease_until: datetime) -> Taken | None:
    """Take the job that has been due longest, and with it those that wait for the same; None where none is due."""
    skip_locked = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    with db.write():
        found = db.row(
            _TAKE.format(skip_locked=skip_locked), [worker, db.moment(lease_until), db.moment(now)]
        )
        if found is None:
            return None
        job_id, path, arguments, digest, attempt = found
        db.run(_TAKE_SAME.format(skip_locked=skip_locked), [digest, db.moment(now)])
    args, kwargs = json.loads(arguments)
    return Taken(job_id, path, args, kwargs, attempt)


def keep(taken: Taken, *, lease_until: datetime) -> bool:
    """Hold a job longer; False where it is in other hands already."""
    with db.write():
        return db.row(_KEEP, [db.moment(lease_until), taken.id, taken.attempt]) is not None


def finish(taken: Taken) -> None:
    """The job is done."""
    with db.write():
        db.run(_FINISH, [taken.id, taken.attempt])


def retry(taken: Taken, *, due_at: datetime, error: str) -> None:
    """The job failed, and is tried again."""
    with db.write():
        db.run(_END, ["waiting", db.moment(due_at), error, taken.id, taken.attempt])


def bury(taken: Taken, *, now: datetime, error: str) -> None:
    """The job is given up, and kept with the reason."""
    with db.write():
        db.run(_END, ["dead", db.moment(now), error, taken.id, taken.attempt])


def hand_back(taken: Taken, *, now: datetime) -> None:
    """The worker is told to stop before the job is done: another may begin it at once, and it was no attempt."""
    with db.write():
        db.run(_HAND_BACK, [db.moment(now), taken.id, taken.attempt])


def standing(*, overdue_since: datetime) -> Standing:
    """How many jobs were given up, and how many should have begun by ``overdue_since``."""
    return Standing(*db.one(_STANDING, [db.moment(overdue_since)]))


def kept(*, most: int) -> list[Kept]:
    """What is in the queue: jobs that were given up, then those that run, then those that wait, as they are due."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [most])
        return [
            Kept(job_id, path, state, attempts, db.aware(due_at), error)
            for job_id, path, state, attempts, due_at, error in cursor.fetchall()
        ]


def bring_back(job_id: int | None, *, now: datetime) -> int:
    """Let a job that was given up wait again, or all of them, with all attempts before it; how many they were."""
    which, given = ("", []) if job_id is None else (" AND id = %s", [job_id])
    with db.write(), connection.cursor() as cursor:
        cursor.execute(_BRING_BACK + which, [db.moment(now), *given])
        return int(cursor.rowcount)
