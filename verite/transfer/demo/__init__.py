"""Sample films for a first look, from ``catalogue.toml`` beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

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
from verite.catalogue.models import Film
from verite.core import db
from verite.core.dates import PartialDate, YearRange
from verite.transfer.lengths import read_length

CATALOGUE = Path(__file__).with_name("catalogue.toml")

Table = Mapping[str, Any]


def fill_if_empty(*, now: datetime) -> int:
    """Store the sample films where there are no films yet, all of them or none.

    Returns:
        How many films were made; 0 where the site has films of its own.
    """
    if Film.objects.exists():
        return 0
    sample = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    with db.write():
        curator_id = name_author(sample["curator"], now=now)
        _store_subjects(sample["subjects"])
        films = _store_films(sample["films"], curator_id, now)
        for collection in sample["collections"]:
            save_collection(
                title=collection["title"],
                tagline=collection["tagline"],
                essay=collection["essay"],
                entries=[Entry(films[title]) for title in collection["films"]],
                curator_id=curator_id,
                now=now,
            )
    return len(films)


def _store_subjects(subjects: Iterable[Table]) -> None:
    ids: dict[str, int] = {}
    for subject in subjects:
        ids[subject["name"]] = save_subject(subject["name"], description=subject["description"])
        if "parent" in subject:
            place_subject(ids[subject["name"]], ids[subject["parent"]])


def _store_films(films: list[Table], curator_id: int, now: datetime) -> dict[str, int]:
    """The ids of the films by title. The last are stored first: pages lead with the newest."""
    ids = {}
    newest_last = list(reversed(films))
    answers = store_films([_facts(film) for film in newest_last], now=now)
    for film, stored in zip(newest_last, answers, strict=True):
        if stored.film_id is None or stored.remarks:
            raise ValueError(f"{CATALOGUE.name}: {film['title']}: {stored.refusal or stored.remarks}")
        ids[film["title"]] = stored.film_id
        if "review" in film:
            save_review(stored.film_id, curator_id, film["review"], now=now)
    return ids


def _facts(film: Table) -> FilmFacts:
    return FilmFacts(
        title=film["title"],
        other_titles=tuple(film.get("other_titles", ())),
        released=_released(film["year"]),
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
