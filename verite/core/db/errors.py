"""What can go wrong between us and the database, in words that the operator can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.db.utils import Error, InterfaceError


class DatabaseTrouble(OperationalError):
    """The database cannot do its work now. The text says why and how to mend it."""


class DiskFull(DatabaseTrouble):
    """No room is left where the database lives. Nothing of the transaction was kept."""


class DatabaseReadOnly(DatabaseTrouble):
    """The database can be read but not written."""


class DatabaseBusy(DatabaseTrouble):
    """Another program holds the database; the same thing will succeed later."""


class Deadlock(DatabaseBusy):
    """Two writers waited for each other, and the database sent this one back."""


class DatabaseUnreachable(DatabaseTrouble):
    """There is no connection to the database, or its file cannot be opened."""


class DatabaseDamaged(DatabaseTrouble):
    """The file or the disk under it is broken."""


FULL = DiskFull("The disk that holds the database is full. Nothing was saved. Free some space and try again.")
READ_ONLY = DatabaseReadOnly(
    "The data folder or its database cannot be written. Let the account that runs verite write there,"
    " or choose another folder with --data."
)
BUSY = DatabaseBusy("Another program holds the database locked. Close it, or try again in a moment.")
DEADLOCK = Deadlock("Another writer was in the way. Try again in a moment.")
UNREACHABLE = DatabaseUnreachable(
    "The database cannot be opened. Check that the data folder or the database server named in the settings"
    " is there and that verite may use it."
)
DAMAGED = DatabaseDamaged(
    "The database file is damaged, or its disk reports errors. Stop verite, look at the disk, and restore the"
    " last backup with `verite restore`."
)

# https://sqlite.org/rescode.html; an extended code carries its primary code in the low byte.
BY_SQLITE_CODE = {
    5: BUSY,
    6: BUSY,
    8: READ_ONLY,
    10: DAMAGED,
    11: DAMAGED,
    13: FULL,
    14: UNREACHABLE,
    26: DAMAGED,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html; the first two characters are the class.
BY_SQLSTATE = {"53100": FULL, "25006": READ_ONLY, "55P03": BUSY, "40001": DEADLOCK, "40P01": DEADLOCK}
BY_SQLSTATE_CLASS = {"08": UNREACHABLE, "53": BUSY, "57": UNREACHABLE, "58": UNREACHABLE, "28": UNREACHABLE}
BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
    errno.ENOENT: UNREACHABLE,
}


def explained(error: BaseException) -> DatabaseTrouble | None:
    """The trouble behind a database error or an ``OSError``; None if it is none of the database's own.

    A mistake of ours (a constraint, a wrong statement) is not a trouble of the database.
    """
    if isinstance(error, DatabaseTrouble):
        return error
    known = _known(error)
    return type(known)(*known.args) if known else None


def _known(error: BaseException) -> DatabaseTrouble | None:
    if isinstance(error, OSError):
        return BY_ERRNO.get(error.errno or 0)
    if not isinstance(error, Error):
        return None
    driver_error = error.__cause__
    code = getattr(driver_error, "sqlite_errorcode", None)
    if code is not None:
        return BY_SQLITE_CODE.get(code & 0xFF)
    state = getattr(driver_error, "sqlstate", None)
    if state is not None:
        return BY_SQLSTATE.get(state) or BY_SQLSTATE_CLASS.get(state[:2])
    # psycopg reports a connection that could not be made, or was cut, without a state.
    return UNREACHABLE if isinstance(error, OperationalError | InterfaceError) else None


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn the drivers' errors into a ``DatabaseTrouble`` where one fits; others pass as they are."""
    try:
        yield
    except Error as error:
        trouble = explained(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error
