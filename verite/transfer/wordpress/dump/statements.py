"""The tables of a dump and their rows, one by one, whatever the size of the file.

What a dump makes us hold is one row. Rows of tables that nobody wants are passed without being looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from verite.transfer.wordpress.records import Broken, Damage

from .literals import STRINGS, Raw, encoding_called, split
from .stream import LONGEST, Window

LONGEST_HEAD = 1 << 16  # bytes from INSERT to VALUES
LONGEST_DEFINITION = 1 << 20

_BLANK = re.compile(rb"(?:[\s;]|\xef\xbb\xbf)*+")  # some begin with a byte order mark
_LINE = re.compile(rb"[^\n]*+")
_COMMENT_END = re.compile(rb"\*/")
_WORD = re.compile(rb"[A-Za-z]++")
_INSIDE = re.compile(rb"(?:[^'\"()]++|" + STRINGS + rb")*+", re.DOTALL)
_UP_TO_END = re.compile(rb"(?:[^'\"`;]++|`[^`]*+`|" + STRINGS + rb")*+", re.DOTALL)
_NEXT_STATEMENT = re.compile(rb"\n(?=(?:INSERT|REPLACE|CREATE|DROP|LOCK|UNLOCK|/\*!|-- )[ `0-9A-Z])")
_DELIMITER_BACK = re.compile(rb"(?i:\bDELIMITER)[ \t]+;")

_NAME = rb"(?:(?:`((?:[^`]|``)++)`|\"([^\"]++)\"|([\w$-]++))\s*+)"
_DOTTED = rb"(?:" + _NAME + rb"\.\s*+)?" + _NAME
_CREATE = re.compile(
    rb"CREATE\s++(?:TEMPORARY\s++)?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?" + _DOTTED + rb"\(", re.IGNORECASE
)
_INSERT = re.compile(
    rb"(?:INSERT|REPLACE)\s++(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s++)*+INTO\s++"
    + _DOTTED
    + rb"(?:\(([^()]*+)\)\s*+)?VALUES?\s*+(?=\()",
    re.IGNORECASE,
)
_USE = re.compile(rb"USE\s++" + _NAME, re.IGNORECASE)
_CHARSET = re.compile(rb"SET\s++NAMES\s++'?([A-Za-z0-9]++)", re.IGNORECASE)
_COLUMN = re.compile(rb"(?:^|,|\()\s*+[`\"]((?:[^`\"]|``)++)[`\"]\s", re.MULTILINE)
_LISTED = re.compile(rb"[`\"\s]*+([^`\",\s]++)[`\"\s]*+(?:,|\Z)")


@dataclass(frozen=True, slots=True)
class TableName:
    """A table. ``database`` is empty where the dump is of one database."""

    database: str
    table: str


@dataclass(frozen=True, slots=True)
class Made:
    """A table begins anew: what it held before is gone."""

    name: TableName


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a wanted table. ``columns`` are the names of its values, in small letters."""

    name: TableName
    line: int
    columns: tuple[str, ...]
    values: list[Raw]
    encoding: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A table that has rows which nobody wanted."""

    name: TableName
    line: int


Found: TypeAlias = "Made | Row | Passed | Damage"


class Statements:
    """What stands in a dump, in its order.

    Args:
        wanted: whether anybody needs the rows of a table.
        is_tolerant: say where something cannot be read and go on, instead of stopping.
    """

    def __init__(
        self, blocks: Iterable[bytes], wanted: Callable[[TableName], bool], *, is_tolerant: bool
    ) -> None:
        self._window = Window(blocks)
        self._wanted = wanted
        self._is_tolerant = is_tolerant
        self._encoding = "utf-8"
        self._database = ""
        self._columns: dict[TableName, tuple[str, ...]] = {}
        # What has begun and must end before the file does, by the line where it began.
        self._begun: dict[str, int] = {}

    @property
    def line(self) -> int:
        return self._window.line

    def __iter__(self) -> Iterator[Found]:
        """Read the dump.

        Raises:
            Broken: it is damaged, or ends too early (where that is not to be tolerated).
            Unreadable: it is of a kind that is refused.
        """
        while True:
            try:
                yield from self._statements()
            except Broken as error:
                if not self._is_tolerant:
                    raise
                yield Damage(self.line, str(error), "sql")
                if not self._go_on():
                    return
            else:
                return

    def _go_on(self) -> bool:
        """Pass everything up to where the next statement seems to begin."""
        try:
            return self._window.find(_NEXT_STATEMENT, LONGEST_HEAD) is not None
        except Broken:  # the compressed file itself ends here
            return False

    def _statements(self) -> Iterator[Found]:
        window = self._window
        while following := window.pass_all(_BLANK):
            window.has(LONGEST_HEAD)
            if following == b"#" or window.data.startswith(b"--", window.at):
                self._comment()
            elif window.data.startswith(b"/*", window.at):
                self._block_comment()
            elif word := _WORD.match(window.data, window.at):
                yield from self._statement(word[0].upper())
            else:
                raise Broken(_("Line %d: no statement of a dump begins like this.") % window.line)
        if self._begun:
            what, line = next(iter(self._begun.items()))
            self._begun.clear()
            raise Broken(
                _("Line %(end)d: the dump is cut off: what %(what)s began in line %(line)d has no end.")
                % {"end": window.line, "what": what, "line": line}
            )

    def _comment(self) -> None:
        window = self._window
        begin = window.data[window.at : window.at + 80]
        if begin.startswith((b"-- MySQL dump", b"-- MariaDB dump")):
            self._begun["mysqldump"] = window.line
        elif begin.startswith(b"-- Dump completed"):
            self._begun.pop("mysqldump", None)
        window.pass_all(_LINE)

    def _block_comment(self) -> None:
        window = self._window
        if charset := _CHARSET.search(window.data, window.at, window.at + 100):
            end = window.data.find(b"*/", window.at)
            if end >= charset.end():
                self._encoding = encoding_called(charset[1].decode())
        end_mark = window.find(_COMMENT_END, 2)
        if end_mark is None:
            raise self._cut_off()
        window.take(end_mark.end())

    def _statement(self, word: bytes) -> Iterator[Found]:
        window = self._window
        if word == b"CREATE" and (head := _CREATE.match(window.data, window.at)):
            yield self._create(head)
        elif word in (b"INSERT", b"REPLACE"):
            head = _INSERT.match(window.data, window.at)
            name = self._named(head.groups()[:6]) if head else None
            if head and name and self._wanted(name):
                yield from self._rows(name, head)
                return
            if name:
                yield Passed(name, window.line)
            self._pass_statement()
        elif word == b"DELIMITER":
            back = window.find(_DELIMITER_BACK, 100)
            if back is not None:
                window.take(back.end())
        else:
            self._note(word)
            self._pass_statement()

    def _note(self, word: bytes) -> None:
        """What a statement says about the statements to come."""
        window = self._window
        begin = window.data[window.at : window.at + 200].upper()
        if word == b"SET" and (charset := _CHARSET.match(window.data, window.at)):
            self._encoding = encoding_called(charset[1].decode())
        elif word == b"USE" and (database := _USE.match(window.data, window.at)):
            self._database = _plain(database.groups())
        elif begin.startswith(b"LOCK TABLES"):
            self._begun["LOCK TABLES"] = window.line
        elif begin.startswith(b"START TRANSACTION"):
            self._begun["START TRANSACTION"] = window.line
        elif word == b"UNLOCK":
            self._begun.pop("LOCK TABLES", None)
        elif word == b"COMMIT":
            self._begun.pop("START TRANSACTION", None)

    def _create(self, head: re.Match[bytes]) -> Made:
        window = self._window
        name = self._named(head.groups()[:6])
        begin, line = window.at, window.line
        while True:
            whole = _UP_TO_END.match(window.data, window.at)
            end = whole.end() if whole else begin
            if end < len(window.data) and window.data[end : end + 1] == b";":
                break
            if len(window.data) - window.at > LONGEST_DEFINITION:
                raise Broken(_("Line %d: this statement has no end.") % line)
            if not window.more():
                raise self._cut_off()
        definition = window.data[window.at : end]
        self._columns[name] = tuple(
            _decoded(column).lower() for column in _COLUMN.findall(definition, definition.index(b"("))
        )
        window.take(end)
        return Made(name)

    def _rows(self, name: TableName, head: re.Match[bytes]) -> Iterator[Found]:
        window = self._window
        listed = head[7]
        columns = (
            tuple(_decoded(column).lower() for column in _LISTED.findall(listed))
            if listed
            else self._columns.get(name, ())
        )
        if not columns:
            raise Broken(
                _(
                    "Line %(line)d: nothing says which columns %(table)s has. Dump with the structure of the tables, or"
                    " with --complete-insert."
                )
                % {"line": window.line, "table": name.table}
            )
        window.take(head.end())
        while True:
            line = window.line
            values = split(self._inside())
            if len(values) == len(columns):
                yield Row(name, line, columns, values, self._encoding)
            else:
                wrong = _(
                    "Line %(line)d: a row of %(table)s has %(values)d values for %(columns)d columns."
                ) % {
                    "line": line,
                    "table": name.table,
                    "values": len(values),
                    "columns": len(columns),
                }
                if not self._is_tolerant:
                    raise Broken(wrong)
                yield Damage(line, wrong, "sql")
            following = self._next_byte()
            if following != b",":
                break
            window.take(window.at + 1)
            if self._next_byte() != b"(":
                raise Broken(_("Line %d: a row should begin here.") % window.line)
        self._pass_statement()

    def _inside(self) -> bytes:
        """What stands between the parentheses of the row that begins here; the window moves behind it."""
        window = self._window
        while True:
            found = _INSIDE.match(window.data, window.at + 1)
            end = found.end() if found else window.at + 1
            following = window.data[end : end + 1]
            if following == b")":
                inside = window.data[window.at + 1 : end]
                window.take(end + 1)
                return inside
            if following == b"(":
                raise Broken(_("Line %d: this row holds more than values.") % window.line)
            if not window.more():
                raise self._cut_off()

    def _next_byte(self) -> bytes:
        window = self._window
        while True:
            while window.at < len(window.data):
                byte = window.data[window.at : window.at + 1]
                if not byte.isspace():
                    return byte
                window.take(window.at + 1)
            if not window.more():
                raise self._cut_off()

    def _pass_statement(self) -> None:
        window = self._window
        while (following := window.pass_all(_UP_TO_END)) not in (b";", b""):
            # A text that does not end within the window yet.
            if len(window.data) - window.at > LONGEST or not window.more():
                raise self._cut_off()
        if not following:
            raise self._cut_off()
        window.take(window.at + 1)

    def _cut_off(self) -> Broken:
        self._begun.clear()
        return Broken(_("Line %d: the dump is cut off in the middle of a statement.") % self.line)

    def _named(self, groups: tuple[bytes | None, ...]) -> TableName:
        return TableName(_plain(groups[:3]) or self._database, _plain(groups[3:]))


def _plain(spellings: tuple[bytes | None, ...]) -> str:
    return _decoded(next((each for each in spellings if each), b""))


def _decoded(name: bytes) -> str:
    return name.replace(b"``", b"`").decode("utf-8", "replace")
