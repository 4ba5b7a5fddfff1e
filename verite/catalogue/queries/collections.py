"""Collections: ordered films with an essay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from verite.catalogue import keys
from verite.catalogue.models import Collection, CollectionFilm, Film
from verite.catalogue.queries.film_cards import FilmCard, cards_of
from verite.core import freshness
from verite.core.text import Html, as_stored

COLLECTIONS_PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """A collection as lists show it."""

    id: int
    slug: str
    title: str
    tagline: str
    curator: str
    published_at: datetime
    revised_at: datetime
    film_count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A film in its place, with the curator's line on why it stands there."""

    film: FilmCard
    note: str


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """A collection with all its films."""

    id: int
    slug: str
    title: str
    tagline: str
    curator: str
    essay: Html
    published_at: datetime
    revised_at: datetime
    entries: Sequence[Entry]


def collection_lines(*, limit: int, offset: int = 0) -> list[CollectionLine]:
    """The newest collections, in one query. A page with them wants a ``max_age``, for new ones."""
    public = Count("entries", filter=Q(entries__film__state=Film.State.PUBLISHED))
    rows = (
        Collection.objects.order_by("-published_at", "-id")
        .annotate(film_count=public)
        .values_list(
            "id", "slug", "title", "tagline", "curator__name", "published_at", "revised_at", "film_count"
        )
    )
    lines = [CollectionLine(*row) for row in rows[offset : offset + limit]]
    freshness.depends_on(*(keys.collection(line.id) for line in lines))
    return lines


def collection_count() -> int:
    """How many collections there are. A page with it wants a ``max_age``."""
    return Collection.objects.count()


def collection_page(slug: str) -> CollectionPage | None:
    """A collection's page, in five queries; None if there is no such collection."""
    collection = Collection.objects.select_related("curator").filter(slug=slug).first()
    if collection is None:
        return None
    freshness.depends_on(keys.collection(collection.pk))
    in_order = CollectionFilm.objects.filter(collection=collection).order_by("position")
    notes = dict(in_order.values_list("film_id", "note"))
    return CollectionPage(
        id=collection.pk,
        slug=collection.slug,
        title=collection.title,
        tagline=collection.tagline,
        curator=collection.curator.name,
        essay=as_stored(collection.essay_html),
        published_at=collection.published_at,
        revised_at=collection.revised_at,
        entries=[Entry(card, notes[card.id]) for card in cards_of(list(notes))],
    )
