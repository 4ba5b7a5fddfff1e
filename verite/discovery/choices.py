"""What a visitor asks of the list of films: facets, an order, and words for what we could not use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode


class Facet(StrEnum):
    """A side from which the catalogue can be narrowed. The names are those of the address."""

    SUBJECT = "subject"
    DECADE = "decade"
    YEAR = "year"
    LENGTH = "length"
    PLAYABLE = "playable"
    CAPTIONS = "captions"
    LANGUAGE = "language"
    COUNTRY = "country"


class Sort(StrEnum):
    NEWEST = "newest"
    YEAR = "year"
    TITLE = "title"


class Length(StrEnum):
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


YES = "yes"


@dataclass(frozen=True, slots=True)
class Choice:
    """Several values of one facet mean "or", several facets mean "and"."""

    values: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST

    @property
    def is_everything(self) -> bool:
        return not self.values

    def of(self, facet: Facet) -> tuple[str, ...]:
        return self.values.get(facet, ())

    def sorted_by(self, sort: Sort) -> Choice:
        return Choice(self.values, sort)

    def without(self, facet: Facet, value: str) -> Choice:
        kept = {f: tuple(v for v in values if (f, v) != (facet, value)) for f, values in self.values.items()}
        return Choice({f: values for f, values in kept.items() if values}, self.sort)

    def query(self, **further: str | int) -> str:
        """The query string of exactly this choice, always spelt the same; empty for everything, newest first."""
        pairs: list[tuple[str, str | int]] = [(f, value) for f in Facet for value in self.of(f)]
        if self.sort is not Sort.NEWEST:
            pairs.append(("sort", self.sort))
        return urlencode([*pairs, *further.items()])


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter that asked for something this catalogue does not have."""

    name: str
    value: str


def canonical(facet: Facet, value: str) -> str:
    """The spelling under which the shelf keeps a value, whether or not it has it."""
    value = value.strip()
    match facet:
        case Facet.COUNTRY:
            return value.upper()
        case Facet.LANGUAGE:
            return value.lower().partition("-")[0]
        case Facet.DECADE:
            return value if value.endswith("s") else f"{value}s"
        case Facet.PLAYABLE | Facet.CAPTIONS:
            return YES if value.lower() in {"yes", "1", "true", "on"} else value
        case _:
            return value


def read_choice(
    given: Mapping[str, Sequence[str]], known: Mapping[Facet, Mapping[str, object]]
) -> tuple[Choice, list[Ignored]]:
    """What the parameters ask for among the ``known`` values of each facet, and what is none of them."""
    values: dict[Facet, tuple[str, ...]] = {}
    ignored: list[Ignored] = []
    for facet in Facet:
        asked = {canonical(facet, value): value for value in given.get(facet, ()) if value.strip()}
        ignored += [Ignored(facet, value) for spelt, value in asked.items() if spelt not in known[facet]]
        if found := tuple(sorted(asked.keys() & known[facet].keys())):
            values[facet] = found
    sort = (given.get("sort") or [Sort.NEWEST])[-1]
    if sort not in set(Sort):
        ignored.append(Ignored("sort", sort))
        sort = Sort.NEWEST
    return Choice(values, Sort(sort)), ignored
