"""Joins what is said about a film with what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from verite.core.dates import YearRange
from verite.core.text import excerpt

from . import FilmFacts, PartFacts, Released, Remark, folded, place

V = TypeVar("V")

_SHOWN = 100
_WORDS = ("tagline", "synopsis", "rights", "public_performance")


def merge(known: FilmFacts, said: FilmFacts, *, said_wins: bool) -> tuple[FilmFacts, list[Remark]]:
    """What is known of a film once ``said`` (which must be cleaned) is taken in, and what of it was not.

    What nobody has said yet is filled in. Where the two differ the known stays and a remark says so, or, with
    ``said_wins``, is replaced. Titles, ids, subjects and sources are added, never taken away (subjects are
    replaced with ``said_wins``). A more exact date of the same year, and "short" or "series" instead of plain
    "film", count as filling in. Merging the same thing again changes nothing.
    """
    join = _Join(said_wins)
    title = join.title(known, said)
    merged = replace(
        known,
        title=title,
        other_titles=_other_titles(title, known, said),
        released=join.released(known, said),
        kind=join.kind(known, said),
        length_seconds=join.value("length", known.length_seconds, said.length_seconds),
        countries=join.list("countries", known.countries, said.countries),
        languages=join.list("languages", known.languages, said.languages),
        subjects=said.subjects if said_wins and said.subjects else _added(known.subjects, said.subjects),
        credits={
            role: join.list(role, known.credits.get(role, ()), said.credits.get(role, ()))
            for role in (*known.credits, *(role for role in said.credits if role not in known.credits))
        },
        external_ids=tuple(dict.fromkeys((*known.external_ids, *said.external_ids))),
        parts=join.parts(known.parts, said.parts),
        **{name: join.value(name, getattr(known, name), getattr(said, name)) for name in _WORDS},
    )
    return merged, join.remarks


class _Join:
    def __init__(self, said_wins: bool) -> None:
        self.said_wins = said_wins
        self.remarks: list[Remark] = []

    def value(self, field: str, known: V, said: V) -> V:
        if not said or known == said:
            return known
        if not known or self.said_wins:
            return said
        self._kept(field, str(known), str(said))
        return known

    def list(self, field: str, known: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
        if not said or set(map(folded, said)) == set(map(folded, known)):
            return known
        if not known or self.said_wins:
            return said
        if lost := [name for name in said if folded(name) not in set(map(folded, known))]:
            self._kept(field, "; ".join(known), "; ".join(lost))
        return known

    def title(self, known: FilmFacts, said: FilmFacts) -> str:
        return said.title if said.title and (self.said_wins or not known.title) else known.title

    def kind(self, known: FilmFacts, said: FilmFacts) -> str:
        """A film is a film unless somebody says more."""
        if said.kind == "film" and not self.said_wins:
            return known.kind or said.kind
        if known.kind in ("", "film"):
            return said.kind or "film"
        return self.value("kind", known.kind, said.kind)

    def released(self, known: FilmFacts, said: FilmFacts) -> Released | None:
        if known.year is not None and known.year == said.year:
            if _detail(said) == 0 and not self.said_wins:
                return known.released
            if _detail(known) == 0:
                return said.released
        return self.value("year", known.released, said.released)

    def parts(self, known: tuple[PartFacts, ...], said: tuple[PartFacts, ...]) -> tuple[PartFacts, ...]:
        merged = {part.position: part for part in known}
        playing = {place(source) for part in known for source in part.sources}
        for part in said:
            before = merged.get(part.position, PartFacts(position=part.position))
            merged[part.position] = replace(
                before,
                title=self.value("part", before.title, part.title),
                length_seconds=self.value("length", before.length_seconds, part.length_seconds),
                sources=(
                    *before.sources,
                    *(source for source in part.sources if place(source) not in playing),
                ),
            )
        return tuple(merged[position] for position in sorted(merged))

    def _kept(self, field: str, known: str, said: str) -> None:
        text = _("The catalogue says something else, which was kept.")
        self.remarks.append(Remark(field, excerpt(said, _SHOWN), text, excerpt(known, _SHOWN)))


def _other_titles(title: str, known: FilmFacts, said: FilmFacts) -> tuple[str, ...]:
    kept = known.other_titles
    if title != known.title:
        kept = tuple(other for other in kept if folded(other) != folded(title))
    return _added(kept, (known.title, said.title, *said.other_titles), besides=title)


def _added(known: tuple[str, ...], said: Iterable[str], besides: str = "") -> tuple[str, ...]:
    """``known``, then what else is said, each once by what it is compared by."""
    new: dict[str, str] = {}
    for name in said:
        new.setdefault(folded(name), name)
    for name in (*known, besides, ""):
        new.pop(folded(name), None)
    return (*known, *new.values())


def _detail(facts: FilmFacts) -> int:
    """How much more than its first year is said of a film's date."""
    if isinstance(facts.released, YearRange):
        return 1
    return (
        sum(piece is not None for piece in (facts.released.month, facts.released.day))
        if facts.released
        else 0
    )
