"""Saving a collection: its words, its films and their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verite.catalogue import keys
from verite.catalogue.models import Collection, CollectionFilm, Film
from verite.catalogue.storing.slugs import free_slugs
from verite.core import db, freshness
from verite.core.slugs import candidates, slugify
from verite.core.text import SANITISER_VERSION, Profile, clean_line, clean_text, render

LONGEST_TITLE, LONGEST_TAGLINE, LONGEST_NOTE = 200, 300, 500


class CollectionRefused(Exception):
    """A collection cannot be saved. The message says why, for the person who arranged it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A film in a collection, and a line on why it stands there."""

    film_id: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavedCollection:
    collection_id: int
    slug: str


@db.once_more_if_outrun
def save_collection(
    *,
    title: str,
    curator_id: int,
    entries: Sequence[Entry],
    tagline: str = "",
    essay: str = "",
    collection_id: int | None = None,
    now: datetime,
) -> SavedCollection:
    """Make a collection, or give one that is there (``collection_id``) these words and films. Its address stays.

    Args:
        essay: Markdown.
        entries: the films in order, each once. Saving the same again changes nothing.

    Raises:
        CollectionRefused: it has no title, a film stands in it twice or does not exist, or it is gone.
        TextTooLong: the essay is longer than a review may be.
    """
    words = {
        "title": clean_line(title, LONGEST_TITLE),
        "tagline": clean_line(tagline, LONGEST_TAGLINE),
        "curator_id": curator_id,
        "essay_markdown": clean_text(essay, Profile.REVIEW.value.most_characters).strip(),
    }
    if not words["title"]:
        raise CollectionRefused(_("The collection needs a title."))
    listed = [Entry(entry.film_id, clean_line(entry.note, LONGEST_NOTE)) for entry in entries]
    if len({entry.film_id for entry in listed}) < len(listed):
        raise CollectionRefused(_("A film stands in the collection twice. Take one of the two out."))
    essay_html = render(str(words["essay_markdown"]), kind=Profile.REVIEW)
    with db.write():
        if Film.objects.filter(id__in=[entry.film_id for entry in listed]).count() < len(listed):
            raise CollectionRefused(_("One of these films is no longer here. Take it out and save again."))
        collection = _found_or_new(collection_id, str(words["title"]), now)
        before = _entries(collection)
        if before == listed and all(getattr(collection, name) == value for name, value in words.items()):
            return SavedCollection(collection.pk, collection.slug)
        for name, value in words.items():
            setattr(collection, name, value)
        collection.essay_html = essay_html
        collection.sanitiser_version = SANITISER_VERSION
        collection.revised_at = now
        collection.save()
        if before != listed:
            _write_entries(collection, listed)
        freshness.touch(keys.collection(collection.pk))
        moved = {entry.film_id for entry in before} ^ {entry.film_id for entry in listed}
        freshness.touch(*map(keys.film, moved))
    return SavedCollection(collection.pk, collection.slug)


def _found_or_new(collection_id: int | None, title: str, now: datetime) -> Collection:
    if collection_id is None:
        (slug,) = free_slugs(Collection, [candidates(slugify(title, fallback="collection"), None)])
        return Collection(slug=slug, published_at=now)
    collection = Collection.objects.select_for_update().filter(pk=collection_id).first()
    if collection is None:
        raise CollectionRefused(_("This collection is no longer here, so it cannot be saved."))
    return collection


def _entries(collection: Collection) -> list[Entry]:
    if collection.pk is None:
        return []
    rows = CollectionFilm.objects.filter(collection=collection).order_by("position")
    return [Entry(film_id, note) for film_id, note in rows.values_list("film_id", "note")]


def _write_entries(collection: Collection, listed: Sequence[Entry]) -> None:
    CollectionFilm.objects.filter(collection=collection).delete()
    CollectionFilm.objects.bulk_create(
        CollectionFilm(collection=collection, film_id=entry.film_id, position=position, note=entry.note)
        for position, entry in enumerate(listed, start=1)
    )
