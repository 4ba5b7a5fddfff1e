"""A data folder that cannot be used is refused in words, and left as it was."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verite_process import REPOSITORY, environment, migrated, verite
from verite.project.data_folder import BadDataFolder, only_one


def test_an_empty_folder_is_prepared_by_the_command_that_meets_it(tmp_path: Path) -> None:
    data = tmp_path / "new" / "site"
    assert verite("migrate", data=data).returncode == 0
    assert (data / "verite.sqlite3").exists()
    assert verite("migrate", "--check", data=data).stdout == "The database is up to date.\n"


def test_a_folder_from_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    migrated(tmp_path)
    database = tmp_path / "verite.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('catalogue', '0999_later', '2030-01-01')"
        )
    connection.close()
    before = database.read_bytes()
    answer = verite("serve", data=tmp_path)
    assert answer.returncode == 1
    assert "newer version" in answer.stderr
    assert "catalogue.0999_later" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert database.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "site"
    data.mkdir(mode=0o555)
    answer = verite("serve", data=data, bound_by_permissions=True)
    assert answer.returncode == 1
    assert f"The data folder {data} cannot be written" in answer.stderr
    assert "--data DIR" in answer.stderr
    assert list(data.iterdir()) == []


def test_something_else_where_the_database_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "verite.sqlite3").write_bytes(b"a letter, not a database" * 100)
    answer = verite("migrate", data=tmp_path)
    assert answer.returncode == 1
    assert "database" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (tmp_path / "verite.sqlite3").read_bytes().startswith(b"a letter")


def test_a_disk_that_has_no_room_for_tables_is_told_in_one_line(tmp_path: Path) -> None:
    command = ["sh", "-c", f'ulimit -f 100; exec "{sys.executable}" -m verite migrate']
    answer = subprocess.run(
        command, cwd=REPOSITORY, env=environment(tmp_path), capture_output=True, text=True
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("verite: The database")
    assert answer.stderr.count("\n") == 1


def test_only_one_process_at_a_time_holds_a_folder(tmp_path: Path) -> None:
    lock = tmp_path / "serve.lock"
    with only_one(lock), pytest.raises(BadDataFolder, match="already using"), only_one(lock):
        pass
    with only_one(lock):
        pass


def test_doctor_finds_nothing_wrong_with_a_fresh_folder(tmp_path: Path) -> None:
    migrated(tmp_path)
    answer = verite("doctor", data=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "integrity: no fault found" in answer.stdout


def test_doctor_notices_a_key_that_others_may_read(tmp_path: Path) -> None:
    migrated(tmp_path)
    (tmp_path / "secret-key").chmod(0o644)
    answer = verite("doctor", data=tmp_path)
    assert answer.returncode == 1
    assert "chmod 600" in answer.stdout


def test_doctor_says_that_a_database_is_none(tmp_path: Path) -> None:
    (tmp_path / "verite.sqlite3").write_bytes(b"a letter, not a database" * 100)
    answer = verite("doctor", data=tmp_path)
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "WRONG  integrity: The database file is damaged" in answer.stdout


def test_doctor_notices_rows_that_refer_to_nothing(tmp_path: Path) -> None:
    migrated(tmp_path)
    with sqlite3.connect(tmp_path / "verite.sqlite3") as connection:
        connection.execute("INSERT INTO catalogue_part (film_id, position, title) VALUES (77, 1, '')")
    connection.close()
    answer = verite("doctor", data=tmp_path)
    assert answer.returncode == 1
    assert "catalogue_part" in answer.stdout


def test_doctor_notices_jobs_that_nobody_does_and_that_were_given_up(tmp_path: Path) -> None:
    migrated(tmp_path)
    job = "'some.job', '', '', '{}', '2026-01-01', 0, '', '', '2026-01-01'"
    with sqlite3.connect(tmp_path / "verite.sqlite3") as connection:
        for state in ("waiting", "dead", "dead"):
            connection.execute(
                "INSERT INTO core_job (path, arguments, digest, state, due_at, attempts, leased_by, last_error,"
                f" enqueued_at) VALUES ({job.format(state)})"
            )
    connection.close()
    answer = verite("doctor", data=tmp_path)
    assert answer.returncode == 1
    assert "WRONG  jobs: 2 were given up" in answer.stdout
    assert "1 wait for a worker: start `verite serve`" in answer.stdout
