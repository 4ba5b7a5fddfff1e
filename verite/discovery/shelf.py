"""The whole catalogue turned on its side: for each value of each facet, the films that have it, as bits.

A filter is a few ANDs and ORs of long integers, and a count beside a facet value is one more: at 100,000
films a page with all its counts takes a few milliseconds, where the same counts in SQL took the better part of
a second (docs/decisions/0005-browsing-from-memory.md). The films themselves are read from the database, so
that one withdrawn a moment ago is never shown.

The price is that a shelf is a copy. It is made anew when a film has changed since, but never so often that
more than a twentieth of a worker's time goes into it, and it is at most ``OLDEST`` seconds behind.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice
from typing import TypeVar

from django.db.models import QuerySet, Value

from verite.catalogue.models import Film, FilmCountry, FilmCounts, FilmLanguage, FilmSubject, Subject
from verite.core import freshness
from verite.discovery import keys
from verite.discovery.choices import YES, Choice, Facet, Length, Sort, canonical

OLDEST = 30.0  # seconds; pages made from it add as much again, and together they keep to one minute
REST = 20.0  # times as long as it took to make, a shelf stands before it is made again

T = TypeVar("T")

HALF_HOUR = 1800  # seconds
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject as the shelf knows it; ``branch`` are the slugs from the root down to its own."""

    slug: str
    name: str
    branch: tuple[str, ...]

    @property
    def parent(self) -> str:
        """The slug of the subject right above; empty for a root."""
        return self.branch[-2] if len(self.branch) > 1 else ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Films have a place each, from 0 for the newest; bit ``n`` of an integer is the film at place ``n``."""

    film_ids: Sequence[int]
    values: Mapping[Facet, Mapping[str, int]]
    orders: Mapping[Sort, Sequence[int]]
    topics: Mapping[str, Topic]

    @property
    def everything(self) -> int:
        return (1 << len(self.film_ids)) - 1

    def matching(self, choice: Choice, *, apart_from: Facet | None = None) -> int:
        """The films that have what was chosen, leaving one facet aside."""
        films = self.everything
        for facet, values in choice.values.items():
            if facet is not apart_from:
                any_of = 0
                for value in values:
                    any_of |= self.values[facet].get(value, 0)
                films &= any_of
        return films

    def counts(self, choice: Choice, facet: Facet) -> dict[str, int]:
        """How many films each value of a facet would give, with everything else that was chosen."""
        films = self.matching(choice, apart_from=facet)
        return {value: (films & having).bit_count() for value, having in self.values[facet].items()}

    def page(self, films: int, sort: Sort, start: int, size: int) -> list[int]:
        """The ids of ``size`` of these films from the ``start``-th on."""
        return self._ids(islice(self._in_order(films, self.orders[sort]), start, start + size))

    def page_after(self, films: int, sort: Sort, film_id: int, size: int) -> list[int]:
        """The ids of the ``size`` films that follow a film, itself one of them or not.

        Raises:
            LookupError: that film is not on the shelf.
        """
        try:
            place = self.film_ids.index(film_id)
        except ValueError as error:
            raise LookupError(film_id) from error
        following = islice(dropwhile(place.__ne__, self.orders[sort]), 1, None)
        return self._ids(islice(self._in_order(films, following), size))

    def _in_order(self, films: int, places: Sequence[int] | Iterator[int]) -> Iterator[int]:
        # Its binary digits are read many times faster than its bits: at place n stands digit n from the end.
        digits = f"{films:0{len(self.film_ids)}b}"[::-1]
        return (place for place in places if digits[place] == "1")

    def _ids(self, places: Iterator[int]) -> list[int]:
        return [self.film_ids[place] for place in places]


def read_shelf() -> Shelf:
    """Put the published films on a shelf, in a fixed number of queries, none of whose answers is kept whole."""
    published = Film.objects.public()
    film_ids, years, lengths = array("q"), array("H"), array("L")
    newest_first = published.order_by("-published_at", "-id").values_list("id", "year", "length_seconds")
    for film_id, year, seconds in newest_first.iterator():
        film_ids.append(film_id)
        years.append(year or 0)
        lengths.append(seconds or 0)

    places = range(len(film_ids))
    place_of = dict(zip(film_ids, places, strict=True))
    topics = _read_topics()

    def by_value(pairs: Iterable[tuple[T, int]]) -> dict[T, int]:
        having: defaultdict[T, list[int]] = defaultdict(list)
        for value, film_id in pairs:
            having[value].append(film_id)
        bits = {value: _bits(map(place_of.get, ids), len(places)) for value, ids in having.items()}
        return {value: films for value, films in bits.items() if films}

    def yes(counts: QuerySet[FilmCounts]) -> dict[str, int]:
        return by_value(counts.values_list(Value(YES), "film_id").iterator())

    by_length = by_value(
        (_length(length), film_id) for length, film_id in zip(lengths, film_ids, strict=True) if length
    )
    by_year = by_value((str(year), film_id) for year, film_id in zip(years, film_ids, strict=True) if year)
    by_topic = by_value(FilmSubject.objects.values_list("subject_id", "film_id").iterator())
    by_tag = by_value(FilmLanguage.objects.values_list("tag", "film_id").iterator())
    by_title = published.order_by("sort_title", "id").values_list("id", flat=True)
    return Shelf(
        film_ids=film_ids,
        values={
            Facet.SUBJECT: _united(
                (slug, films) for topic, films in by_topic.items() for slug in topics[topic].branch
            ),
            Facet.DECADE: _united((f"{year[:3]}0s", films) for year, films in by_year.items()),
            Facet.YEAR: by_year,
            Facet.LENGTH: by_length,
            Facet.PLAYABLE: yes(FilmCounts.objects.filter(playable_count__gt=0)),
            Facet.CAPTIONS: yes(FilmCounts.objects.filter(has_captions=True)),
            Facet.LANGUAGE: _united((canonical(Facet.LANGUAGE, tag), films) for tag, films in by_tag.items()),
            Facet.COUNTRY: by_value(FilmCountry.objects.values_list("code", "film_id").iterator()),
        },
        orders={
            Sort.NEWEST: places,
            Sort.YEAR: array("L", sorted(places, key=lambda place: -years[place])),
            Sort.TITLE: array("L", (place_of[film_id] for film_id in by_title.iterator())),
        },
        topics={topic.slug: topic for topic in topics.values()},
    )


def _bits(places: Iterable[int | None], size: int) -> int:
    """The integer with a bit for each place; None stands for a film that is not on the shelf."""
    # Setting digits and reading them as one number is quicker than setting bits one by one.
    digits = bytearray(b"0") * (size + 1)
    for place in places:
        if place is not None:
            digits[~place] = _ONE
    return int(digits, 2)


_ONE = ord("1")


def _united(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    united: defaultdict[str, int] = defaultdict(int)
    for value, films in pairs:
        united[value] |= films
    return dict(united)


def _length(seconds: int) -> str:
    if seconds < HALF_HOUR:
        return Length.SHORT
    return Length.MEDIUM if seconds <= HOUR else Length.LONG


def _read_topics() -> dict[int, Topic]:
    rows = list(Subject.objects.values_list("id", "slug", "name", "path"))
    slugs = {subject_id: slug for subject_id, slug, _name, _path in rows}
    return {
        subject_id: Topic(slug, name, tuple(slugs[int(step)] for step in (path or "").strip("/").split("/")))
        for subject_id, slug, name, path in rows
    }


@dataclass(frozen=True, slots=True)
class _Copy:
    shelf: Shelf
    version: int
    made_at: float  # monotonic seconds
    took: float

    def serves(self, version: int) -> bool:
        age = time.monotonic() - self.made_at
        return self.version == version or age < min(REST * self.took, OLDEST)


_copy: _Copy | None = None
_making = threading.Lock()


def shelf() -> Shelf:
    """The present shelf. One thread at a time makes a new one; meanwhile the others go on with the last."""
    global _copy  # noqa: PLW0603 (a copy of the database that all threads of a worker share)
    freshness.depends_on(keys.catalogue())
    version = freshness.versions([keys.catalogue()])[keys.catalogue()]
    present = _copy
    if present is not None and present.serves(version):
        return present.shelf
    if not _making.acquire(blocking=present is None):
        assert present is not None  # noqa: S101 (else we would have waited)
        return present.shelf
    try:
        if _copy is None or not _copy.serves(version):
            began = time.monotonic()
            made = read_shelf()
            _copy = _Copy(made, version, began, time.monotonic() - began)
        return _copy.shelf
    finally:
        _making.release()


def forget_shelf() -> None:
    """Make the next shelf anew, whatever the versions say; for tests, whose commits are taken back."""
    global _copy  # noqa: PLW0603
    _copy = None
