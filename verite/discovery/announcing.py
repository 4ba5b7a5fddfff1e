"""New films are announced to those who follow the site, a subject or a curator: each film once, and no floods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from verite.catalogue.models import FilmSubject, Review
from verite.core import clock, db
from verite.notifications.actions import announce
from verite.notifications.topics import Topic

KIND = "film"

# A film that was shown elsewhere long ago, and is taken over with its date, is no news.
NEWS_FOR = timedelta(days=2)

# Whoever makes more films public in one transaction moves a catalogue: that is not told film by film.
MOST_AT_ONCE = 20

_IN_ONE_STATEMENT = 500

# What is remembered already is not answered, also when another writer was quicker.
_REMEMBER = """
INSERT INTO discovery_announced_film (film_id)
SELECT film.id FROM catalogue_film AS film
WHERE film.id IN ({ids}) AND film.state = 'published' AND film.published_at > %s
AND NOT EXISTS (SELECT 1 FROM discovery_announced_film AS told WHERE told.film_id = film.id)
ORDER BY film.id
ON CONFLICT (film_id) DO NOTHING
RETURNING film_id
"""


@dataclass(frozen=True, slots=True)
class _Belongs:
    """The subjects a film is new in, those above its own among them, and who reviewed it."""

    subject_ids: frozenset[int]
    author_id: int | None

    def topics(self) -> Iterator[tuple[Topic, int]]:
        yield Topic.FILMS, 0
        for subject_id in sorted(self.subject_ids):
            yield Topic.SUBJECT, subject_id
        if self.author_id is not None:
            yield Topic.CURATOR, self.author_id


def announce_films(film_ids: Collection[int]) -> None:
    """Announce those of these films that are public for the first time, in the transaction that makes them so.

    One statement where none of them is new.
    """
    new = sorted(film_id for some in _chunks(sorted(film_ids)) for film_id in _remembered(some))
    if not new or len(new) > MOST_AT_ONCE:
        return
    now = clock.now()
    for film_id, belongs in _belongings(new).items():
        announce(belongs.topics(), kind=KIND, object_id=film_id, author_id=belongs.author_id, now=now)


def _remembered(film_ids: list[int]) -> list[int]:
    """The ids of those films that are news, which they are no more from now on."""
    since = db.moment(clock.now() - NEWS_FOR)
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER.format(ids=db.marks(film_ids)), [*film_ids, since])
        return [film_id for (film_id,) in cursor.fetchall()]


def _belongings(film_ids: list[int]) -> dict[int, _Belongs]:
    authors = dict(Review.objects.filter(film__in=film_ids).values_list("film_id", "author_id"))
    subjects: defaultdict[int, set[int]] = defaultdict(set)
    paths = FilmSubject.objects.filter(film__in=film_ids).values_list("film_id", "subject__path")
    for film_id, path in paths:
        subjects[film_id].update(int(step) for step in (path or "").strip("/").split("/") if step)
    return {film_id: _Belongs(frozenset(subjects[film_id]), authors.get(film_id)) for film_id in film_ids}


def _chunks(film_ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(film_ids), _IN_ONE_STATEMENT):
        yield film_ids[start : start + _IN_ONE_STATEMENT]
