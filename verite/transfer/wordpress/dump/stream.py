"""A long stream of bytes, looked at through a window that moves on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from verite.transfer.wordpress.records import Broken

LONGEST = 64 << 20  # bytes of one row or one text; what a database server takes at once is less


class Window:
    """What is read of the stream and not yet done with begins at ``data[at]``, in the line ``line``."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self.data = b""
        self.at = 0
        self.line = 1
        self.is_at_end = False
        self._is_damaged = False

    def more(self) -> bool:
        """Read on, as much again as is waiting. False where nothing is left to read.

        Raises:
            Broken: a single thing is longer than anything may be, or the file is damaged.
        """
        waiting = len(self.data) - self.at
        if waiting > LONGEST:
            raise Broken(
                _("Line %d: a single value is larger than any can be, so reading stops here.") % self.line
            )
        pieces, read = [self.data[self.at :]], 0
        while not self.is_at_end and read <= waiting:
            block = self._next_block()
            self.is_at_end = not block
            pieces.append(block)
            read += len(block)
        self.data, self.at = b"".join(pieces), 0
        if not read and self._is_damaged:
            self._is_damaged = False
            raise Broken(_("Line %d: the compressed file is damaged or cut off here.") % self.line)
        return read > 0

    def _next_block(self) -> bytes:
        try:
            return next(self._blocks, b"")
        except Broken:
            # It is told when what came before has been read.
            self._is_damaged = True
            return b""

    def has(self, count: int) -> bool:
        """Whether so many bytes follow."""
        while len(self.data) - self.at < count:
            if not self.more():
                return False
        return True

    def take(self, end: int) -> None:
        """Be done with everything before ``data[end]``."""
        self.line += self.data.count(b"\n", self.at, end)
        self.at = end

    def pass_all(self, pattern: re.Pattern[bytes]) -> bytes:
        """Pass all that a pattern matches again and again, without holding it.

        Returns:
            The byte that follows; empty at the end of the stream. A pattern that matches only whole pieces
            stops at the beginning of one that has no end.
        """
        while True:
            found = pattern.match(self.data, self.at)
            is_moved = found is not None and found.end() > self.at
            if found is not None:
                self.take(found.end())
            if self.at < len(self.data) and not is_moved:
                return self.data[self.at : self.at + 1]
            if self.at == len(self.data) and not self.more():
                return b""

    def find(self, pattern: re.Pattern[bytes], longest: int) -> re.Match[bytes] | None:
        """Pass everything up to the first match, which may be ``longest`` bytes long; None where there is none."""
        while True:
            found = pattern.search(self.data, self.at)
            if found is not None and (found.end() < len(self.data) or self.is_at_end):
                self.take(found.start())
                return found
            self.take(max(self.at, len(self.data) - longest))
            if not self.more():
                found = pattern.search(self.data, self.at)
                self.take(found.start() if found else len(self.data))
                return found
