"""Saving a collection."""

from __future__ import annotations

from typing import Any

import pytest

from tests.catalogue.sayings import LATER, NOW, curator, film, film_id, statements, touched, writes
from verite.catalogue import keys
from verite.catalogue.actions import CollectionRefused, Entry, SavedCollection, save_collection
from verite.catalogue.models import Collection, CollectionFilm

pytestmark = pytest.mark.django_db


def save(*films: int, **words: Any) -> SavedCollection:
    said = {
        "title": "City symphonies",
        "curator_id": curator(),
        "now": NOW,
        "essay": "*Cut* to a rhythm.",
    } | words
    return save_collection(entries=[Entry(each, f"Film {each}") for each in films], **said)


def entries() -> list[tuple[int, int, str]]:
    return list(CollectionFilm.objects.order_by("position").values_list("position", "film", "note"))


def test_a_collection_holds_its_films_in_order() -> None:
    one, two = film_id(film("One")), film_id(film("Two"))

    with touched(keys.film(one), keys.film(two)) as stale:
        saved = save(two, one, tagline="From dawn to midnight")

    collection = Collection.objects.get(pk=saved.collection_id)
    assert (saved.slug, collection.slug) == ("city-symphonies", "city-symphonies")
    assert (collection.tagline, collection.essay_html) == (
        "From dawn to midnight",
        "<p><em>Cut</em> to a rhythm.</p>\n",
    )
    assert entries() == [(1, two, f"Film {two}"), (2, one, f"Film {one}")]
    assert stale == {keys.film(one), keys.film(two)}


def test_a_change_keeps_the_address_and_touches_only_films_that_come_or_go() -> None:
    one, two, three = (film_id(film(title)) for title in ("One", "Two", "Three"))
    saved = save(one, two)

    with touched(keys.collection(saved.collection_id), *map(keys.film, (one, two, three))) as stale:
        again = save(three, two, title="Cities", collection_id=saved.collection_id, now=LATER)

    assert again == saved
    collection = Collection.objects.get()
    assert (collection.title, collection.published_at, collection.revised_at) == ("Cities", NOW, LATER)
    assert [entry[1] for entry in entries()] == [three, two]
    assert stale == {keys.collection(saved.collection_id), keys.film(one), keys.film(three)}


def test_the_same_again_changes_nothing() -> None:
    one = film_id(film("One"))
    saved = save(one)
    author = curator()

    with statements() as sql:
        save(one, collection_id=saved.collection_id, curator_id=author, now=LATER)

    assert writes([each for each in sql if "catalogue_" in each]) == []


def test_two_collections_of_one_title_have_addresses_of_their_own() -> None:
    assert [save().slug, save().slug] == ["city-symphonies", "city-symphonies-2"]


def test_what_cannot_be_saved_says_why() -> None:
    one = film_id(film("One"))

    with pytest.raises(CollectionRefused, match="needs a title"):
        save(title=" ")
    with pytest.raises(CollectionRefused, match="stands in the collection twice"):
        save(one, one)
    with pytest.raises(CollectionRefused, match="films is no longer here"):
        save(one, one + 1)
    with pytest.raises(CollectionRefused, match="collection is no longer here"):
        save(one, collection_id=7)
    assert not Collection.objects.exists()
