"""Processes of a site's own that do what they are told, one line of JSON after another: to start one takes a second."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.verite_process import REPOSITORY, environment

_attending: dict[Path, dict[str, subprocess.Popen[str]]] = {}


@contextmanager
def attended(data: Path) -> Iterator[None]:
    """For the length of a ``with`` block whoever was asked something on this site stays for the next question."""
    _attending[data] = {}
    try:
        yield
    finally:
        for process in _attending.pop(data).values():
            _dismiss(process)


def ask(module: str, data: Path, question: object, more: Mapping[str, str] | None = None) -> Any:
    """What a module of tests, run on a site's data folder, answers; see ``answer_all``.

    Args:
        more: settings of the site, with which it is started.
    """
    known = _attending.get(data)
    process = known.get(module) if known is not None else None
    if process is None:
        process = _started(module, data, more or {})
        if known is not None:
            known[module] = process
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{json.dumps(question)}\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if known is None or not answer:
        _dismiss(process)
    assert answer, (data / "attendants.log").read_text()
    return json.loads(answer)


def answer_all(answer: Callable[[Any], object]) -> None:
    """In such a process: answer until nobody asks any more."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)  # noqa: T201


def _started(module: str, data: Path, more: Mapping[str, str]) -> subprocess.Popen[str]:
    with (data / "attendants.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=REPOSITORY,
            env=environment(data, {"DJANGO_SETTINGS_MODULE": "verite.project.settings", **more}),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )


def _dismiss(process: subprocess.Popen[str]) -> None:
    with process:  # which closes what it reads from, so that it ends
        pass
