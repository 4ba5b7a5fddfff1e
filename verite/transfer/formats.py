"""What can be imported: one small class for each format. ``docs/recipes/import-format.md`` says how to add one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from verite.catalogue.actions import FilmFacts, Remark

HEAD_BYTES = 1 << 16


class Unreadable(Exception):
    """A file cannot be imported at all. The message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file holds: a film, or why it is none (``refusal``).

    ``line`` is where it begins (from 1), ``end`` how many bytes of the file have been read so far, ``remarks``
    what it says that has no place here.
    """

    line: int
    end: int
    facts: FilmFacts | None = None
    remarks: tuple[Remark, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that has been opened: how it was understood, which of its fields have no place here, what it holds.

    ``entries`` is read once, and must need no more memory for a long file than for a short one.
    """

    understood: str
    unmapped: tuple[str, ...]
    entries: Iterator[Entry]


class Format(Protocol):
    """A kind of file."""

    @property
    def name(self) -> str:
        """What people type after ``--format``; never changed."""
        ...

    def recognise(self, head: bytes) -> bool:
        """Whether a file that begins with ``head`` (at most ``HEAD_BYTES``) is of this kind."""
        ...

    def read(self, path: Path) -> Reading:
        """Open a file of this kind.

        Raises:
            Unreadable: it is none, or broken from the beginning.
            OSError: the file cannot be read.
        """
        ...
