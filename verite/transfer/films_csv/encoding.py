"""In which encoding a file of text is written, found by reading all of it once, in constant memory."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

BLOCK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UTF8_LETTERS = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]+")


def looks_like_text(head: bytes) -> bool:
    """Whether the beginning of a file has hardly any control characters (a stray one is the row's affair)."""
    text = head.decode(_guess(head), errors="replace")
    control = sum(character < " " and character not in "\t\n\r\f" for character in text)
    return control <= max(3, len(text) // 20)


def find_encoding(file: Path) -> str:
    """UTF-8 or UTF-16, with or without a mark; what is neither is taken for Windows' cp1252.

    Raises:
        Unreadable: it is no text, or text in which two encodings are mixed (the line is named).
        OSError: the file cannot be read.
    """
    with file.open("rb") as source:
        head = source.read(HEAD_BYTES)
        if not looks_like_text(head):
            raise Unreadable(
                _("This is no text file. If it is a spreadsheet, save it as “CSV UTF-8” and import that.")
            )
        encoding = _guess(head)
        line = _first_bad_line(source, encoding)
        if line is None:
            return encoding
        if encoding == "utf-8" and _is_cp1252(source):
            return "cp1252"
    raise Unreadable(
        _("Line %(line)d is not written in the encoding of the lines before it. Save the file as UTF-8.")
        % {"line": line}
    )


def _guess(head: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    # Latin letters in UTF-16 have a zero beside each of them.
    for first_zero, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            head[first_zero::2].count(0) * 2
            > len(head[first_zero::2])
            > head[1 - first_zero :: 2].count(0) * 20
        ):
            return encoding
    return "utf-8"


def _first_bad_line(source: BinaryIO, encoding: str) -> int | None:
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while block := source.read(BLOCK_BYTES):
        try:
            line += decoder.decode(block).count("\n")
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, errors="ignore")
            return line + good.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _is_cp1252(source: BinaryIO) -> bool:
    """Whether the letters above ASCII are mostly single bytes that cp1252 knows, not mostly whole UTF-8 letters."""
    source.seek(0)
    groups = utf8 = 0
    while block := source.read(BLOCK_BYTES):
        groups += len(_ABOVE_ASCII.findall(block))
        utf8 += len(_UTF8_LETTERS.findall(block))
        try:
            block.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return utf8 * 2 < groups
