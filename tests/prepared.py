"""Data folders that are ready at once: a database takes seconds to make, so a whole run makes it once and copies it."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

DATABASE, KEY = "verite.sqlite3", "secret-key"


def copy_of(name: str, make: Callable[[Path], object], data: Path) -> Path:
    """Give a data folder the SQLite database and the key of another, which ``make`` fills once.

    Args:
        name: what the other is called among those of this run.
        data: made where it is missing; answered with.
    """
    data.mkdir(parents=True, exist_ok=True)

    def whole(folder: Path) -> None:
        make(folder)
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file has all of it

    made = made_once(name, whole)
    for file in (DATABASE, KEY):
        shutil.copy(made / file, data / file)
    return data


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder that ``make`` fills for the first that wants it; several processes run tests, and share it.

    Where ``make`` fails, the next one finds nothing finished and begins anew.
    """
    shared = Path(os.environ["VERITE_TEST_PREPARED"])
    finished, begun = shared / name, shared / f"{name}.begun"
    with (shared / f"{name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(finished)
    return finished
