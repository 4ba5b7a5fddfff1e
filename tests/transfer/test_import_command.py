"""``verite import`` as an operator types it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.imports.films import write_films
from tests.transfer.wordpress.exports import post, site
from tests.verite_process import PATIENCE_SECONDS, REPOSITORY, environment, verite

LARGE = 8000  # long enough to be stopped in the middle, also by whoever is slow to say so


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "films.csv"
    path.write_text("title,year,awards\nRain,1929,x\nRiver,1938,\nLate,3000,\n", encoding="utf-8")
    return path


def films_in(data: Path) -> int:
    with closing(
        sqlite3.connect(f"file:{data / 'verite.sqlite3'}?mode=ro", uri=True, timeout=10)
    ) as connection:
        (count,) = connection.execute("SELECT count(*) FROM catalogue_film").fetchone()
    return int(count)


def started(source: Path, data: Path) -> subprocess.Popen[str]:
    """An import that has written its first batch and goes on."""
    process = subprocess.Popen(
        [sys.executable, "-m", "verite", "import", str(source)],
        cwd=REPOSITORY,
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    assert "films read" in process.stderr.readline()
    return process


def test_films_come_in_and_the_answer_says_what_became_of_each(source: Path, tmp_path: Path) -> None:
    answer = verite("import", str(source), data=tmp_path / "data")

    assert answer.returncode == 0, answer.stderr
    assert "films.csv: CSV in utf-8, separated by commas" in answer.stdout
    assert "3 films read: 2 made, 0 changed, 0 unchanged, 1 refused" in answer.stdout
    assert "Columns without a place here: awards" in answer.stdout
    assert "line 4: The year “3000”" in answer.stdout
    assert films_in(tmp_path / "data") == 2


def test_a_dry_run_writes_no_film_and_the_report_goes_where_it_is_wanted(
    source: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"

    answer = verite(
        "import", str(source), "--dry-run", "--json", "--report", str(report), data=tmp_path / "data"
    )

    assert answer.returncode == 0, answer.stderr
    (told,) = json.loads(answer.stdout)["sources"]
    assert (told["made"], told["refused"], told["dry_run"], told["unmapped_columns"]) == (
        2,
        1,
        True,
        ["awards"],
    )
    assert json.loads(report.read_text(encoding="utf-8")) == {"sources": [told], "failures": []}
    assert films_in(tmp_path / "data") == 0


def test_a_file_that_fails_is_told_and_does_not_stop_the_others(source: Path, tmp_path: Path) -> None:
    empty, refused = tmp_path / "empty.csv", tmp_path / "refused.csv"
    empty.write_text("title\n", encoding="utf-8")
    refused.write_text("title,year\nRain,3000\n", encoding="utf-8")

    answer = verite(
        "import",
        *map(str, (tmp_path / "missing.csv", empty, refused, tmp_path, source)),
        data=tmp_path / "data",
    )

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "missing.csv cannot be read: No such file or directory." in answer.stderr
    assert "empty.csv: There is nothing to import" in answer.stderr
    assert "refused.csv: nothing could be imported; all 1 films were refused." in answer.stderr
    assert f"{tmp_path} cannot be read: Is a directory." in answer.stderr
    assert films_in(tmp_path / "data") == 2


def test_a_report_says_of_every_file_also_why_it_failed(source: Path, tmp_path: Path) -> None:
    broken, report = tmp_path / "broken.xml", tmp_path / "report.txt"
    whole = site(post(1, "Snow"), "<item>")
    broken.write_text(whole, encoding="utf-8")
    last_but_one = whole.count("\n") - 1

    answer = verite(
        "import", f"{source}", f"{broken}", "--json", "--report", f"{report}", data=tmp_path / "data"
    )

    assert answer.returncode == 1
    told = json.loads(answer.stdout)
    (why,) = told["failures"]
    assert f"broken.xml: Line {last_but_one}, column " in why
    assert [each["made"] for each in told["sources"]] == [2, 1]
    assert "3000" in report.read_text(encoding="utf-8")
    assert why in report.read_text(encoding="utf-8")


def test_a_report_is_written_also_where_nobody_reads_the_answer(source: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody_reads:
        answer = subprocess.run(
            [sys.executable, "-m", "verite", "import", str(source), "missing.csv", "--report", str(report)],
            cwd=REPOSITORY,
            env=environment(tmp_path / "data"),
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=PATIENCE_SECONDS,
        )

    assert "3 films read: 2 made" in report.read_text(encoding="utf-8")
    assert "missing.csv cannot be read" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_unknown_format_is_wrong_usage(source: Path, tmp_path: Path) -> None:
    answer = verite("import", str(source), "--format", "betamax", data=tmp_path / "data")

    assert answer.returncode == 2
    assert "There is no format 'betamax'. Known are: wordpress, wordpress-sql, films-csv." in answer.stderr


def test_a_report_that_cannot_be_written_is_told_before_anything_is_done(
    source: Path, tmp_path: Path
) -> None:
    answer = verite("import", str(source), "--report", str(tmp_path / "no" / "r.txt"), data=tmp_path / "data")

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "r.txt cannot be written: No such file or directory." in answer.stderr
    assert not (tmp_path / "data" / "verite.sqlite3").exists()


def test_killed_and_stopped_in_the_middle_it_goes_on_to_the_same_end(tmp_path: Path) -> None:
    source, data = tmp_path / "large.csv", tmp_path / "data"
    write_films(source, LARGE)

    killed = started(source, data)
    killed.kill()
    killed.communicate(timeout=PATIENCE_SECONDS)
    assert films_in(data) in range(250, LARGE, 250)

    stopped = started(source, data)
    stopped.send_signal(signal.SIGINT)
    _out, complaint = stopped.communicate(timeout=PATIENCE_SECONDS)
    assert stopped.returncode == 1
    assert "Stopped. Everything up to line" in complaint
    assert "Run the same command again to go on" in complaint
    assert "Traceback" not in complaint
    assert films_in(data) in range(250, LARGE, 250)

    answer = verite("import", str(source), "--json", data=data)
    assert answer.returncode == 0
    assert films_in(data) == LARGE
    (told,) = json.loads(answer.stdout)["sources"]
    assert (told["made"] + told["unchanged"], told["changed"], told["refused"]) == (LARGE, 0, 0)
