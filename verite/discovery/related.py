"""More films to a film: by the same director, then about the same subject, each with its reason.

However large a subject is, only films near this one in the order of their ids are weighed. That bounds the
work, and lets every film lead to others than its neighbour does, so that the whole catalogue is led to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from verite.catalogue import keys
from verite.catalogue.queries.film_cards import years
from verite.core import freshness

TIES_WEIGHED = 6
KEPT_FOR_SUBJECTS = 2  # of these, however many directors there are
FILMS_PER_TIE = 30  # half of them with lower ids, half with higher


@dataclass(frozen=True, slots=True)
class RelatedFilm:
    """A film as the page of another shows it. ``subject`` is its first one, or empty."""

    id: int
    slug: str
    title: str
    years: str
    length_seconds: int | None
    can_be_played: bool
    subject: str
    directors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another film, and a sentence that says why it stands here.

    Attributes:
        score: how near it is, to be compared with the others only.
    """

    film: RelatedFilm
    reason: str
    score: int


def related_films(film_id: int, limit: int = 6) -> list[Related]:
    """The films nearest to a film, in two queries.

    A shared director comes before a shared subject, a deeper subject before one nearer to the root, and then
    a film of the same decade; but what can be played before what cannot.
    """
    year, ties = _ties_of(film_id)
    # Also the lists that were looked through: a film may come to one, or move up in it.
    freshness.depends_on(*(tie.key for tie in ties))
    if not ties:
        return []
    neighbours, given = _neighbours(film_id, ties)
    decade = None if year is None else year // 10
    rows = _rows(_NEAREST.format(neighbours=neighbours), [*given, decade, film_id, limit])
    found = []
    for row, credited in groupby(rows, key=lambda row: row[:-1]):
        tie, film_id, slug, title, year, last_year, is_running, length_seconds, playable, _place, subject = (
            row
        )
        film = RelatedFilm(
            id=film_id,
            slug=slug,
            title=title,
            years=years(year, last_year, is_running=bool(is_running)),
            length_seconds=length_seconds,
            can_be_played=playable > 0,
            subject=subject or "",
            directors=tuple(name for *_film, name in credited if name),
        )
        found.append(Related(film, ties[tie].reason, ties[tie].nearness))
    freshness.depends_on(*(keys.film(related.film.id) for related in found))
    return found


class _Tie(NamedTuple):
    """What films may share: ``name``, under which those with this ``id`` in a table of links stand."""

    nearness: int
    kind: str
    id: int
    name: str

    @property
    def key(self) -> str:
        return keys.person(self.id) if self.kind == _DIRECTOR else keys.subject(self.id)

    @property
    def reason(self) -> str:
        return _(_REASONS[self.kind]) % {"name": self.name}


_DIRECTOR, _SUBJECT = "director", "subject"
_LINKS = {
    _DIRECTOR: "catalogue_credit WHERE role = 'director' AND person_id = %s",
    _SUBJECT: "catalogue_film_subject WHERE subject_id = %s",
}
_REASONS = {
    _DIRECTOR: gettext_noop("Also directed by %(name)s"),
    _SUBJECT: gettext_noop("Also about %(name)s"),
}
_NEARER_THAN_SUBJECTS = 1_000

# Rows of kind, name and path of what is shared, and the id under which films that share it stand. Two films
# share a subject when each stands on it or right below it.
_TIES = """
    SELECT '' AS kind, '' AS name, '' AS path, year AS id FROM catalogue_film WHERE id = %s
    UNION ALL
    SELECT 'director', person.name, '', person.id
    FROM catalogue_credit AS credit JOIN catalogue_person AS person ON person.id = credit.person_id
    WHERE credit.film_id = %s AND credit.role = 'director'
    UNION ALL
    SELECT 'subject', shared.name, shared.path, near.id
    FROM catalogue_film_subject AS link
    JOIN catalogue_subject AS own ON own.id = link.subject_id
    JOIN catalogue_subject AS shared ON shared.id IN (own.id, own.parent_id)
    JOIN catalogue_subject AS near ON shared.id IN (near.id, near.parent_id)
    WHERE link.film_id = %s
"""

_NEIGHBOURS = """
    SELECT * FROM (
        SELECT {tie} AS tie, {step} AS step, film_id FROM {links} AND film_id {side} %s
        ORDER BY film_id {order} LIMIT {limit}
    ) AS near_{tie}_{order}
"""

# A film that shares several things stands here for the nearest of them: ties are numbered from the nearest
# on, and those that are equally near are on one step.
_NEAREST = """
    WITH near AS (
        SELECT film_id AS id, min(tie) AS tie, min(step) AS step FROM ({neighbours}) AS found GROUP BY film_id
    ), nearest AS (
        SELECT near.tie, film.id, slug, title, year, last_year, is_running, length_seconds,
            coalesce(playable_count, 0) AS playable,
            row_number() OVER (
                ORDER BY coalesce(playable_count, 0) > 0 DESC, step, coalesce(year / 10 = %s, FALSE) DESC,
                abs(film.id - %s), film.id
            ) AS place
        FROM near
        JOIN catalogue_film AS film ON film.id = near.id AND film.state = 'published'
        LEFT JOIN catalogue_film_counts AS counts ON counts.film_id = film.id
    )
    SELECT nearest.*, (
        SELECT subject.name
        FROM catalogue_film_subject AS link JOIN catalogue_subject AS subject ON subject.id = link.subject_id
        WHERE link.film_id = nearest.id ORDER BY link.position, link.id LIMIT 1
    ), person.name
    FROM nearest
    LEFT JOIN catalogue_credit AS credit ON credit.film_id = nearest.id AND credit.role = 'director'
    LEFT JOIN catalogue_person AS person ON person.id = credit.person_id
    WHERE place <= %s
    ORDER BY place, credit.position, credit.id
"""


def _ties_of(film_id: int) -> tuple[int | None, Sequence[_Tie]]:
    """A film's year, and what it could share with others, the nearest first."""
    year: int | None = None
    nearest: dict[tuple[str, int], _Tie] = {}
    for kind, name, path, found in _rows(_TIES, [film_id] * 3):
        if not kind:
            year = found
            continue
        tie = _Tie(_depth(path, found) if kind == _SUBJECT else _NEARER_THAN_SUBJECTS, kind, found, name)
        nearest[kind, found] = max(tie, nearest.get((kind, found), tie))
    return year, _weighed(sorted(nearest.values(), reverse=True))


def _depth(path: str, subject_id: int) -> int:
    """Two for each step from the root to what is shared; one more for films that stand on it, not below it."""
    return 2 * path.count("/") + path.endswith(f"/{subject_id}/")


def _weighed(ties: Sequence[_Tie]) -> Sequence[_Tie]:
    subjects = [tie for tie in ties if tie.kind == _SUBJECT]
    directors = [tie for tie in ties if tie.kind == _DIRECTOR]
    room = TIES_WEIGHED - min(len(subjects), KEPT_FOR_SUBJECTS)
    return [*directors[:room], *subjects][:TIES_WEIGHED]


def _neighbours(film_id: int, ties: Sequence[_Tie]) -> tuple[str, list[int]]:
    parts, given = [], []
    steps = sorted({tie.nearness for tie in ties}, reverse=True)
    for place, tie in enumerate(ties):
        for side, order in (("<", "DESC"), (">", "ASC")):
            part = _NEIGHBOURS.format(
                tie=place,
                step=steps.index(tie.nearness),
                links=_LINKS[tie.kind],
                side=side,
                order=order,
                limit=FILMS_PER_TIE // 2,
            )
            parts.append(part)
            given += [tie.id, film_id]
    return "UNION ALL".join(parts), given


def _rows(sql: str, given: Sequence[int | None]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
