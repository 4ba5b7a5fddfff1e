"""What can be imported: one small class for each format. ``docs/recipes/import-format.md`` says how to add one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from verite.catalogue.actions import FilmFacts, Remark
from verite.transfer.belongings import Belongings
from verite.transfer.options import Options

HEAD_BYTES = 1 << 16


class Unreadable(Exception):
    """A file cannot be imported at all. The message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file holds: a film, why it could not be one (``refusal``), or something that is no film.

    Attributes:
        line: where it begins, from 1.
        end: how many bytes of the file have been read so far.
        remarks: what it says that has no place here.
        belongings: what comes with the film.
        tallies: what else is to be counted, by name.
        mapped: what was understood as what, where people may want it otherwise.
    """

    line: int
    end: int
    facts: FilmFacts | None = None
    remarks: tuple[Remark, ...] = ()
    refusal: str = ""
    belongings: Belongings | None = None
    tallies: Mapping[str, int] = field(default_factory=dict)
    mapped: tuple[tuple[str, str], ...] = ()

    @property
    def is_film(self) -> bool:
        """Whether it is, or was meant to be, a film."""
        return self.facts is not None or bool(self.refusal)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that has been opened: how it was understood, which of its fields have no place here, what it holds.

    ``entries`` is read once, and must need no more memory for a long file than for a short one.
    ``highest_comment`` finds the highest number of a comment in the file, or one above it.
    """

    understood: str
    unmapped: tuple[str, ...]
    entries: Iterator[Entry]
    highest_comment: Callable[[], int] = field(default=lambda: 0)


class Format(Protocol):
    """A kind of file."""

    @property
    def name(self) -> str:
        """What people type after ``--format``; never changed."""
        ...

    def recognise(self, head: bytes) -> bool:
        """Whether a file that begins with ``head`` (at most ``HEAD_BYTES``) is of this kind."""
        ...

    def read(self, path: Path, options: Options) -> Reading:
        """Open a file of this kind.

        Raises:
            Unreadable: it is none, or broken from the beginning.
            OSError: the file cannot be read.
        """
        ...
