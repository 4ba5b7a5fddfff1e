"""Everything that a film's own page says about it, in three statements.

Written in SQL rather than with the ORM: this page is rendered anew after every change to a film, and
compiling the queries would cost more than running them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from django.db import connection

from verite.catalogue import keys
from verite.core import freshness

Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a subject, as a link says it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the film, with the subjects above it, the widest first."""

    subject: Named
    above: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class OtherTitle:
    """``language`` is BCP 47, or empty where nobody has said."""

    title: str
    language: str


@dataclass(frozen=True, slots=True)
class ExternalId:
    """``scheme`` is wikidata, imdb, tmdb or own."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a part can be played; ``state`` is unchecked, plays or gone."""

    host: str
    kind: str
    ref: str
    start_seconds: int
    captions: str
    region: str
    rights: str
    state: str
    failure: str
    checked_at: datetime | None

    @property
    def is_gone(self) -> bool:
        return self.state == "gone"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the film with its sources in the order in which the player tries them."""

    position: int
    title: str
    length_seconds: int | None
    sources: tuple[Source, ...]

    @property
    def source(self) -> Source | None:
        """The one to play: the first that is not known to be gone."""
        return next((source for source in self.sources if not source.is_gone), None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the review; ``html`` is sanitised, ``key`` stays the same across revisions."""

    key: str
    html: str


@dataclass(frozen=True, slots=True)
class Review:
    author: str
    author_slug: str | None
    published_at: datetime
    revised_at: datetime
    revision_count: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class FilmPage:
    """A published film. ``people`` holds those of each role, in the order of the credits."""

    id: int
    slug: str
    title: str
    kind: str
    year: int | None
    month: int | None
    day: int | None
    last_year: int | None
    is_running: bool
    tagline: str
    synopsis: str
    rights: str
    public_performance: str
    own_length_seconds: int | None
    titles: tuple[OtherTitle, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    people: dict[str, tuple[Named, ...]]
    topics: tuple[Topic, ...]
    collections: tuple[Named, ...]
    external_ids: tuple[ExternalId, ...]
    parts: tuple[Part, ...]
    review: Review | None

    @property
    def length_seconds(self) -> int | None:
        """The film's own length, or that of its parts together where all are known."""
        if self.own_length_seconds is not None:
            return self.own_length_seconds
        lengths = [part.length_seconds for part in self.parts]
        return sum(filter(None, lengths)) if lengths and all(lengths) else None


def film_page(slug: str) -> FilmPage | None:
    """The published film of this slug, or None. Says what the page depends on."""
    with connection.cursor() as cursor:
        cursor.execute(_FILM, [slug])
        found = cursor.fetchone()
        if found is None:
            return None
        film, review = found[: len(_FILM_COLUMNS)], found[len(_FILM_COLUMNS) :]
        cursor.execute(_FACTS, {"film": film[0]})
        facts = _Facts(cursor.fetchall())
        cursor.execute(_PARTS, [film[0]])
        parts = tuple(_parts(cursor.fetchall()))
    _depend_on(film[0], facts)
    return FilmPage(
        **dict(zip(_FILM_COLUMNS, film, strict=True)),
        **facts.of_the_film(),
        parts=parts,
        review=_review(review, facts.paragraphs),
    )


# Field of FilmPage: where it stands.
_FILM_COLUMNS = {
    "id": "film.id",
    "slug": "film.slug",
    "title": "film.title",
    "kind": "film.kind",
    "year": "film.year",
    "month": "film.month",
    "day": "film.day",
    "last_year": "film.last_year",
    "is_running": "film.is_running",
    "tagline": "film.tagline",
    "own_length_seconds": "film.length_seconds",
    "synopsis": "COALESCE(text.synopsis, '')",
    "rights": "COALESCE(text.rights, '')",
    "public_performance": "COALESCE(text.public_performance, '')",
}

_FILM = f"""
SELECT {", ".join(_FILM_COLUMNS.values())},
       author.name, author.slug, review.published_at, review.revised_at, review.revision_count
FROM catalogue_film AS film
LEFT JOIN catalogue_film_text AS text ON text.film_id = film.id
LEFT JOIN catalogue_review AS review ON review.film_id = film.id
LEFT JOIN accounts_participant AS author ON author.id = review.author_id
WHERE film.slug = %s AND film.state = 'published'
"""  # noqa: S608 (only the names above)

# Every short list in one statement. Columns: what it is; its order; for a subject above one of the film's own,
# how far above and above which; an id; a slug, code or key; a name or text; a role.
_FACTS = """
WITH RECURSIVE topic (position, height, leaf, id, slug, name, parent_id) AS (
    SELECT ours.position, 0, subject.id, subject.id, subject.slug, subject.name, subject.parent_id
    FROM catalogue_film_subject AS ours JOIN catalogue_subject AS subject ON subject.id = ours.subject_id
    WHERE ours.film_id = %(film)s
    UNION ALL
    SELECT topic.position, topic.height + 1, topic.leaf, above.id, above.slug, above.name, above.parent_id
    FROM topic JOIN catalogue_subject AS above ON above.id = topic.parent_id
)
SELECT 'topic', position, height, leaf, id, slug, name, '' FROM topic
UNION ALL
SELECT 'credit', credit.position, 0, 0, person.id, person.slug, person.name, credit.role
FROM catalogue_credit AS credit JOIN catalogue_person AS person ON person.id = credit.person_id
WHERE credit.film_id = %(film)s
UNION ALL
SELECT 'country', position, 0, 0, id, code, '', '' FROM catalogue_film_country WHERE film_id = %(film)s
UNION ALL
SELECT 'language', position, 0, 0, id, tag, '', '' FROM catalogue_film_language WHERE film_id = %(film)s
UNION ALL
SELECT 'title', 0, 0, 0, id, language, title, '' FROM catalogue_film_title WHERE film_id = %(film)s
UNION ALL
SELECT 'external', 0, 0, 0, id, scheme, value, '' FROM catalogue_external_id WHERE film_id = %(film)s
UNION ALL
SELECT 'collection', 0, 0, 0, collection.id, collection.slug, collection.title, ''
FROM catalogue_collection_film AS entry
JOIN catalogue_collection AS collection ON collection.id = entry.collection_id
WHERE entry.film_id = %(film)s
UNION ALL
SELECT 'paragraph', paragraph.position, 0, 0, paragraph.id, paragraph.key, paragraph.html, ''
FROM catalogue_review AS review
JOIN catalogue_review_paragraph AS paragraph ON paragraph.review_id = review.id
WHERE review.film_id = %(film)s
"""

_PARTS = """
SELECT part.position, part.title, part.length_seconds,
       source.host, source.kind, source.ref, source.start_seconds, source.captions, source.region,
       source.rights, source.state, source.failure, source.checked_at
FROM catalogue_part AS part
LEFT JOIN catalogue_source AS source ON source.part_id = part.id
WHERE part.film_id = %s
ORDER BY part.position, source.position, source.id
"""


class _Facts:
    """The rows of ``_FACTS``, sorted into what they are."""

    def __init__(self, rows: list[Row]) -> None:
        of: defaultdict[str, list[Row]] = defaultdict(list)
        for kind, _position, *fact in sorted(rows, key=lambda row: row[1:5]):
            of[kind].append(tuple(fact))
        self.countries = tuple(code for *_, code, _name, _role in of["country"])
        self.languages = tuple(tag for *_, tag, _name, _role in of["language"])
        self.titles = tuple(OtherTitle(title, language) for *_, language, title, _role in of["title"])
        self.external_ids = tuple(ExternalId(scheme, value) for *_, scheme, value, _role in of["external"])
        self.collections = tuple(Named(*fact[2:5]) for fact in of["collection"])
        self.people = self._people(of["credit"])
        self.topics = self._topics(of["topic"])
        self.paragraphs = tuple(Paragraph(key, html) for *_, key, html, _role in of["paragraph"])

    def of_the_film(self) -> dict[str, Any]:
        return {field: value for field, value in vars(self).items() if field != "paragraphs"}

    @staticmethod
    def _people(facts: list[Row]) -> dict[str, tuple[Named, ...]]:
        of: defaultdict[str, list[Named]] = defaultdict(list)
        for *_, person_id, slug, name, role in facts:
            of[role].append(Named(person_id, slug, name))
        return {role: tuple(people) for role, people in of.items()}

    @staticmethod
    def _topics(facts: list[Row]) -> tuple[Topic, ...]:
        # Sorted by height within a position, so each branch begins with the film's own subject.
        branches: defaultdict[int, list[Named]] = defaultdict(list)
        for _height, leaf, *named, _role in facts:
            branches[leaf].append(Named(*named))
        return tuple(Topic(subject, tuple(reversed(above))) for subject, *above in branches.values())


def _parts(rows: list[Row]) -> Iterator[Part]:
    sources: defaultdict[Row, list[Source]] = defaultdict(list)
    for row in rows:
        of_part = sources[row[:3]]
        if row[3] is not None:
            of_part.append(Source(*(_aware(value) for value in row[3:])))
    for (position, title, length_seconds), of_part in sources.items():
        yield Part(position, title, length_seconds, tuple(of_part))


def _review(columns: Row, paragraphs: tuple[Paragraph, ...]) -> Review | None:
    author, author_slug, published_at, revised_at, revision_count = (_aware(value) for value in columns)
    if published_at is None:
        return None
    return Review(author, author_slug, published_at, revised_at, revision_count, paragraphs)


def _aware(value: Any) -> Any:
    # Moments are stored in UTC; without the ORM one of the two databases hands them over without saying so.
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _depend_on(film_id: int, facts: _Facts) -> None:
    subjects = (named for topic in facts.topics for named in (topic.subject, *topic.above))
    freshness.depends_on(
        keys.film(film_id),
        *(keys.person(person.id) for people in facts.people.values() for person in people),
        *(keys.subject(subject.id) for subject in subjects),
        *(keys.collection(collection.id) for collection in facts.collections),
    )
