"""Values as MySQL and MariaDB write them into a dump: quoted texts, numbers, hexadecimal and binary literals."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

STRINGS = rb"'(?:[^'\\]++|\\.|'')*+'" + rb'|"(?:[^"\\]++|\\.|"")*+"'

_VALUE = re.compile(
    rb"\s*+(?:(_?[A-Za-z]\w*+\s*+)?(?:'((?:[^'\\]++|\\.|'')*+)'"
    rb'|"((?:[^"\\]++|\\.|"")*+)")'
    rb"|([^\s,'\"]++))\s*+(?:,|\Z)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(.)|''|\"\"", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"", b"b": b"", b"Z": b""}
# No page shows them, and a database may refuse them.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]+")

# Only encodings in which a byte of a longer character is never taken for a quote or a backslash.
_ENCODINGS = {
    "utf8": "utf-8", "utf8mb3": "utf-8", "utf8mb4": "utf-8", "binary": "utf-8", "ascii": "ascii",
    "latin1": "cp1252", "latin2": "iso8859-2", "latin5": "iso8859-9", "latin7": "iso8859-13", "greek": "iso8859-7",
    "hebrew": "iso8859-8", "cp1250": "cp1250", "cp1251": "cp1251", "cp1256": "cp1256", "cp1257": "cp1257",
    "cp850": "cp850", "cp852": "cp852", "cp866": "cp866", "koi8r": "koi8-r", "koi8u": "koi8-u", "ujis": "euc-jp",
    "euckr": "euc-kr", "gb2312": "gb2312", "tis620": "tis-620",
}  # fmt: skip

Raw = tuple[bytes, bytes, bytes, bytes]
"""A value as it stands there: what precedes the quotes, what is in them, and what stands without quotes."""


def encoding_called(charset: str) -> str:
    """Python's name for a character set of the dump's connection.

    Raises:
        Unreadable: it is one that cannot be read safely.
    """
    if known := _ENCODINGS.get(charset.lower()):
        return known
    raise Unreadable(
        _("The dump is written in %s, which is not read. Dump with --default-character-set=utf8mb4.")
        % charset
    )


def split(row: bytes) -> list[Raw]:
    """The values of a row, given what stands between its parentheses."""
    return _VALUE.findall(row)


def text_of(raw: Raw, encoding: str) -> str:
    """A value as text; empty for NULL.

    Raises:
        ValueError: it is a literal that cannot be read.
    """
    prefix, single, double, bare = raw
    data = single or double
    if bare:
        if bare[:2] in (b"0x", b"0X"):
            data = bytes.fromhex(bare[2:].decode("ascii"))
        elif bare[:2] in (b"0b", b"0B"):
            return str(int(bare, 0))
        else:
            return "" if bare.upper() == b"NULL" else bare.decode("ascii")
    elif prefix and (kind := prefix.strip().lower()) in (b"x", b"b"):
        if kind == b"b":
            return str(int(data or b"0", 2))
        data = bytes.fromhex(data.decode("ascii"))
    elif b"\\" in data or b"''" in data or b'""' in data:
        data = _unescaped(data, b"'" if single else b'"')
    if _CONTROLS.search(data):
        data = _CONTROLS.sub(b"", data)
    return data.decode(encoding, "replace")


def _unescaped(data: bytes, quote: bytes) -> bytes:
    def stands_for(found: re.Match[bytes]) -> bytes:
        letter = found[1]
        if letter is None:
            return quote if found[0] == quote * 2 else found[0]
        return _ESCAPED.get(letter, letter)

    return _ESCAPE.sub(stands_for, data)
