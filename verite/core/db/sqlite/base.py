"""The connection: measured settings, and read transactions that do not queue behind writers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
"""

BUSY_TIMEOUT_SECONDS = 20.0

# The site has more statements than drivers keep ready (100 or 128), and once its room is full the one that we
# bundle lets each new statement push out the one before: then all of them are prepared every time, which took
# a third of the time of a comment. One takes 5 to 20 kB.
STATEMENTS_KEPT = 400


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

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Transactions that begin in here take no write lock (``BEGIN DEFERRED``)."""
        self.ensure_connection()  # connecting sets transaction_mode
        usual, self.transaction_mode = self.transaction_mode, "DEFERRED"
        try:
            yield
        finally:
            self.transaction_mode = usual
