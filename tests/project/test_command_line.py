"""What somebody meets who types ``verite``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verite_process import PATIENCE_SECONDS, REPOSITORY, environment, verite
from verite.project.command_line import COMMANDS


def test_help_lists_every_command(tmp_path: Path) -> None:
    answer = verite("--help", data=tmp_path)
    assert answer.returncode == 0
    for name, (_, summary) in COMMANDS.items():
        assert f"  {name}" in answer.stdout
        assert summary in answer.stdout


def test_without_a_command_it_shows_the_help_and_says_that_this_was_no_use(tmp_path: Path) -> None:
    answer = verite(data=tmp_path)
    assert answer.returncode == 2
    assert "usage: verite COMMAND" in answer.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    from verite.project.command_line import run

    with pytest.raises(SystemExit) as stop:
        run([name, "--help"])
    assert stop.value.code == 0
    assert f"verite {name}" in capsys.readouterr().out.partition("examples:")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["serv"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "eighty"],
        ["serve", "--workers", "0"],
        ["migrate", "--colour"],
    ],
)
def test_wrong_usage_is_told_apart_from_failure(arguments: list[str], tmp_path: Path) -> None:
    answer = verite(*arguments, data=tmp_path)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert answer.stderr


def test_nothing_is_written_by_asking_for_help(tmp_path: Path) -> None:
    verite("serve", "--help", data=tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_whoever_stops_reading_the_answer_sees_no_traceback(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody_reads:
        answer = subprocess.run(
            [sys.executable, "-m", "verite", "--help"],
            cwd=REPOSITORY,
            env=environment(tmp_path),
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=PATIENCE_SECONDS,
        )

    assert answer.returncode == 1
    assert answer.stderr == "verite: The answer was not read to its end.\n"
