"""The rows of a dump, put where those that belong together can be found together: in a temporary SQLite file.

A dump has its tables in any order, and the comments of a post stand millions of lines after it. The file lies in
the data folder, which has room for a site. Its name is taken away as soon as it is open, so that whatever
happens nothing of it stays.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

from .literals import text_of
from .statements import Made, Row, TableName
from .tables import NOT_EXPORTED, OPTIONS, SIGNS, TABLES, table_called

CACHE_KB = 16 << 10
# The site that is served from the same disk must be able to write while an import gathers.
LEAST_FREE = 256 << 20  # bytes
LOOK_EVERY = 16 << 20  # characters written
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NOBODY = ("", "0")


@dataclass(frozen=True, slots=True)
class SiteTables:
    """A site within the dump: a database (empty where there is one) and the prefix of its tables."""

    database: str
    prefix: str


class Gathered:
    """Rows of all sites in a dump. Use it as a context manager; at its end everything is gone."""

    def __init__(self, folder: Path) -> None:
        # Tables that are called like one of ours and are none, with the line of their first row.
        self.strange: dict[TableName, int] = {}
        self._folder = folder
        self._unlooked = LOOK_EVERY
        self._sites: dict[SiteTables, int] = {}
        self._places: dict[tuple[TableName, tuple[str, ...]], tuple[int, str, tuple[int, ...]] | None] = {}
        with tempfile.NamedTemporaryFile(dir=folder, prefix="import-", suffix=".sqlite3") as file:
            self._rows = sqlite3.connect(file.name, isolation_level=None)
            # Written before the name goes: SQLite opens its file at the first statement.
            for statement in (
                "PRAGMA journal_mode = OFF",
                "PRAGMA synchronous = OFF",
                "PRAGMA locking_mode = EXCLUSIVE",
                "PRAGMA temp_store = MEMORY",
                f"PRAGMA cache_size = -{CACHE_KB}",
                *map(_definition, TABLES),
                "BEGIN",
            ):
                self._rows.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def wants(self, name: TableName) -> bool:
        return bool(table_called(name.table)[1])

    def forget(self, made: Made) -> None:
        """A table begins anew."""
        prefix, table = table_called(made.name.table)
        site = self._sites.get(SiteTables(made.name.database, prefix))
        if site is not None and table:
            self._write(f"DELETE FROM {table} WHERE site = ?", site)  # noqa: S608 (our own names)

    def add(self, row: Row) -> None:
        """Keep what is needed of a row.

        Raises:
            ValueError: a value of it cannot be read.
            Unreadable: the disk is full.
        """
        key = (row.name, row.columns)
        if key not in self._places:
            self._places[key] = self._place(row)
        place = self._places[key]
        if place is None:
            self.strange.setdefault(row.name, row.line)
            return
        site, table, wanted = place
        values = [text_of(row.values[at], row.encoding) if at >= 0 else "" for at in wanted]
        if table == "options" and values[0] not in OPTIONS:
            return
        if table == "posts" and (values[-1] in NOT_EXPORTED or values[7] == "auto-draft"):
            return
        self._leave_room(sum(map(len, values)))
        _hide_voter(table, values)
        marks = ",".join("?" * (len(values) + 2))
        # A number that was given before: the first counts.
        self._write(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", site, row.line, *values)  # noqa: S608

    def finish(self) -> None:
        """Make ready for questions, once all rows are here."""
        for name, table in TABLES.items():
            if table.about:
                # In the order in which they are asked for, so that nothing is sorted and nothing else looked at.
                columns = ", ".join(filter(None, ("site", table.about, table.key)))
                self._write(f"CREATE INDEX {name}_about ON {name} ({columns})")

    @property
    def sites(self) -> dict[SiteTables, int]:
        """The sites: what has a table of posts."""
        with_posts = {place[0] for place in self._places.values() if place and place[1] == "posts"}
        return {site: number for site, number in self._sites.items() if number in with_posts}

    def ask(self, question: str, **values: Any) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows.execute(question, values))

    def _leave_room(self, more: int) -> None:
        self._unlooked += more
        if self._unlooked >= LOOK_EVERY:
            self._unlooked = 0
            if shutil.disk_usage(self._folder).free < LEAST_FREE:
                raise _no_room(_("less than %d MB would be left") % (LEAST_FREE >> 20))

    def _write(self, statement: str, *values: Any) -> None:
        try:
            self._rows.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise _no_room(str(error)) from error

    def _place(self, row: Row) -> tuple[int, str, tuple[int, ...]] | None:
        """Where rows of a table go, and which of their values; None for a table that only is called so."""
        prefix, table = table_called(row.name.table)
        signs = SIGNS.get(table, (*TABLES[table].numbers[:2], *TABLES[table].texts[:1]))
        if not set(signs) <= set(row.columns):
            return None
        site = self._sites.setdefault(SiteTables(row.name.database, prefix), len(self._sites))
        return site, table, tuple(_at(row.columns, column) for column in TABLES[table].columns)


def _no_room(why: str) -> Unreadable:
    return Unreadable(
        _("The data folder has no room for what the dump holds (%s). Free some space and try again.") % why
    )


def _definition(name: str) -> str:
    table = TABLES[name]
    columns = [f"{column} INTEGER" for column in table.numbers] + [f"{column} TEXT" for column in table.texts]
    only_once = [f"UNIQUE (site, {table.key})"] if table.key else []
    return f"CREATE TABLE {name} (site INTEGER, line INTEGER, {', '.join([*columns, *only_once])})"


def _at(columns: tuple[str, ...], column: str) -> int:
    return columns.index(column) if column in columns else -1


def _hide_voter(table: str, values: list[str]) -> None:
    """Put into the place of an address (IP) or a user's number what nobody can turn back into it."""
    if table == "ratings":
        *_facts, address, user = values
        values[-2:] = [_token("user", user) or _token("address", address), ""]
    elif table == "wc_users_voted":
        user, is_guest = values[3:5]
        values[3:5] = [_token("guest" if is_guest == "1" else "user", user), ""]


def _token(kind: str, value: str) -> str:
    if value in _NOBODY:
        return ""
    return salted_hmac("verite.transfer.wordpress.voter", f"{kind}:{value}", algorithm="sha256").hexdigest()[
        :32
    ]
