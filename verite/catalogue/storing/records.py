"""Films as a batch knows them: read together, and compared with what the database held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet

from verite.catalogue.facts import FilmFacts, PartFacts, Released, folded
from verite.catalogue.hosts import Found
from verite.catalogue.models import (
    Credit,
    ExternalId,
    Film,
    FilmCountry,
    FilmLanguage,
    FilmSubject,
    FilmTitle,
    Part,
    Source,
)
from verite.core.dates import PartialDate, YearRange


@dataclass(eq=False, slots=True)
class Record:
    """One film. ``facts`` is what it shall be, ``before`` what the database holds (nothing of a new film).

    ``people`` and ``subjects`` hold the ids behind folded names, so that of two people of one name the one who
    is credited already stays; ``titles`` and ``parts`` the ids of rows; ``next_source`` free positions.
    """

    facts: FilmFacts
    before: FilmFacts = field(default_factory=FilmFacts)
    film_id: int = 0  # 0: not stored yet
    slug: str = ""
    people: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    next_source: dict[int, int] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        return self.facts != self.before


def films_meant(said: Collection[FilmFacts]) -> set[int]:
    """Ids of all films that ``matching`` may choose from, in three statements."""
    return _with_ids({external_id for facts in said for external_id in facts.external_ids}) | _with_titles(
        said
    )


def hold_films(film_ids: Collection[int]) -> None:
    """Keep other writers from changing these films until the transaction ends: they would not see our change."""
    list(Film.objects.select_for_update(no_key=True).filter(id__in=film_ids).order_by("id").values_list("id"))


def read_records(film_ids: Collection[int]) -> list[Record]:
    """These films with all that hangs on them, in nine statements, in the order of their ids."""
    if not film_ids:
        return []
    records = _films(Film.objects.filter(id__in=film_ids))
    _read_lists(records)
    _read_named(records)
    _read_parts(records)
    for record in records.values():
        record.before = record.facts
    return list(records.values())


def _with_ids(external_ids: set[tuple[str, str]]) -> set[int]:
    values = defaultdict(list)
    for scheme, value in external_ids:
        values[scheme].append(value)
    wanted = Q()
    for scheme, of_scheme in values.items():
        wanted |= Q(scheme=scheme, value__in=of_scheme)
    return set(ExternalId.objects.filter(wanted).values_list("film_id", flat=True)) if wanted else set()


def _with_titles(said: Collection[FilmFacts]) -> set[int]:
    years: defaultdict[str, set[int | None]] = defaultdict(set)
    for facts in said:
        if facts.title:
            years[folded(facts.title)].add(facts.year)
    own = Film.objects.filter(folded_title__in=years).values_list("id", "folded_title", "year")
    other = FilmTitle.objects.filter(folded_title__in=years).values_list(
        "film_id", "folded_title", "film__year"
    )
    return {
        film_id
        for rows in (own, other)
        for film_id, title, year in rows
        if year is None or None in years[title] or year in years[title]
    }


def _films(films: QuerySet[Film]) -> dict[int, Record]:
    rows = films.order_by("id").values(
        "id", "slug", "title", "kind", "year", "month", "day", "last_year", "is_running", "length_seconds", "tagline",
        "text__synopsis", "text__rights", "text__public_performance",
    )  # fmt: skip
    return {
        row["id"]: Record(
            FilmFacts(
                title=row["title"],
                kind=row["kind"],
                released=_released(
                    row["year"], row["month"], row["day"], row["last_year"], is_running=row["is_running"]
                ),
                length_seconds=row["length_seconds"],
                tagline=row["tagline"],
                synopsis=row["text__synopsis"] or "",
                rights=row["text__rights"] or "",
                public_performance=row["text__public_performance"] or "",
            ),
            film_id=row["id"],
            slug=row["slug"],
        )
        for row in rows
    }


def _released(
    year: int | None, month: int | None, day: int | None, last_year: int | None, *, is_running: bool
) -> Released | None:
    if year is None:
        return None
    if is_running or last_year is not None:
        return YearRange(year, last_year)
    return PartialDate(year, month, day)


def _read_lists(records: dict[int, Record]) -> None:
    countries = FilmCountry.objects.filter(film__in=records).order_by("position", "id")
    languages = FilmLanguage.objects.filter(film__in=records).order_by("position", "id")
    titles = FilmTitle.objects.filter(film__in=records).order_by("id")
    external_ids = ExternalId.objects.filter(film__in=records).order_by("id")
    for film_id, codes in _grouped(countries.values_list("film_id", "code")).items():
        _amend(records[film_id], countries=tuple(code for (code,) in codes))
    for film_id, tags in _grouped(languages.values_list("film_id", "tag")).items():
        _amend(records[film_id], languages=tuple(tag for (tag,) in tags))
    for film_id, pairs in _grouped(external_ids.values_list("film_id", "scheme", "value")).items():
        _amend(records[film_id], external_ids=tuple(pairs))
    for film_id, rows in _grouped(titles.values_list("film_id", "title", "id")).items():
        records[film_id].titles = dict(rows)
        _amend(records[film_id], other_titles=tuple(title for title, _id in rows))


def _read_named(records: dict[int, Record]) -> None:
    subjects = FilmSubject.objects.filter(film__in=records).order_by("position", "id")
    for film_id, rows in _grouped(subjects.values_list("film_id", "subject__name", "subject_id")).items():
        records[film_id].subjects = {folded(name): subject_id for name, subject_id in rows}
        _amend(records[film_id], subjects=tuple(name for name, _id in rows))
    credited = Credit.objects.filter(film__in=records).order_by("position", "id")
    for film_id, rows in _grouped(
        credited.values_list("film_id", "role", "person__name", "person_id")
    ).items():
        records[film_id].people = {folded(name): person_id for _role, name, person_id in rows}
        _amend(
            records[film_id], credits={role: tuple(n for r, n, _ in rows if r == role) for role, *_ in rows}
        )


def _read_parts(records: dict[int, Record]) -> None:
    sources = Source.objects.filter(part__film__in=records).order_by("position", "id")
    playing = _grouped(sources.values_list("part_id", "host", "kind", "ref", "start_seconds", "position"))
    parts = Part.objects.filter(film__in=records).order_by("position")
    for film_id, rows in _grouped(
        parts.values_list("film_id", "position", "id", "title", "length_seconds")
    ).items():
        record = records[film_id]
        record.parts = {position: part_id for position, part_id, *_ in rows}
        record.next_source = {
            position: max((row[-1] for row in playing.get(part_id, ())), default=0) + 1
            for position, part_id, *_ in rows
        }
        _amend(
            record,
            parts=tuple(
                PartFacts(
                    position=position,
                    title=title,
                    length_seconds=length,
                    sources=tuple(
                        Found(host, kind, ref, start, address="")
                        for host, kind, ref, start, _position in playing.get(part_id, ())
                    ),
                )
                for position, part_id, title, length in rows
            ),
        )


def _amend(record: Record, **facts: Any) -> None:
    record.facts = replace(record.facts, **facts)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by their first column, without it."""
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for owner, *row in rows:
        groups[owner].append(tuple(row))
    return dict(groups)
