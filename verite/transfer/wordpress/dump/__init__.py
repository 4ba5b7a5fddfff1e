"""A dump of a WordPress site's database, as mysqldump, mariadb-dump and phpMyAdmin write it: as records.

``statements`` reads rows, ``gathered`` keeps those that are needed, ``site`` puts together what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable
from verite.transfer.wordpress.blocks import BLOCK_BYTES, Blocks, head_of
from verite.transfer.wordpress.records import Broken, Damage, Export, Record

from .gathered import Gathered
from .site import DumpedSite
from .statements import Made, Passed, Row, Statements, TableName
from .tables import UNMISSED

_FIRST_STATEMENT = re.compile(
    rb"\A(?:\s++|--[^\n]*+\n|#[^\n]*+\n|/\*.*?\*/|;)*+"
    rb"(?:SET|CREATE|DROP|INSERT|REPLACE|LOCK|USE|START|BEGIN|ALTER)\s",
    re.DOTALL | re.IGNORECASE,
)
_SIGN = re.compile(
    rb"^(?:CREATE TABLE|INSERT INTO|DROP TABLE|-- (?:MySQL|MariaDB) dump)", re.MULTILINE | re.IGNORECASE
)

_Gathered: TypeAlias = "tuple[Damage | None, int]"

_UTF8_MARK, _UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")

# How much of the way to the end has been gone when everything is gathered and nothing stored yet.
GATHERED_SHARE = 0.15


def is_dump(head: bytes) -> bool:
    """Whether a file that begins so, compressed or not, is a dump of a database."""
    content = _as_utf8(head_of(head))
    return _FIRST_STATEMENT.match(content) is not None and _SIGN.search(content) is not None


def open_dump(path: Path, *, tolerant: bool) -> Export:
    """Open a dump.

    Args:
        tolerant: read past damage, and say by ``Damage`` where it was.

    Raises:
        Unreadable: it was written in a way that loses what it said.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        if head_of(file.read(BLOCK_BYTES)).startswith(_UTF16):
            raise Unreadable(
                _(
                    "The dump is written in UTF-16, as PowerShell's > does it. Dump with --result-file=site.sql."
                )
            )
    dump = _Dump(path, tolerant=tolerant)
    return Export(
        _("dump of a WordPress database, read tolerantly") if tolerant else _("dump of a WordPress database"),
        dump.records(),
        lambda: dump.highest_comment,
    )


def _as_utf8(head: bytes) -> bytes:
    if head.startswith(_UTF16):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(_UTF8_MARK)


class _Dump:
    """A dump on its way through the gathered rows."""

    def __init__(self, path: Path, *, tolerant: bool) -> None:
        self._path = path
        self._tolerant = tolerant
        self._size = path.stat().st_size
        self._unread: dict[TableName, int] = {}
        self.highest_comment = 0

    def records(self) -> Iterator[tuple[Record | None, int]]:
        """The records of every site, nothing before the whole dump has been read.

        Raises:
            Broken: it is damaged; then nothing of it has been told.
            Unreadable: it is none of a WordPress site.
        """
        with Gathered(settings.VERITE.data) as rows:
            gathered_so_far = self._gather(rows)
            for told, position in gathered_so_far if self._tolerant else _advised(gathered_so_far):
                yield told, round(position * GATHERED_SHARE)
            gathered = self._size * GATHERED_SHARE
            sites = [DumpedSite(rows, number, users) for number, users in _sites(rows)]
            if not sites:
                raise Unreadable(
                    _(
                        "There is nothing to import: no table of this dump is one of WordPress's posts (wp_posts)."
                    )
                )
            ((highest,),) = rows.ask(
                "SELECT max(comment_id) FROM comments WHERE typeof(comment_id) = 'integer'"
            )
            self.highest_comment = highest or 0
            share = (self._size - gathered) / max(sum(site.post_count for site in sites), 1)
            done = 0
            for site in sites:
                for record in site.records():
                    done += hasattr(record, "comments")
                    yield record, min(round(gathered + share * done), self._size)
            for told in self._left_out(rows):
                yield told, self._size

    def _gather(self, rows: Gathered) -> Iterator[_Gathered]:
        position = 0
        with Blocks(self._path) as blocks:
            for found in Statements(blocks, rows.wants, is_tolerant=self._tolerant):
                match found:
                    case Row():
                        damage = self._kept(rows, found)
                        if damage:
                            yield damage, blocks.position
                    case Made():
                        rows.forget(found)
                    case Passed():
                        self._unread.setdefault(found.name, found.line)
                    case Damage():
                        yield found, blocks.position
                if blocks.position > position:
                    position = blocks.position
                    yield None, position
        rows.finish()

    def _kept(self, rows: Gathered, row: Row) -> Damage | None:
        try:
            rows.add(row)
        except ValueError:
            wrong = _("Line %(line)d: a value in a row of %(table)s cannot be read.") % {
                "line": row.line,
                "table": row.name.table,
            }
            if not self._tolerant:
                raise Broken(wrong) from None
            return Damage(row.line, wrong, "sql")
        return None

    def _left_out(self, rows: Gathered) -> Iterator[Damage]:
        """Tables of plugins that nothing here knows."""
        for site in rows.sites:
            for name, line in (self._unread | rows.strange).items():
                rest = name.table.removeprefix(site.prefix)
                if (
                    name.database == site.database
                    and name.table.startswith(site.prefix)
                    and rest not in UNMISSED
                ):
                    yield Damage(
                        line, _("Nothing of this table has a place here."), "table", name.table[:100]
                    )


def _advised(gathered: Iterator[_Gathered]) -> Iterator[_Gathered]:
    """The same; where it ends in damage, it is said how to go on."""
    try:
        yield from gathered
    except Broken as error:
        raise Broken(
            _("%s Dump the site again, or add --tolerant to read everything that can be read.") % error
        ) from error


def _sites(rows: Gathered) -> Iterator[tuple[int, int]]:
    """The numbers of each site and of the one whose users it shares: in a network, the shortest prefix has them."""
    sites = rows.sites
    with_users = {number for (number,) in rows.ask("SELECT DISTINCT site FROM users")}
    for site, number in sites.items():
        others = [
            other
            for other, its_number in sites.items()
            if its_number in with_users
            and other.database == site.database
            and site.prefix.startswith(other.prefix)
        ]
        yield number, sites[max(others, key=lambda other: len(other.prefix))] if others else number
