"""Starting the measured processes of ``bench.talk.measured`` and reading what they print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.serving.machine import NotMeasurable


def measured(data: Path, *arguments: str) -> Any:
    """What one process measured in the data folder ``data``."""
    return started(data, [arguments])[0]


def started(data: Path, each: list[Any]) -> list[Any]:
    """What several processes measured that began at one moment, each with its own arguments."""
    data.mkdir(parents=True, exist_ok=True)
    running = [_start(data, arguments) for arguments in each]
    for process in running:
        assert process.stdout
        process.stdout.readline()  # it is ready
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0] for process in running]
    if not all(said):
        raise NotMeasurable("A measured process failed.")
    return [json.loads(each) for each in said]


def _start(data: Path, arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.talk.measured", *arguments],
        env={**os.environ, "VERITE_DATA": str(data)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
