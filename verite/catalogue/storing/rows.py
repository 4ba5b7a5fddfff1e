"""Writes what a batch changed, table by table, in a number of statements that does not depend on the batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from django.db import connection
from django.db.models import Model

from verite.catalogue import keys
from verite.catalogue.facts import FilmFacts, PartFacts, folded
from verite.catalogue.models import (
    Credit,
    ExternalId,
    Film,
    FilmCountry,
    FilmLanguage,
    FilmSubject,
    FilmText,
    FilmTitle,
    Part,
    Source,
)
from verite.core import freshness
from verite.core.dates import PartialDate, YearRange
from verite.core.slugs import candidates, slugify
from verite.core.text import sort_key_title

from .counts import recount_parts
from .named import people_named, subjects_named
from .records import Record
from .slugs import free_slugs

M = TypeVar("M", Film, FilmText, Part)
Row: TypeAlias = tuple[Any, ...]

_FILM_COLUMNS = (
    "title", "sort_title", "folded_title", "kind", "year", "month", "day", "last_year", "is_running", "length_seconds",
    "tagline",
)  # fmt: skip
_SOURCE_COLUMNS = (
    "part_id", "position", "host", "kind", "ref", "start_seconds", "captions", "region", "rights", "state", "failure",
)  # fmt: skip
_NOTHING_CHECKED = ("", "", "", Source.State.UNCHECKED, "")
_TEXT_COLUMNS = ("synopsis", "rights", "public_performance")


def write_records(records: Sequence[Record], *, now: datetime) -> None:
    """Store these records, all of which are new or changed, and touch what shows them.

    Inside a write transaction only. A new record knows its film's id and slug afterwards.
    """
    _give_ids_to_names(records)
    _write_films(records, now)
    _write_texts(records)
    _write_titles(records)
    _write_lists(records)
    _write_credits(records)
    _write_parts(records)
    _touch(records)


def _give_ids_to_names(records: Sequence[Record]) -> None:
    people = {
        record: {folded(name): name for role in _roles_changed(record) for name in record.facts.credits[role]}
        for record in records
    }
    subjects = {record: {folded(name): name for name in record.facts.subjects} for record in records}
    found = people_named(name for of in people.values() for name in of.values())
    topics = subjects_named(
        name for record, of in subjects.items() for key, name in of.items() if key not in record.subjects
    )
    for record in records:
        record.people = {key: found[key] for key in people[record]} | record.people
        record.subjects = {key: topics[key] for key in subjects[record] if key in topics} | record.subjects


def _write_films(records: Sequence[Record], now: datetime) -> None:
    new = [record for record in records if not record.film_id]
    renewed = [
        record for record in records if record.film_id and _columns(record.facts) != _columns(record.before)
    ]
    slugs = free_slugs(
        Film, [candidates(slugify(record.facts.title, fallback="film"), record.facts.year) for record in new]
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    _insert(
        Film,
        ("slug", "published_at", "state", *_FILM_COLUMNS),
        [
            (slug, moment, Film.State.PUBLISHED, *_columns(record.facts).values())
            for record, slug in zip(new, slugs, strict=True)
        ],
    )
    ids = dict(Film.objects.filter(slug__in=slugs).values_list("slug", "id"))
    for record, slug in zip(new, slugs, strict=True):
        record.film_id, record.slug = ids[slug], slug
    _update(
        [
            Film(pk=record.film_id, slug=record.slug, published_at=now, **_columns(record.facts))
            for record in renewed
        ],
        _FILM_COLUMNS,
    )


def _columns(facts: FilmFacts) -> dict[str, Any]:
    """What stands in ``_FILM_COLUMNS``, in their order."""
    released = facts.released
    exact = released if isinstance(released, PartialDate) else None
    years = released if isinstance(released, YearRange) else None
    return {
        "title": facts.title,
        "sort_title": sort_key_title(facts.title)[:300],
        "folded_title": folded(facts.title),
        "kind": facts.kind,
        "year": facts.year,
        "month": exact.month if exact else None,
        "day": exact.day if exact else None,
        "last_year": years.last if years else None,
        "is_running": years is not None and years.last is None,
        "length_seconds": facts.length_seconds,
        "tagline": facts.tagline,
    }


def _write_texts(records: Sequence[Record]) -> None:
    changed = [record for record in records if _texts(record.facts) != _texts(record.before)]
    new = [record for record in changed if not record.before.title]
    _insert(
        FilmText,
        ("film_id", *_TEXT_COLUMNS),
        [(record.film_id, *_texts(record.facts).values()) for record in new],
    )
    _update(
        [
            FilmText(film_id=record.film_id, **_texts(record.facts))
            for record in changed
            if record.before.title
        ],
        _TEXT_COLUMNS,
    )


def _texts(facts: FilmFacts) -> dict[str, str]:
    return {name: getattr(facts, name) for name in _TEXT_COLUMNS}


def _write_titles(records: Sequence[Record]) -> None:
    gone = [
        row_id
        for record in records
        for title, row_id in record.titles.items()
        if title not in record.facts.other_titles
    ]
    if gone:
        FilmTitle.objects.filter(id__in=gone).delete()
    _insert(
        FilmTitle,
        ("film_id", "title", "folded_title", "language"),
        [
            (record.film_id, title, folded(title), "")
            for record in records
            for title in record.facts.other_titles
            if title not in record.titles
        ],
    )
    _insert(
        ExternalId,
        ("film_id", "scheme", "value"),
        [
            (record.film_id, *external_id)
            for record in records
            for external_id in record.facts.external_ids
            if external_id not in record.before.external_ids
        ],
    )


def _write_lists(records: Sequence[Record]) -> None:
    countries = [record for record in records if record.facts.countries != record.before.countries]
    _clear(FilmCountry, (record for record in countries if record.before.countries))
    _insert(
        FilmCountry,
        ("film_id", "position", "code"),
        [(record.film_id, *place) for record in countries for place in enumerate(record.facts.countries)],
    )
    languages = [record for record in records if record.facts.languages != record.before.languages]
    _clear(FilmLanguage, (record for record in languages if record.before.languages))
    _insert(
        FilmLanguage,
        ("film_id", "position", "tag"),
        [(record.film_id, *place) for record in languages for place in enumerate(record.facts.languages)],
    )
    subjects = [record for record in records if record.facts.subjects != record.before.subjects]
    _clear(FilmSubject, (record for record in subjects if record.before.subjects))
    _insert(
        FilmSubject,
        ("film_id", "position", "subject_id"),
        [
            (record.film_id, position, record.subjects[folded(name)])
            for record in subjects
            for position, name in enumerate(record.facts.subjects)
        ],
    )


def _clear(model: type[FilmCountry | FilmLanguage | FilmSubject], records: Iterable[Record]) -> None:
    if film_ids := [record.film_id for record in records]:
        model.objects.filter(film__in=film_ids).delete()


def _write_credits(records: Sequence[Record]) -> None:
    cleared: defaultdict[str, list[int]] = defaultdict(list)
    for record in records:
        for role in _roles_changed(record):
            if record.before.credits.get(role):
                cleared[role].append(record.film_id)
    for role, film_ids in cleared.items():
        Credit.objects.filter(film__in=film_ids, role=role).delete()
    _insert(
        Credit,
        ("film_id", "role", "position", "person_id"),
        [
            (record.film_id, role, position, record.people[folded(name)])
            for record in records
            for role in _roles_changed(record)
            for position, name in enumerate(record.facts.credits[role])
        ],
    )


def _roles_changed(record: Record) -> list[str]:
    return [
        role for role, names in record.facts.credits.items() if names != record.before.credits.get(role, ())
    ]


def _write_parts(records: Sequence[Record]) -> None:
    """Parts first, for sources need their ids."""
    changed = [record for record in records if record.facts.parts != record.before.parts]
    new = {
        (record.film_id, part.position): (record, part)
        for record in changed
        for part in record.facts.parts
        if part.position not in record.parts
    }
    _insert(
        Part,
        ("film_id", "position", "title", "length_seconds"),
        [(record.film_id, part.position, part.title, part.length_seconds) for record, part in new.values()],
    )
    grown = {film_id for film_id, _position in new}
    for film_id, position, part_id in Part.objects.filter(film__in=grown).values_list(
        "film_id", "position", "id"
    ):
        if (film_id, position) in new:
            new[film_id, position][0].parts[position] = part_id
    _update(
        [
            Part(pk=record.parts[part.position], film_id=record.film_id, **_part_columns(part))
            for record in changed
            for part, before in _pairs(record)
            if before is not None and _part_columns(part) != _part_columns(before)
        ],
        ("title", "length_seconds"),
    )
    _insert(Source, _SOURCE_COLUMNS, [source for record in changed for source in _new_sources(record)])
    recount_parts([record.film_id for record in records if record in changed or not record.before.title])


def _new_sources(record: Record) -> Iterator[Row]:
    for part, before in _pairs(record):
        part_id = record.parts[part.position]
        new = part.sources[len(before.sources) :] if before else part.sources
        for position, found in enumerate(new, start=record.next_source.get(part.position, 1)):
            yield part_id, position, found.host, found.kind, found.ref, found.start, *_NOTHING_CHECKED


def _pairs(record: Record) -> Iterator[tuple[PartFacts, PartFacts | None]]:
    """Each part as it shall be, and as it was."""
    before = {part.position: part for part in record.before.parts}
    return ((part, before.get(part.position)) for part in record.facts.parts)


def _part_columns(part: PartFacts) -> dict[str, Any]:
    return {"position": part.position, "title": part.title, "length_seconds": part.length_seconds}


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert plain rows by one statement; ``bulk_create`` takes several times as long."""
    if rows:
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})",  # noqa: S608 (our own names)
                rows,
            )


def _update(rows: Sequence[M], columns: Sequence[str]) -> None:
    """Set ``columns`` of rows that may or may not be there, by their primary keys."""
    if rows:
        model = type(rows[0])
        model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=columns
        )


def _touch(records: Sequence[Record]) -> None:
    for record in records:
        freshness.touch(keys.film(record.film_id))
        freshness.touch(*(keys.person(record.people[name]) for name in _people_touched(record)))
        freshness.touch(*(keys.subject(record.subjects[name]) for name in _subjects_touched(record)))
        if record.facts.year != record.before.year:
            freshness.touch(*(keys.year(year) for year in (record.facts.year, record.before.year) if year))


def _people_touched(record: Record) -> set[str]:
    """Whose lists of films gained or lost something, or are in another order."""
    credited, before = (
        {(role, folded(name)) for role, names in facts.credits.items() for name in names}
        for facts in (record.facts, record.before)
    )
    return {name for _role, name in (credited ^ before) | (credited if _is_placed_anew(record) else set())}


def _subjects_touched(record: Record) -> set[str]:
    subjects, before = (set(map(folded, facts.subjects)) for facts in (record.facts, record.before))
    return (subjects ^ before) | (subjects if _is_placed_anew(record) else set())


def _is_placed_anew(record: Record) -> bool:
    """Whether what lists are ordered by has changed: the year, and what can be played."""
    return record.facts.year != record.before.year or record.facts.parts != record.before.parts
