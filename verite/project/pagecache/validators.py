"""Is a finished page still true? The cheapest question that a database answers truthfully."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from verite.core.db.driver import sqlite_module
from verite.project.pagecache.entries import Entry


class ValidatorAway(Exception):
    """The database does not answer, so nothing can be said to be true."""


class Validator(Protocol):
    """Says whether an entry stands, on evidence read after it was asked."""

    def stamp(self) -> int:
        """What to write on an entry before its page is read from the database."""

    def stands_now(self, entry: Entry) -> bool | None:
        """Whether the entry stands; None if that cannot be said without waiting."""

    async def stands(self, entry: Entry) -> bool:
        """Whether the entry stands."""

    async def close(self) -> None: ...


class SqliteValidator:
    """Asks ``PRAGMA data_version`` first: it moves at every commit by any other connection or process.

    Unchanged since the entry's stamp, everything stands. Otherwise the entry's own versions decide, and the
    entry is stamped anew. A stamp is always read before what it vouches for, so it can only err towards
    looking again. For the thread of the event loop alone.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._connection: Any = None
        self._execute: Any = self._connect

    def stamp(self) -> int:
        """Raises ``ValidatorAway`` when the database cannot be read."""
        try:
            # fetchall, for a statement that is not read to its end would hold its moment for ever.
            rows = self._execute("PRAGMA data_version").fetchall()
        except sqlite_module().Error as error:
            raise ValidatorAway(str(error)) from error
        return rows[0][0]  # type: ignore[no-any-return]

    def stands_now(self, entry: Entry) -> bool:
        """Raises ``ValidatorAway`` when the database cannot be read."""
        if not entry.versions:
            return True
        stamp = self.stamp()
        if entry.stamp == stamp:
            return True
        if self._versions(entry.versions) != entry.versions:
            return False
        entry.stamp = stamp
        return True

    async def stands(self, entry: Entry) -> bool:
        return self.stands_now(entry)

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection, self._execute = None, self._connect

    def _versions(self, keys: Mapping[str, int]) -> dict[str, int]:
        marks = ",".join("?" * len(keys))
        try:
            rows = self._execute(
                f"SELECT key, version FROM core_freshness WHERE key IN ({marks})",  # noqa: S608 (only marks)
                list(keys),
            )
            return dict.fromkeys(keys, 0) | dict(rows.fetchall())
        except sqlite_module().Error as error:
            raise ValidatorAway(str(error)) from error

    def _connect(self, *statement: Any) -> Any:
        address = f"{self._database.absolute().as_uri()}?mode=ro"
        self._connection = sqlite_module().connect(address, uri=True, isolation_level=None)
        self._execute = self._connection.cursor().execute
        return self._execute(*statement)
