"""The sample films, their subjects, reviews and collections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

from verite.accounts.actions import name_author
from verite.catalogue.actions import (
    Entry,
    FilmFacts,
    PartFacts,
    place_subject,
    save_collection,
    save_review,
    save_subject,
    store_films,
)
from verite.catalogue.facts import ROLES, Released
from verite.core.dates import PartialDate, YearRange
from verite.transfer.demo.files import Table, days_before, read_tables
from verite.transfer.lengths import read_length

CURATOR = "Sample curator"


def store_catalogue(*, now: datetime) -> dict[str, int]:
    """Store all that the files say of films.

    Returns:
        The ids of the films by title.

    Raises:
        ValueError: a file says something of a film that the catalogue does not take.
    """
    _store_subjects()
    film_ids = _store_films(now)
    _store_collections(film_ids, now)
    return film_ids


def _store_subjects() -> None:
    ids: dict[str, int] = {}
    for subject in read_tables("subjects.toml", "subjects"):
        ids[subject["name"]] = save_subject(subject["name"], description=subject["description"])
        if "parent" in subject:
            place_subject(ids[subject["name"]], ids[subject["parent"]])


def _store_films(now: datetime) -> dict[str, int]:
    ids = {}
    for days, films in groupby(_oldest_first(read_tables("films/*.toml", "films")), key=_added):
        added_at = days_before(now, days)
        together = list(films)
        answers = store_films([_facts(film) for film in together], now=added_at)
        for film, stored in zip(together, answers, strict=True):
            if stored.film_id is None or stored.remarks:
                raise ValueError(f"{film['title']}: {stored.refusal or stored.remarks}")
            ids[film["title"]] = stored.film_id
    _store_reviews(ids, now)
    return ids


def _store_reviews(film_ids: Mapping[str, int], now: datetime) -> None:
    films = read_tables("films/*.toml", "films")
    for film in sorted((film for film in films if "review" in film), key=_reviewed, reverse=True):
        reviewed_at = days_before(now, _reviewed(film))
        reviewer_id = name_author(film.get("reviewer", CURATOR), now=reviewed_at)
        save_review(film_ids[film["title"]], reviewer_id, film["review"], now=reviewed_at)


def _store_collections(film_ids: Mapping[str, int], now: datetime) -> None:
    for collection in _oldest_first(read_tables("collections.toml", "collections")):
        added_at = days_before(now, _added(collection))
        save_collection(
            title=collection["title"],
            tagline=collection["tagline"],
            essay=collection["essay"],
            entries=[Entry(film_ids[film["title"]], film.get("note", "")) for film in collection["films"]],
            curator_id=name_author(CURATOR, now=added_at),
            now=added_at,
        )


def _oldest_first(tables: list[Table]) -> list[Table]:
    return sorted(tables, key=_added, reverse=True)


def _added(table: Table) -> float:
    days: float = table["added"]
    return days


def _reviewed(film: Table) -> float:
    days: float = film.get("reviewed", film["added"])
    return days


def _facts(film: Table) -> FilmFacts:
    return FilmFacts(
        title=film["title"],
        other_titles=tuple(film.get("other_titles", ())),
        released=_released(film["year"]) if "year" in film else None,
        kind=film.get("kind", ""),
        length_seconds=read_length(film.get("length", "")),
        tagline=film["tagline"],
        synopsis=film["synopsis"],
        rights=film.get("rights", ""),
        countries=tuple(film.get("countries", ())),
        languages=tuple(film.get("languages", ())),
        subjects=tuple(film["subjects"]),
        credits={role: tuple(film[key]) for role in ROLES if (key := _plural(role)) in film},
        external_ids=tuple(
            (scheme, film[key]) for scheme in ("wikidata", "imdb") if (key := f"{scheme}_id") in film
        ),
        parts=tuple(_part(position, part) for position, part in enumerate(film["parts"], start=1)),
    )


def _plural(role: str) -> str:
    return role if role == "made_for" else f"{role}s"


def _released(text: str) -> Released:
    return YearRange.parse(text) if "–" in text else PartialDate.parse(text)


def _part(position: int, part: Table) -> PartFacts:
    return PartFacts(
        position=position,
        title=part.get("title", ""),
        length_seconds=read_length(part.get("length", "")),
        addresses=(part["url"],) if "url" in part else (),
    )
