"""The write transaction and the read moment, with real commits."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import close_old_connections, connection, transaction

from tests.serving.site import ROOT, environment
from verite.core.db import (
    DatabaseReadOnly,
    DatabaseUnreachable,
    Deadlock,
    DiskFull,
    WriteRefused,
    snapshot,
    write,
)
from verite.core.freshness import follow, touch, versions
from verite.core.models import Freshness

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Callable[[], object]) -> None:
    """Do something in another thread, which has a connection of its own, and wait for it."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def change(*keys: str) -> None:
    with write():
        touch(*keys)


def change_and_fail() -> None:
    with write():
        Freshness.objects.create(key="row", version=5)
        touch("film:1")
        raise ZeroDivisionError


def test_each_transaction_raises_a_version_by_one_however_often_it_touches() -> None:
    with write():
        touch("film:1", "film:2")
        touch("film:1")
    change("film:1")
    assert versions(["film:1", "film:2", "film:3"]) == {"film:1": 2, "film:2": 1, "film:3": 0}


def test_more_keys_than_fit_one_statement_are_all_touched() -> None:
    keys = [f"film:{number}" for number in range(1201)]
    change(*keys)
    assert versions(keys) == dict.fromkeys(keys, 1)


def test_a_write_that_fails_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert versions(["row", "film:1"]) == {"row": 0, "film:1": 0}
    with pytest.raises(WriteRefused):
        touch("film:1")


def test_a_write_inside_a_write_is_part_of_it() -> None:
    def change_inside_and_fail() -> None:
        with write():
            change("film:1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_inside_and_fail()
    assert versions(["film:1"]) == {"film:1": 0}


def test_a_failure_inside_can_be_caught_outside() -> None:
    with write():
        with pytest.raises(ZeroDivisionError):
            change_and_fail()
        touch("film:2")
    assert versions(["row", "film:2"]) == {"row": 0, "film:2": 1}


def test_a_hook_that_runs_at_the_commit_may_write() -> None:
    with write():
        transaction.on_commit(lambda: change("film:2"))
        touch("film:1")
    assert versions(["film:1", "film:2"]) == {"film:1": 1, "film:2": 1}


def test_touching_outside_a_write_is_refused() -> None:
    with pytest.raises(WriteRefused, match="write"):
        touch("film:1")


def test_whoever_reads_a_moment_cannot_write_in_it() -> None:
    with snapshot(), pytest.raises(WriteRefused), write():
        pass
    change("film:1")  # and can again afterwards


def test_a_snapshot_sees_one_moment_only() -> None:
    change("film:1")
    with snapshot():
        before = versions(["film:1"])
        elsewhere(lambda: change("film:1"))
        assert versions(["film:1"]) == before
    assert versions(["film:1"]) == {"film:1": 2}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Nobody cuts the line to an SQLite file.")
def test_a_snapshot_sees_one_moment_on_a_line_that_had_to_be_opened_again() -> None:
    change("film:1")
    line = connection.connection.info.backend_pid
    elsewhere(lambda: connection.cursor().execute("SELECT pg_terminate_backend(%s, 5000)", [line]))
    close_old_connections()  # as every request begins
    with snapshot():
        before = versions(["film:1"])
        elsewhere(lambda: change("film:1"))
        assert versions(["film:1"]) == before


def test_a_snapshot_keeps_nobody_from_writing() -> None:
    with snapshot():
        versions(["film:1"])
        elsewhere(lambda: change("film:1"))  # would wait for the busy timeout if the snapshot held a lock
    assert versions(["film:1"]) == {"film:1": 1}


def test_writing_works_as_before_after_a_snapshot() -> None:
    with snapshot():
        versions(["film:1"])
    with write():
        touch("film:1")
        elsewhere(lambda: versions(["film:1"]))
    assert versions(["film:1"]) == {"film:1": 1}


def test_followers_hear_of_every_touched_id_once_and_in_the_same_transaction() -> None:
    heard: list[set[int]] = []

    def listen(ids: set[int]) -> None:
        heard.append(ids)
        touch("echo:1")

    follow("followed", listen)
    with write():
        touch("followed:1", "other:5")
        touch("followed:2", "followed:1")
    assert heard == [{1, 2}]
    assert versions(["echo:1", "followed:1"]) == {"echo:1": 1, "followed:1": 1}


def test_a_follower_that_fails_takes_the_whole_write_with_it() -> None:
    def fail(ids: set[int]) -> None:
        raise ZeroDivisionError

    follow("doomed", fail)
    with pytest.raises(ZeroDivisionError):
        change("doomed:1", "film:1")
    assert versions(["film:1"]) == {"film:1": 0}


# On files and processes of their own: what the disk and other programs do to us.


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The data folder of a site with tables and nothing in them."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files.")
    assert (
        run_in(
            tmp_path, "from django.core.management import call_command; call_command('migrate', verbosity=0)"
        )
        == ""
    )
    return tmp_path


def run_in(data: Path, code: str) -> str:
    """What a Python process of the site prints; its last line is the error it ended with, if any."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=environment(data),
        cwd=ROOT,
        text=True,
        capture_output=True,
    )
    return done.stdout + (done.stderr.splitlines() or [""])[-1]


WRITE_MANY = """
import sys
from verite.core.db import write
from verite.core.freshness import touch
sys.stdin.read(1)
for number in range(250):
    with write():
        touch("counted", f"film:{number % 7}")
"""


def test_four_writing_processes_never_meet_a_locked_database(database: Path) -> None:
    setup = f"import django; django.setup()\n{WRITE_MANY}"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", setup],
            env=environment(database),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    errors = [writer.communicate(b"go")[1] for writer in writers]
    assert errors == [b""] * 4
    counted = run_in(database, "from verite.core.freshness import versions; print(versions(['counted']))")
    assert counted == "{'counted': 1000}\n"


def test_a_writer_waits_for_its_turn(database: Path) -> None:
    code = """
from verite.core.db import write
from verite.core.freshness import versions
print("waits", flush=True)
with write(): print(versions(["row"])["row"])
"""
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    with (database / "verite.sqlite3.write-lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with subprocess.Popen(
            command, env=environment(database), cwd=ROOT, text=True, stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "waits\n"
            # Who has the turn need not have the database yet, and nobody else takes it meanwhile.
            run_in(
                database,
                "from verite.core.models import Freshness as F; F.objects.create(key='row', version=5)",
            )
            fcntl.flock(turn, fcntl.LOCK_UN)
            assert writer.stdout.read() == "5\n"


def test_a_full_disk_is_told_in_plain_words_and_nothing_is_lost(database: Path) -> None:
    said = run_in(
        database,
        """
from django.db import connection
from verite.core.db import DiskFull, write
from verite.core.freshness import touch, versions
with write(): touch("before")
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count"); pages = cursor.fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {pages}")
try:
    with write():
        touch("before", *(f"{'x' * 3000}:{number}" for number in range(50)))
except DiskFull as error:
    print(error)
print(versions(["before"]))
""",
    )
    assert said == f"{DiskFull(FULL_WORDS)}\n{{'before': 1}}\n"


FULL_WORDS = "The disk that holds the database is full. Nothing was saved. Free some space and try again."


def test_a_read_only_folder_is_told_in_plain_words(database: Path) -> None:
    said = run_in(
        database,
        """
import os
from django.db import connection
from verite.core.db import write
with write(): pass
connection.close()
os.chmod(os.environ["VERITE_DATA"], 0o555)
for name in os.listdir(os.environ["VERITE_DATA"]):
    os.chmod(os.path.join(os.environ["VERITE_DATA"], name), 0o444)
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
with write(): pass
""",
    )
    assert "DatabaseReadOnly" in said
    assert "--data" in said


def test_a_database_that_another_program_holds_is_told_in_plain_words(database: Path) -> None:
    said = run_in(
        database,
        """
from django.conf import settings
from django.db import connection
connection.settings_dict["OPTIONS"]["timeout"] = 0.1
import sqlite3  # the same library: locks do not hold between two of them in one process
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
from verite.core.db import write
with write(): pass
""",
    )
    assert "DatabaseBusy" in said


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("53100", DiskFull),
        ("25006", DatabaseReadOnly),
        ("40P01", Deadlock),
        ("57P01", DatabaseUnreachable),
        ("08006", DatabaseUnreachable),
        ("23505", None),
    ],
)
def test_postgresql_troubles_have_the_same_words(state: str, trouble: type | None) -> None:
    from django.db import OperationalError
    from psycopg import errors

    from verite.core.db.errors import explained

    error = OperationalError()
    error.__cause__ = errors.lookup(state)()
    found = explained(error)
    assert (type(found) if found else None) is trouble
