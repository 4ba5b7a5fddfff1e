"""Statements written by hand, for actions that run often: the ORM takes longer to word one than SQLite to do it.

Text and values stay apart: ``%s`` stands for each value, on both databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections

from verite.core.db.transactions import current_write

if TYPE_CHECKING:
    from verite.core.db.sqlite.base import DatabaseWrapper as SqliteConnection


def row(sql: str, given: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row that a statement answers with, or None."""
    with suppress(OverflowError):  # a number too large for any row of SQLite's
        return _first_row(sql, given)
    return None


def one(sql: str, given: Sequence[Any]) -> tuple[Any, ...]:
    """The row of a statement that always answers with one.

    Raises:
        LookupError: it did not.
    """
    found = row(sql, given)
    if found is None:
        raise LookupError(sql)
    return found


def held_row(sql: str, given: Sequence[Any], *, of: str) -> tuple[Any, ...] | None:
    """The first row of a SELECT; its row of table ``of`` (as the statement calls it) is ours until the commit.

    PostgreSQL locks that row, though others may go on to refer to it. On SQLite nobody else writes during a
    write transaction anyway.

    Raises:
        WriteRefused: no write transaction is open.
    """
    current_write()
    return row(
        f"{sql} FOR NO KEY UPDATE OF {of}" if connection.features.has_select_for_update_of else sql, given
    )


def run(sql: str, given: Sequence[Any]) -> None:
    """Change rows.

    Raises:
        WriteRefused: no write transaction is open.
    """
    current_write()
    _first_row(sql, given)


def moment(when: datetime) -> Any:
    """An aware datetime as a value for a statement."""
    # As Django spells it, which asks its settings each time.
    return str(when.astimezone(UTC).replace(tzinfo=None)) if connection.vendor == "sqlite" else when


def aware(when: datetime) -> datetime:
    """A moment as a statement answers with it: in UTC, which SQLite does not say."""
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def marks(values: Sequence[Any]) -> str:
    """``%s, %s, %s`` for the values of an ``IN (…)``; there must be at least one."""
    return ", ".join(["%s"] * len(values))


def _first_row(sql: str, given: Sequence[Any]) -> tuple[Any, ...] | None:
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "sqlite":
        return cast("SqliteConnection", here).first_row(sql, given)
    with here.cursor() as cursor:
        cursor.execute(sql, given)
        found: tuple[Any, ...] | None = cursor.fetchone() if cursor.description else None
        return found
