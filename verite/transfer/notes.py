"""What did not reach the catalogue, note by note, and gathered by what the notes say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# Of each sort of note a summary shows so many; the full report has all.
SHOWN = 3
# A broken file can have as many sorts as it has lines. What comes after these is gathered as others.
MOST_SORTS = 200
MOST_FIELDS = 50

_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that did not reach the catalogue. ``field`` is empty when nothing of the entry did."""

    line: int
    field: str
    value: str
    text: str
    kept: str = ""

    def __str__(self) -> str:
        about = self._about()
        return f"{self._place()}{about}: {self.text}{self._instead()}" if about else self._place() + self.text

    def in_short(self) -> str:
        """Without the text, for below a heading that says it."""
        return f"{self._place()}{self._about()}{self._instead()}"

    def _place(self) -> str:
        return _("line %d: ") % self.line if self.line else ""

    def _about(self) -> str:
        return f"{self.field} “{self.value}”" if self.value else self.field

    def _instead(self) -> str:
        return f" (“{self.kept}”)" if self.kept else ""


@dataclass(slots=True)
class _Sort:
    """Notes whose texts are the same but for numbers."""

    count: int = 0
    first: list[Note] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    texts: set[str] = field(default_factory=set)

    def add(self, note: Note) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(note)
        if len(self.texts) < 2:
            self.texts.add(note.text)
        if note.field in self.fields or len(self.fields) < MOST_FIELDS:
            self.fields[note.field] += 1


class Sorts:
    """Notes by sort, in memory that does not grow with their number."""

    def __init__(self) -> None:
        self._sorts: dict[str, _Sort] = {}

    def add(self, note: Note) -> None:
        key = _NUMBER.sub("…", note.text) if note.field else _("Refused")
        if key not in self._sorts and len(self._sorts) >= MOST_SORTS:
            key = _("Others")
        self._sorts.setdefault(key, _Sort()).add(note)

    def lines(self) -> Iterator[str]:
        """For people: a heading for each sort, its fields where they are several, and its first notes."""
        for heading, sort in self._sorts.items():
            says_it = len(sort.texts) == 1 and bool(sort.first[0].field)
            yield f"{sort.first[0].text if says_it else heading} ({sort.count:,})"
            if len(sort.fields) > 1:
                more = ", …" if len(sort.fields) == MOST_FIELDS else ""
                yield (
                    "  "
                    + ", ".join(f"{name} {number:,}" for name, number in sort.fields.most_common())
                    + more
                )
            for note in sort.first:
                yield "  " + (note.in_short() if says_it else str(note))
            if sort.count > len(sort.first):
                yield "  …"
