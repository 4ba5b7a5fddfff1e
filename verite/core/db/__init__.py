"""The database: who speaks to it, the write transaction, the read moment, and its troubles in plain words.

Everything in which SQLite and PostgreSQL differ lives here (and in ``discovery.search``).
"""

from verite.core.db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseTrouble,
    DatabaseUnreachable,
    Deadlock,
    DiskFull,
)
from verite.core.db.statements import aware, held_row, marks, moment, one, row, run
from verite.core.db.statistics import look_at_tables_anew
from verite.core.db.transactions import WriteRefused, current_write, once_more_if_outrun, snapshot, write

__all__ = [
    "DatabaseBusy",
    "DatabaseDamaged",
    "DatabaseReadOnly",
    "DatabaseTrouble",
    "DatabaseUnreachable",
    "Deadlock",
    "DiskFull",
    "WriteRefused",
    "aware",
    "current_write",
    "held_row",
    "look_at_tables_anew",
    "marks",
    "moment",
    "once_more_if_outrun",
    "one",
    "row",
    "run",
    "snapshot",
    "write",
]
