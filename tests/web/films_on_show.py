"""Films put into the catalogue for tests of pages, with no more than each test says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.text import slugify

from verite.accounts.models import Participant
from verite.catalogue.models import (
    Collection,
    CollectionFilm,
    Credit,
    ExternalId,
    Film,
    FilmCountry,
    FilmLanguage,
    FilmSubject,
    FilmText,
    FilmTitle,
    Part,
    Person,
    Review,
    ReviewParagraph,
    Source,
    Subject,
)

A_DAY = datetime(2019, 3, 2, 12, tzinfo=UTC)

YOUTUBE = {"host": "youtube", "kind": "video", "ref": "m4kOIzMqso0"}
ARCHIVE = {"host": "internet-archive", "kind": "video", "ref": "WhyWeFight/part 1.mp4"}
PEERTUBE = {"host": "peertube", "kind": "video", "ref": "tube.example/kkGMgK9ZtnKfYAgnEtQxbv"}
FILE = {"host": "file", "kind": "file", "ref": "https://films.example/a.mp4"}
STREAM = {"host": "file", "kind": "file", "ref": "https://films.example/a.m3u8"}
GONE = {"state": "gone", "checked_at": A_DAY, "failure": "Removed by its uploader"}


def show(
    title: str = "Why We Fight",
    *,
    slug: str = "why-we-fight",
    parts: Sequence[Mapping[str, Any]] = (),
    people: Iterable[tuple[str, str]] = (),
    subjects: Iterable[Subject] = (),
    countries: Iterable[str] = (),
    languages: Iterable[str] = (),
    titles: Iterable[tuple[str, str]] = (),
    ids: Iterable[tuple[str, str]] = (),
    text: Mapping[str, str] | None = None,
    **facts: Any,
) -> Film:
    """A published film. ``parts`` are fields of ``Part`` with ``sources``, a list of fields of ``Source``."""
    film = Film.objects.create(
        slug=slug, title=title, sort_title=title, folded_title=title.casefold(), published_at=A_DAY, **facts
    )
    for position, part in enumerate(parts, start=1):
        fields = {**part}
        sources = fields.pop("sources", [])
        made = Part.objects.create(film=film, position=position, **fields)
        for order, source in enumerate(sources):
            Source.objects.create(part=made, position=order, **source)
    for order, (role, name) in enumerate(people):
        Credit.objects.create(film=film, person=person(name), role=role, position=order)
    for order, subject in enumerate(subjects):
        FilmSubject.objects.create(film=film, subject=subject, position=order)
    for order, code in enumerate(countries):
        FilmCountry.objects.create(film=film, code=code, position=order)
    for order, tag in enumerate(languages):
        FilmLanguage.objects.create(film=film, tag=tag, position=order)
    for other, language in titles:
        FilmTitle.objects.create(film=film, title=other, folded_title=other.casefold(), language=language)
    for scheme, value in ids:
        ExternalId.objects.create(film=film, scheme=scheme, value=value)
    if text:
        FilmText.objects.create(film=film, **text)
    return film


def full_page(parts: Sequence[Mapping[str, Any]]) -> Film:
    """A film with everything that its page asks the database for: credits, a subject, related films."""
    history = subject("History")
    for number in range(8):
        title, director = f"A film with a title as long as most {number}", f"Director {number}"
        show(title, slug=f"film-{number}", subjects=[history], people=[("director", director)])
    return show(parts=parts, subjects=[history], people=[("writer", f"Writer {n}") for n in range(40)])


def person(name: str) -> Person:
    slug = slugify(name, allow_unicode=True)
    return Person.objects.get_or_create(slug=slug, defaults={"name": name, "folded_name": name.casefold()})[0]


def subject(name: str, *, under: Subject | None = None) -> Subject:
    made = Subject.objects.create(
        slug=slugify(name, allow_unicode=True), name=name, folded_name=name.casefold(), parent=under
    )
    made.path = f"{under.path if under else '/'}{made.pk}/"
    made.save()
    return made


def curator(name: str = "Curator 1") -> Participant:
    slug = slugify(name, allow_unicode=True)
    return Participant.objects.get_or_create(
        slug=slug, defaults={"kind": Participant.Kind.MEMBER, "name": name, "created_at": A_DAY}
    )[0]


def review(film: Film, *paragraphs: str, revision_count: int = 1) -> Review:
    """A review of these blocks of HTML, with the keys ``k0``, ``k1`` …"""
    made = Review.objects.create(
        film=film,
        author=curator(),
        markdown="",
        sanitiser_version=1,
        revision_count=revision_count,
        published_at=A_DAY,
        revised_at=A_DAY,
    )
    for position, html in enumerate(paragraphs):
        ReviewParagraph.objects.create(
            review=made, key=f"k{position}", position=position, markdown="", html=html
        )
    return made


def collect(film: Film, title: str) -> Collection:
    """A collection that holds this film."""
    made = Collection.objects.create(
        slug=slugify(title, allow_unicode=True),
        title=title,
        curator=curator(),
        sanitiser_version=1,
        published_at=A_DAY,
        revised_at=A_DAY,
    )
    CollectionFilm.objects.create(collection=made, film=film, position=1)
    return made
