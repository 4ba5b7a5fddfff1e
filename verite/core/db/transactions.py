"""One way to write and one way to read at a single moment, the same on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, cast

from django.db import IntegrityError, connection, transaction

from verite.core.db.errors import Deadlock, readable_errors

if TYPE_CHECKING:
    from psycopg import Connection

    from verite.core.db.sqlite.base import DatabaseWrapper as SqliteConnection

ATTEMPTS = 3

P = ParamSpec("P")
T = TypeVar("T")


class WriteRefused(RuntimeError):
    """Code tried to write where it must not. The text names the rule."""


class Ending(Protocol):
    """Work to be done inside a write transaction, after everything else and before the commit."""

    def finish(self) -> None: ...


E = TypeVar("E", bound=Ending)


class Write:
    """The write transaction that is open in this thread."""

    def __init__(self) -> None:
        self._endings: dict[type, Ending] = {}

    def ending(self, kind: Callable[[], E]) -> E:
        """This transaction's one ending of a kind (a class), made at the first call."""
        return cast("E", self._endings.setdefault(cast("type", kind), kind()))

    def finish(self) -> None:
        for ending in self._endings.values():
            ending.finish()


class _Here(threading.local):
    write: Write | None = None
    has_turn = False
    reading = 0


_here = _Here()


@contextmanager
def write() -> Iterator[Write]:
    """Everything in here is committed together, or not at all.

    Only statements belong inside: judge, fetch, sanitise and render before. Inside another ``write`` it
    joins that one (as a savepoint).

    Raises:
        WriteRefused: called while a page is being read.
        DatabaseTrouble: the disk is full, the folder read-only, the database away or locked.
    """
    if _here.reading:
        raise WriteRefused(
            "A page is being read at one moment here and must not write; write in an action that a POST calls"
        )
    if _here.write is not None:
        with transaction.atomic():
            yield _here.write
        return
    with readable_errors(), _turn(), transaction.atomic():
        _here.write = opened = Write()
        try:
            yield opened
            opened.finish()
        finally:
            _here.write = None


def once_more_if_outrun(action: Callable[P, T]) -> Callable[P, T]:
    """Begin an action anew when another writer made the same row at that moment, or the two were in a deadlock.

    What the other one made is then found. An action that fails ``ATTEMPTS`` times fails for another reason.
    """

    @wraps(action)
    def attempted(*args: P.args, **kwargs: P.kwargs) -> T:
        for _attempt in range(ATTEMPTS - 1):
            with suppress(IntegrityError, Deadlock):
                return action(*args, **kwargs)
        return action(*args, **kwargs)

    return attempted


def current_write() -> Write:
    """The write transaction that is open here.

    Raises:
        WriteRefused: there is none.
    """
    if _here.write is None:
        raise WriteRefused(
            "Call this inside `with core.db.write():`, so that it is committed with the change."
        )
    return _here.write


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read in here is read at one moment, whatever is committed meanwhile.

    Inside an open transaction it is that transaction's moment.

    Raises:
        DatabaseTrouble: the database cannot be read.
    """
    _here.reading += 1
    try:
        if connection.in_atomic_block:
            yield
        else:
            with readable_errors(), _reading_moment(), transaction.atomic():
                yield
    finally:
        _here.reading -= 1


@contextmanager
def _turn() -> Iterator[None]:
    # Who holds the database already (a test's transaction, or a hook that runs at our commit and writes
    # again) must not queue: it would wait for itself, or for somebody who waits for it.
    if _here.has_turn or connection.in_atomic_block or not _is_sqlite_file():
        yield
        return
    from verite.core.db.sqlite.queue import turn_to_write

    with turn_to_write(str(connection.settings_dict["NAME"])):
        _here.has_turn = True
        try:
            yield
        finally:
            _here.has_turn = False


def _is_sqlite_file() -> bool:
    return connection.vendor == "sqlite" and not cast("SqliteConnection", connection).is_in_memory_db()


def _reading_moment() -> AbstractContextManager[None]:
    if connection.vendor == "sqlite":
        return cast("SqliteConnection", connection).deferred()
    return _postgresql_moment()


@contextmanager
def _postgresql_moment() -> Iterator[None]:
    # psycopg puts these into the BEGIN itself, so that one moment costs no further round trip.
    from psycopg import IsolationLevel

    # A line found dead only after these are set would be replaced by one without them.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    psycopg: Connection = connection.connection
    psycopg.isolation_level, psycopg.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        yield
    finally:
        if not psycopg.closed:
            psycopg.isolation_level, psycopg.read_only = None, None
