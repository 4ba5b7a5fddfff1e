"""Workers in processes of their own, alone and beside a server: killed, stopped, and several at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.attendants import ask, attended
from tests.serving.conftest import new_migrated_database
from tests.serving.site import free_port, until
from tests.verite_process import PATIENCE_SECONDS, REPOSITORY, environment

LONG = 3600

WORKER = """
import sys
from verite.core.jobs import worker
from verite.project.command_line import run
worker.SECONDS_TO_FINISH = float(sys.argv[1])
sys.exit(run(["worker"]))
"""


@dataclass(frozen=True)
class Trace:
    """Who did what."""

    name: str
    what: str
    pid: int


@dataclass
class Workplace:
    """A data folder and its queue.

    Attributes:
        database_url: of an empty database; "" for a file in the data folder.
    """

    data: Path
    database_url: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def settings(self, lease: int) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "verite.project.settings",
            "VERITE_DATABASE_URL": self.database_url,
            "VERITE_JOB_LEASE_SECONDS": str(lease),
        }

    def start(self, *command: str, lease: int) -> subprocess.Popen[bytes]:
        """Start a Python program on this data folder."""
        with (self.data / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=REPOSITORY,
                env=environment(self.data, self.settings(lease)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def worker(self, *, lease: int = LONG, seconds_to_finish: float = LONG) -> subprocess.Popen[bytes]:
        return self.start("-c", WORKER, str(seconds_to_finish), lease=lease)

    def server(self, *arguments: str) -> subprocess.Popen[bytes]:
        return self.start("-m", "verite", "serve", f"--port={free_port()}", *arguments, lease=LONG)

    def run(self, code: str) -> str:
        """What a program prints that has Django set up."""
        printed: str = ask("tests.serving.running_code", self.data, code, self.settings(LONG))
        return printed.strip()

    def enqueue(self, *jobs: str) -> None:
        """Enqueue jobs in one transaction: ``"note.enqueue('a')"``."""
        lines = "\n    ".join(jobs)
        self.run(f"from datetime import *\nfrom verite.core import clock, db\nwith db.write():\n    {lines}")

    def traces(self, name: str = "") -> list[Trace]:
        """What has been done so far; of one job, or of all."""
        file = self.data / "done"
        lines = file.read_text().splitlines() if file.exists() else []
        found = [Trace(first, what, int(pid)) for first, what, pid in map(str.split, lines)]
        return [trace for trace in found if name in ("", trace.name)]

    def wait_for(self, name: str, what: str, count: int = 1) -> list[Trace]:
        """The traces of a job once it has so many of a kind."""

        def there() -> list[Trace]:
            return [trace for trace in self.traces(name) if trace.what == what]

        until(lambda: len(there()) >= count, f"{name} {what}; {(self.data / 'log').read_text()}")
        return there()

    def wait_until_empty(self) -> None:
        """No job of a test's waits or runs, and none was given up; the clock may have enqueued others."""
        left = (
            "from verite.core.models import QueuedJob\n"
            "print(QueuedJob.objects.filter(path__startswith='tests.').count())"
        )
        until(lambda: self.run(left) == "0", "the queue is empty")

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """One database for all tests here; each of them leaves its queue empty."""
    data = tmp_path_factory.mktemp("workplace")
    with attended(data):
        yield Workplace(data, new_migrated_database(data))


@pytest.fixture
def workplace(prepared: Workplace) -> Iterator[Workplace]:
    for name in ("done", "log"):
        (prepared.data / name).unlink(missing_ok=True)
    place = Workplace(prepared.data, prepared.database_url)
    try:
        yield place
    finally:
        place.close()


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody asked about does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    assert process.wait(PATIENCE_SECONDS) == 0


def test_what_a_killed_worker_had_begun_the_next_one_does(workplace: Workplace) -> None:
    workplace.enqueue("hold.enqueue('killed')")
    victim = workplace.worker(lease=1)
    workplace.wait_for("killed", "began")
    victim.kill()
    victim.wait()

    (workplace.data / "killed").touch()
    heir = workplace.worker()
    workplace.wait_for("killed", "ended")

    assert [(trace.what, trace.pid) for trace in workplace.traces("killed")] == [
        ("began", victim.pid),
        ("began", heir.pid),
        ("ended", heir.pid),
    ]
    workplace.wait_until_empty()


def test_a_long_job_is_kept_by_its_worker_beyond_the_lease(workplace: Workplace) -> None:
    workplace.enqueue("hold.enqueue('long')")
    workplace.worker(lease=3)  # long enough for a heart to beat on a machine that has much else to do
    workplace.wait_for("long", "began")
    other = workplace.worker()

    # The other one has nothing to do but to take the long job away; more than a lease later it is asked.
    workplace.enqueue("note.using(run_after=clock.now() + timedelta(seconds=4)).enqueue('later')")
    assert workplace.wait_for("later", "did")[0].pid == other.pid
    (workplace.data / "long").touch()
    workplace.wait_for("long", "ended")

    assert [trace.what for trace in workplace.traces("long")] == ["began", "ended"]
    workplace.wait_until_empty()


def test_no_job_is_done_by_two_workers(workplace: Workplace) -> None:
    workplace.enqueue("hold.enqueue('left')", "hold.enqueue('right')")
    workers = [workplace.worker(), workplace.worker()]
    for gate in ("left", "right"):
        workplace.wait_for(gate, "began")
    workplace.enqueue("for number in range(200): alone.enqueue(f'alone-{number}')")
    for gate in ("left", "right"):
        (workplace.data / gate).touch()
    workplace.wait_until_empty()

    done = [trace for trace in workplace.traces() if trace.name.startswith("alone")]
    assert Counter(trace.name for trace in done) == {f"alone-{number}": 1 for number in range(200)}
    assert {trace.pid for trace in done} == {worker.pid for worker in workers}
    assert "failed" not in (workplace.data / "log").read_text()


def test_a_worker_that_is_told_to_stop_ends_its_job_first(workplace: Workplace) -> None:
    workplace.enqueue("hold.enqueue('under-way')")
    worker = workplace.worker()
    workplace.wait_for("under-way", "began")

    worker.terminate()
    (workplace.data / "under-way").touch()

    assert worker.wait(PATIENCE_SECONDS) == 0
    assert [trace.what for trace in workplace.traces("under-way")] == ["began", "ended"]
    workplace.wait_until_empty()


def test_a_job_that_takes_too_long_to_end_is_handed_back_at_once(workplace: Workplace) -> None:
    workplace.enqueue("hold.enqueue('endless')")
    worker = workplace.worker(seconds_to_finish=0.1)
    workplace.wait_for("endless", "began")

    stop(worker)
    (workplace.data / "endless").touch()
    heir = workplace.worker()  # its lease of an hour would be too long to wait for

    assert workplace.wait_for("endless", "ended")[0].pid == heir.pid
    workplace.wait_until_empty()


def test_a_server_does_jobs_and_takes_its_worker_along_when_it_stops(workplace: Workplace) -> None:
    server = workplace.server()
    workplace.enqueue("note.enqueue('beside')")
    worker = workplace.wait_for("beside", "did")[0].pid
    assert worker != server.pid

    stop(server)

    assert not lives(worker)


def test_a_worker_that_dies_beside_a_server_is_replaced(workplace: Workplace) -> None:
    server = workplace.server("--workers=2")
    workplace.enqueue("note.enqueue('first')")
    first = workplace.wait_for("first", "did")[0].pid

    os.kill(first, signal.SIGKILL)
    workplace.enqueue("note.enqueue('second')")
    second = workplace.wait_for("second", "did")[0].pid

    assert second not in (first, server.pid)
    stop(server)
    assert not lives(second)


def test_no_worker_outlives_a_server_that_was_killed(workplace: Workplace) -> None:
    server = workplace.server()
    workplace.enqueue("note.enqueue('orphan')")
    worker = workplace.wait_for("orphan", "did")[0].pid

    server.kill()
    server.wait()

    until(lambda: not lives(worker), "the worker ends too")


def test_a_server_without_a_worker_leaves_jobs_to_others(workplace: Workplace) -> None:
    server = workplace.server("--no-worker")
    until(lambda: "is at http" in (workplace.data / "log").read_text(), "the server listens")
    worker = workplace.worker()
    workplace.enqueue("for number in range(20): note.enqueue(f'left-{number}')")
    until(lambda: len(workplace.traces()) == 20, "all are done")

    assert {trace.pid for trace in workplace.traces()} == {worker.pid}
    stop(server)
