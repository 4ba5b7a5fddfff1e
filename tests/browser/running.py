"""A real ``verite`` with its sample films, for the browser."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.prepared import DATABASE, copy_of
from tests.serving.site import free_port, until
from tests.verite_process import REPOSITORY, environment

PATIENCE_SECONDS = 300


@contextmanager
def demo_of_its_own(data: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """As ``running_demo``, where the folder need not be filled anew: it gets a copy of what another was filled with."""

    def fill(folder: Path) -> None:
        with running_demo(folder):
            pass

    if not (data / DATABASE).exists():
        copy_of("demo", fill, data)
    with running_demo(data, settings) as origin:
        yield origin


@contextmanager
def running_demo(data: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Fill an empty folder and serve it; gives the origin, such as ``http://127.0.0.1:40123``."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "verite", "demo", "--port", str(port)]
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=environment(data, settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        until(
            lambda: process.poll() is not None or _answers(origin), "the first page", seconds=PATIENCE_SECONDS
        )
        assert process.poll() is None, (data / "log").read_text()
        yield origin
    finally:
        process.terminate()
        ended = process.wait(PATIENCE_SECONDS)
    assert ended == 0, (data / "log").read_text()


def _answers(origin: str) -> bool:
    try:
        with urllib.request.urlopen(origin, timeout=PATIENCE_SECONDS) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise AssertionError(f"The first page answered {error.code}") from error
    except OSError:
        return False
