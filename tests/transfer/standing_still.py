"""An import that stands still as soon as it has stored something, however fast it or slow this machine is."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.serving.site import until
from tests.verite_process import PATIENCE_SECONDS, REPOSITORY, environment

PAGE = 4096


@contextmanager
def standing_still(source: Path, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``verite import`` after its first batch: nobody reads what it says of that, so it cannot say it to the end.

    It is killed at the end of the ``with`` block, if not before.
    """
    read, write = os.pipe()
    with os.fdopen(read, "rb"), os.fdopen(write, "wb", buffering=0) as full:
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, PAGE)
        full.write(b" " * fcntl.fcntl(write, fcntl.F_GETPIPE_SZ))
        process = subprocess.Popen(
            [sys.executable, "-m", "verite", "import", str(source)],
            cwd=REPOSITORY,
            env=environment(data),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=full,
        )
        try:
            until(lambda: process.poll() is not None or _films_in(data), "the first batch is stored")
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE_SECONDS)


def _films_in(data: Path) -> int:
    with suppress(sqlite3.OperationalError):  # there is no file yet, or no table
        place = f"file:{data / 'verite.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM catalogue_film").fetchone()[0])
    return 0
