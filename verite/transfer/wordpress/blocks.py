"""A file, compressed or not, in blocks."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Self

from django.utils.translation import gettext as _

from verite.transfer.formats import Unreadable

from .records import Broken

BLOCK_BYTES = 1 << 16
# Unpacked. No site of films is larger; a few megabytes can be packed so that they never end.
MOST_BYTES = 64 << 30

_GZIP, _GZIP_BITS = b"\x1f\x8b", 31


def head_of(head: bytes) -> bytes:
    """The beginning of what is in a file that begins with ``head``; empty where that cannot be unpacked."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(_GZIP_BITS).decompress(head, BLOCK_BYTES)
    except zlib.error:
        return b""


class Blocks:
    """What is in a file, unpacked where it is compressed.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        is_compressed = self._file.peek(2).startswith(_GZIP)
        self._content = _unpacked(self._file) if is_compressed else iter(self._read, b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def position(self) -> int:
        """How many bytes of the file itself have been read."""
        return self._file.tell()

    def __iter__(self) -> Iterator[bytes]:
        """Everything that can be had, up to the byte where the file is damaged or cut off.

        Raises:
            Broken: it is, after what came before.
            Unreadable: it is larger than any file may be.
        """
        room = MOST_BYTES
        for block in filter(None, self._content):
            room -= len(block)
            if room < 0:
                raise Unreadable(
                    _(
                        "The file is larger than %d GB (unpacked), which no export or dump of a site is, so reading"
                        " stops here."
                    )
                    % (MOST_BYTES >> 30)
                )
            yield block

    def _read(self) -> bytes:
        return self._file.read(BLOCK_BYTES)


def _unpacked(file: BufferedReader) -> Iterator[bytes]:
    """The content of all parts of a gzip file; ``gzip`` itself keeps back what it has when the end is missing."""
    unpacker = zlib.decompressobj(_GZIP_BITS)
    has_begun = False
    while packed := file.read(BLOCK_BYTES):
        while packed:
            if not has_begun:
                packed = packed.lstrip(b"\0")  # tapes and some tools fill up with zeros
                has_begun = bool(packed)
            before = unpacker.copy()
            try:
                block = unpacker.decompress(packed, BLOCK_BYTES)
            except zlib.error as error:
                yield b"".join(_up_to_damage(before, packed))
                raise _damaged() from error
            yield block
            packed = unpacker.unconsumed_tail
            if unpacker.eof:
                packed, unpacker, has_begun = unpacker.unused_data, zlib.decompressobj(_GZIP_BITS), False
    if has_begun:
        yield unpacker.flush()
        raise _damaged()


def _up_to_damage(unpacker: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    """What of ``packed`` can be unpacked, byte by byte."""
    with suppress(zlib.error):
        for place in range(len(packed)):
            yield unpacker.decompress(packed[place : place + 1])


def _damaged() -> Broken:
    return Broken(_("The compressed file is damaged or cut off. What came before the damage was read."))
