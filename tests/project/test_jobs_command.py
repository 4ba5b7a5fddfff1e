"""Whoever looks after a site sees which jobs were given up and why, and brings them back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.verite_process import verite
from verite.core.db import write
from verite.core.jobs import queue
from verite.core.models import QueuedJob
from verite.project.command_line import run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ERROR = "TimeoutError in send, sending.py:70"

pytestmark = pytest.mark.django_db

Say = Callable[..., str]


def a_job(path: str = "some.job", *, due_at: datetime = NOON) -> int:
    with write():
        return queue.add(path, [], {}, due_at=due_at, now=NOON)


def a_dead_job(path: str = "some.job") -> int:
    job_id = a_job(path)
    taken = queue.take("a test", now=NOON, lease_until=NOON + timedelta(minutes=1))
    assert taken
    assert taken.id == job_id
    queue.bury(taken, now=NOON, error=ERROR)
    return job_id


@pytest.fixture
def say(data_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Answers with what a command line prints, on the database of the test."""
    monkeypatch.setattr("verite.project.data_folder.start", lambda: None)
    monkeypatch.setattr("verite.project.data_folder.prepare_database", lambda: None)

    def said(*arguments: str, status: int = 0) -> str:
        assert run(["jobs", *arguments]) == status
        told = capsys.readouterr()
        return told.err if status else told.out

    return said


def test_those_that_were_given_up_come_first_with_the_reason(say: Say) -> None:
    dead = a_dead_job("verite.notifications.sending.send")
    waiting = a_job("verite.ratings.jobs.count", due_at=NOON + timedelta(hours=1))

    first, second = say().splitlines()
    assert first.split() == [
        "dead",
        str(dead),
        "2026-03-01T12:00:00Z",
        "verite.notifications.sending.send",
        "attempts:",
        "1",
        *ERROR.split(),
    ]
    assert second.split()[:4] == [
        "waiting",
        str(waiting),
        "2026-03-01T13:00:00Z",
        "verite.ratings.jobs.count",
    ]


def test_programs_are_told_the_same(say: Say) -> None:
    dead = a_dead_job()

    [job] = json.loads(say("--json"))
    assert job == {
        "id": dead,
        "path": "some.job",
        "state": "dead",
        "attempts": 1,
        "due_at": "2026-03-01T12:00:00Z",
        "last_error": ERROR,
    }


def test_a_long_queue_is_not_listed_whole(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verite.project.commands.jobs.MOST", 2)
    for _number in range(3):
        a_job()

    assert [line.split()[0] for line in say().splitlines()] == ["waiting", "waiting", "There"]


def test_one_that_is_brought_back_has_all_its_attempts_again_and_the_others_stay(say: Say) -> None:
    back, still = a_dead_job("first.job"), a_dead_job("second.job")

    assert "1 brought back" in say("--retry", str(back))
    taken = queue.take("a test", now=datetime.now(UTC), lease_until=datetime.now(UTC) + timedelta(hours=1))
    assert taken
    assert (taken.id, taken.attempt) == (back, 1)
    assert QueuedJob.objects.get(pk=still).state == "dead"


def test_all_are_brought_back_and_what_waits_or_runs_is_left_alone(say: Say) -> None:
    for _number in range(2):
        a_dead_job()
    waiting = a_job(due_at=NOON + timedelta(hours=1))

    assert "2 brought back" in say("--retry", "all")
    assert not QueuedJob.objects.filter(state="dead").exists()
    assert QueuedJob.objects.get(pk=waiting).due_at == NOON + timedelta(hours=1)
    assert "None was given up" in say("--retry", "all")


def test_what_was_not_given_up_is_not_brought_back(say: Say) -> None:
    waiting = a_job()

    assert f"No job {waiting} was given up" in say("--retry", str(waiting), status=1)
    assert "No job 999 was given up" in say("--retry", "999", status=1)


def test_it_works_in_a_new_folder_and_tells_wrong_usage(tmp_path: Path) -> None:
    assert verite("jobs", data=tmp_path).stdout == "There are no jobs.\n"
    assert verite("jobs", "--retry", "some", data=tmp_path).returncode == 2
