"""The connection: measured settings, and read transactions that do not queue behind writers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from verite.core.db.driver import install_sqlite

install_sqlite()

from django.db.backends.sqlite3 import base  # noqa: E402 (it must see the module installed above)

# Why each one: docs/decisions/0001-database.md.
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -20000;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA journal_size_limit = 67108864;
PRAGMA wal_autocheckpoint = 4000;
"""

BUSY_TIMEOUT_SECONDS = 20.0

# The site has more statements than drivers keep ready (100 or 128), and once its room is full the one that we
# bundle lets each new statement push out the one before: then all of them are prepared every time, which took
# a third of the time of a comment. One takes 5 to 20 kB.
STATEMENTS_KEPT = 400


@lru_cache(maxsize=STATEMENTS_KEPT)
def _spelt_for_sqlite(sql: str) -> str:
    """A statement with ``?`` for each value, where Django writes ``%s``."""
    return str(base.FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%"))


class Cursor(base.SQLiteCursorWrapper):
    """Django's own, which spells each statement for SQLite once."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None:
            return _spelt_for_sqlite(query)
        return str(super().convert_query(query, param_names=param_names))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with this site's settings. ``OPTIONS`` in the settings still win."""

    transaction_mode: str | None

    def get_connection_params(self) -> dict[str, Any]:
        options = self.settings_dict["OPTIONS"]
        options.setdefault("timeout", BUSY_TIMEOUT_SECONDS)
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("init_command", PRAGMAS)
        options.setdefault("cached_statements", STATEMENTS_KEPT)
        return super().get_connection_params()

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 (Django gives it)
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def first_row(self, sql: str, given: Sequence[Any]) -> tuple[Any, ...] | None:
        """The first row that a statement answers with, or None.

        Django's cursors ask around each statement what a file need not be asked, and that took four times as
        long as the statement; they serve where somebody wants to know of each one, as tests do.
        """
        if self.connection is None or self.force_debug_cursor or self.execute_wrappers:
            with self.cursor() as cursor:
                cursor.execute(sql, given)
                found: tuple[Any, ...] | None = cursor.fetchone()
                return found
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            row: tuple[Any, ...] | None = self.connection.execute(_spelt_for_sqlite(sql), given).fetchone()
        return row

    def _start_transaction_under_autocommit(self) -> None:
        self.first_row(f"BEGIN {self.transaction_mode}", ())

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Transactions that begin in here take no write lock (``BEGIN DEFERRED``)."""
        self.ensure_connection()  # connecting sets transaction_mode
        usual, self.transaction_mode = self.transaction_mode, "DEFERRED"
        try:
            yield
        finally:
            self.transaction_mode = usual
