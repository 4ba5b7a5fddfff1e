"""What the database knows of its tables, from which it chooses how to answer."""

from __future__ import annotations

from django.db import connection

from verite.core.db.transactions import write

# Of each index so many rows are looked at: an estimate, in a fraction of a second whatever the size.
ROWS_PER_INDEX = 1000


def look_at_tables_anew() -> None:
    """Let the database see how much there is of what, after many rows came at once.

    PostgreSQL does so by itself, but minutes later, and reads slowly until then. SQLite never does; whoever
    calls this for a few rows teaches it that tables are small, which slows it down when they have grown.

    Raises:
        DatabaseTrouble: it cannot be written.
    """
    with write(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_PER_INDEX}")
        cursor.execute("ANALYZE")
