"""Is the database whole? For ``verite doctor`` and after a backup."""

from __future__ import annotations

from django.db import connection

from verite.core.db.errors import readable_errors

MOST_FAULTS = 20


def integrity_faults() -> list[str]:
    """What is broken in the database, one line each, at most ``MOST_FAULTS``; nothing when it is whole.

    PostgreSQL guards its own pages and foreign keys, so there is nothing to ask it.

    Raises:
        DatabaseTrouble: it cannot be read at all.
    """
    if connection.vendor != "sqlite":
        return []
    with readable_errors(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({MOST_FAULTS})")
        faults = [line for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        faults += [
            f"{table}, row {row}: refers to a row of {parent} that does not exist"
            for table, row, parent, _ in cursor.fetchmany(MOST_FAULTS)
        ]
    return faults[:MOST_FAULTS]
