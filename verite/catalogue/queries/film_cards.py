"""The one thing that every list of films shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verite.catalogue import keys
from verite.catalogue.models import Credit, Film, FilmSubject
from verite.core import freshness


class Plays(StrEnum):
    """How much of a film can be played here."""

    WHOLE = "whole"
    PARTLY = "partly"
    GONE = "gone"
    UNKNOWN = "unknown"


_COLUMNS = (
    "id",
    "slug",
    "title",
    "kind",
    "year",
    "last_year",
    "is_running",
    "length_seconds",
    "tagline",
    "published_at",
    "counts__part_count",
    "counts__playable_count",
    "counts__has_captions",
)


@dataclass(frozen=True, slots=True)
class SubjectName:
    """What a link to a subject needs."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class FilmCard:
    """A film as lists show it. ``subject`` is the one on its slate line; ``directors`` are names in order."""

    id: int
    slug: str
    title: str
    kind: str
    year: int | None
    last_year: int | None
    is_running: bool
    length_seconds: int | None
    tagline: str
    published_at: datetime
    part_count: int
    playable_count: int
    has_captions: bool
    subject: SubjectName | None
    directors: tuple[str, ...]

    @property
    def years(self) -> str:
        """When it came out: "1942", "1942–45", "since 2010"; empty where nobody knows."""
        return years(self.year, self.last_year, is_running=self.is_running)

    @property
    def plays(self) -> Plays:
        if not self.part_count:
            return Plays.UNKNOWN
        if not self.playable_count:
            return Plays.GONE
        return Plays.WHOLE if self.playable_count == self.part_count else Plays.PARTLY


def film_cards(films: QuerySet[Film], *, limit: int | None = None) -> list[FilmCard]:
    """The cards of the published ones among ``films``, in their order, in three queries."""
    rows = list(films.filter(state=Film.State.PUBLISHED).values_list(*_COLUMNS)[:limit])
    ids = [row[0] for row in rows]
    freshness.depends_on(*map(keys.film, ids))
    subjects = main_subjects(ids)
    directors = director_names(ids)
    return [_card(row, subjects.get(row[0]), tuple(directors.get(row[0], ()))) for row in rows]


def _card(row: Sequence[Any], subject: SubjectName | None, directors: tuple[str, ...]) -> FilmCard:
    *facts, part_count, playable_count, has_captions = row
    rest = (part_count or 0, playable_count or 0, bool(has_captions), subject, directors)
    return FilmCard(*(*facts, *rest))


def cards_of(ids: Sequence[int]) -> list[FilmCard]:
    """The cards of these films in this order, without those that are not published, in three queries."""
    found = {card.id: card for card in film_cards(Film.objects.filter(id__in=ids))}
    return [found[film_id] for film_id in ids if film_id in found]


def main_subjects(film_ids: Iterable[int]) -> dict[int, SubjectName]:
    """The first subject of each film that has one."""
    rows = FilmSubject.objects.filter(film__in=film_ids).order_by("-position", "-id")
    return {  # a later row takes the place of an earlier one, so the lowest position stays
        film_id: SubjectName(slug, name)
        for film_id, slug, name in rows.values_list("film_id", "subject__slug", "subject__name")
    }


def director_names(film_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of each film's directors, in the order of its credits."""
    names: dict[int, list[str]] = {}
    rows = Credit.objects.filter(film__in=film_ids, role=Credit.Role.DIRECTOR).order_by("position", "id")
    for film_id, name in rows.values_list("film_id", "person__name"):
        names.setdefault(film_id, []).append(name)
    return names


def years(year: int | None, last_year: int | None, *, is_running: bool) -> str:
    """A year or a range of years in words."""
    if year is None:
        return ""
    if is_running:
        return _("since %(year)d") % {"year": year}
    if last_year is None:
        return str(year)
    same_century = year // 100 == last_year // 100
    return f"{year}–{last_year % 100:02}" if same_century else f"{year}–{last_year}"
