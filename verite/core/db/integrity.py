"""Asks the database whether what it holds is whole."""

from __future__ import annotations

from django.db import connection

MOST_FAULTS = 20


def integrity_faults() -> list[str]:
    """Faults in the embedded database's file and foreign keys; PostgreSQL checks its own as it works.

    Returns:
        One line a fault, at most ``MOST_FAULTS`` of each kind; empty when none was found.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({MOST_FAULTS})")
        faults = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        orphans = cursor.fetchmany(MOST_FAULTS)
    return faults + [
        f"{table} row {row} refers to a missing row of {parent}" for table, row, parent, _ in orphans
    ]
