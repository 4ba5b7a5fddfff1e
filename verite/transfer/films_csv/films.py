"""A row of a film CSV as facts about a film."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.utils.translation import gettext as _

from verite.catalogue.actions import FilmFacts, FilmRefused, PartFacts, Remark
from verite.catalogue.countries import read_country
from verite.catalogue.external_ids import read_external_id
from verite.catalogue.facts import Released
from verite.catalogue.languages import read_language
from verite.core.text import excerpt
from verite.transfer.lengths import read_length

from .cells import is_nothing, read_kind, read_released, split_addresses, split_list
from .columns import IDS, PEOPLE, TEXTS, Column

T = TypeVar("T")


def read_film(columns: Sequence[Column], cells: Sequence[str]) -> tuple[FilmFacts, list[Remark]]:
    """The facts in a row, and what in it cannot be understood.

    Raises:
        FilmRefused: the year cannot be understood. Without it the film could be taken for another one.
    """
    said = _Said(columns, cells)
    kind = said.read("kind", read_kind, _("This is no kind of film: film, short or series.")) or ""
    facts = FilmFacts(
        title=said.text("title"),
        other_titles=said.list("other_titles"),
        released=_released(said.text("year")),
        kind=kind,
        length_seconds=said.length(),
        countries=said.codes("countries", read_country, _("This is no country we know.")),
        languages=said.codes("languages", read_language, _("This is no language we know.")),
        subjects=said.list("subjects"),
        credits={role: names for column, role in PEOPLE.items() if (names := said.list(column))},
        external_ids=tuple(said.external_ids(kind)),
        parts=tuple(said.parts()),
        **{name: said.text(name) for name in TEXTS},
    )
    return facts, said.remarks


def _released(cell: str) -> Released | None:
    try:
        return read_released(cell) if cell else None
    except ValueError as error:
        raise FilmRefused(_("The year “%(year)s”: %(why)s") % {"year": cell[:40], "why": error}) from error


class _Said:
    """The cells of one row that say something, by what they are about."""

    def __init__(self, columns: Sequence[Column], cells: Sequence[str]) -> None:
        self.remarks: list[Remark] = []
        self._cells: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for column, cell in zip(columns, cells, strict=True):
            # "Unknown" and "?" are titles of films, but no names of directors.
            if column.name and (cell.strip() if column.name == "title" else not is_nothing(cell)):
                self._cells[column.name, column.part].append(cell.strip())

    def text(self, name: str, part: int = 0) -> str:
        first, *others = self._cells.get((name, part), [""])
        for other in others:
            if other != first:
                self._leave_out(name, other, _("An earlier column says something else, which counts."), first)
        return first

    def list(self, name: str) -> tuple[str, ...]:
        return tuple(item for cell in self._cells.get((name, 0), ()) for item in split_list(cell))

    def read(self, name: str, reader: Callable[[str], T | None], otherwise: str, part: int = 0) -> T | None:
        text = self.text(name, part)
        value = reader(text) if text else None
        if text and value is None:
            self._leave_out(name, text, otherwise)
        return value

    def length(self, part: int = 0) -> int | None:
        return self.read("length", read_length, _("This is no length of time."), part)

    def codes(self, name: str, reader: Callable[[str], str | None], otherwise: str) -> tuple[str, ...]:
        """Items of a list as codes. An item with commas that means nothing as a whole is a list itself."""
        codes: list[str] = []
        for item in self.list(name):
            whole = reader(item)
            found = [whole] if whole else [reader(piece.strip()) for piece in item.split(",")]
            known = [code for code in found if code]
            if len(known) == len(found):
                codes += known
            else:
                self._leave_out(name, item, otherwise)
        return tuple(codes)

    def external_ids(self, kind: str) -> Iterable[tuple[str, str]]:
        for name in IDS:
            scheme = name.removesuffix("_id")
            for item in self.list(name):
                # TMDB counts films and series apart, and a bare number does not say which.
                spelt = f"tv/{item}" if scheme == "tmdb" and kind == "series" and item.isdigit() else item
                if value := read_external_id(scheme, spelt):
                    yield scheme, value
                else:
                    self._leave_out(name, item, _("This is no id of that catalogue."))

    def parts(self) -> Iterable[PartFacts]:
        """The parts that have columns of their own; an address of the whole film is one of part 1."""
        positions = {part for _name, part in self._cells if part} | (
            {1} if ("url", 0) in self._cells else set()
        )
        for position in sorted(positions):
            cells = [
                *(self._cells.get(("url", 0), []) if position == 1 else []),
                *self._cells.get(("url", position), []),
            ]
            yield PartFacts(
                position=position,
                title=self.text("title", position),
                length_seconds=self.length(position),
                addresses=tuple(address for cell in cells for address in split_addresses(cell)),
            )

    def _leave_out(self, name: str, value: str, why: str, kept: str = "") -> None:
        self.remarks.append(Remark(name, excerpt(value, 100), why, excerpt(kept, 100) if kept else ""))
