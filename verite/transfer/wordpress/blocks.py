"""A file, compressed or not, in blocks."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from django.utils.translation import gettext as _

from .records import Broken

BLOCK_BYTES = 1 << 16

_GZIP = b"\x1f\x8b"


def head_of(head: bytes) -> bytes:
    """The beginning of what is in a file that begins with ``head``; empty where that cannot be unpacked."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, BLOCK_BYTES)
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
        self._content = gzip.GzipFile(fileobj=self._file) if is_compressed else self._file

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
        try:
            while block := self._content.read(BLOCK_BYTES):
                yield block
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Broken(
                _("The compressed file is damaged or cut off. What came before the damage was read.")
            ) from error
