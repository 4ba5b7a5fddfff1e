"""Whatever a change alters on a page, what was kept of that page no longer stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.browsing.visiting import curator, stands
from tests.discovery.stock import FIRST_DAY, film, subject, withdraw
from verite.catalogue import keys
from verite.catalogue.actions import (
    Entry,
    FilmFacts,
    PartFacts,
    place_subject,
    rename_person,
    save_collection,
    save_review,
    save_subject,
    store_films,
)
from verite.catalogue.models import Collection, Film, Person, Subject
from verite.core.dates import PartialDate
from verite.core.fragments import forget_all
from verite.core.freshness import provenance_of

pytestmark = pytest.mark.django_db


def catalogue() -> None:
    """Two branches of subjects, and films that share directors, subjects and years in every way there is."""
    for name, above in [("War", ""), ("Navy", "War"), ("Army", "War"), ("Submarines", "Navy"), ("Sea", "")]:
        subject(name, under=above)
    film("At war", year=1942, subjects=["War"], plays=True)
    film("Ships", year=1942, subjects=["Navy"], directors=["John Ford"], plays=True)
    film("Tanks", year=1945, subjects=["Army"], directors=["Frank Capra", "John Ford"])
    film("Below", year=1950, subjects=["Submarines", "Sea"], directors=["Jacques Cousteau"])
    film("Undated", subjects=["Sea"], narrators=["Jacques Cousteau"])
    for number in range(1, 8):  # more than a page of another film has room for
        film(f"Wave {number}", subjects=["Sea"], plays=True)
    store_films([FilmFacts(title="Below", external_ids=(("own", "1"),))], now=FIRST_DAY)
    save_collection(
        title="First", curator_id=curator(), entries=[Entry(one("Ships")), Entry(one("Below"))], now=FIRST_DAY
    )


def one(title: str) -> int:
    return Film.objects.get(title=title).pk


def named(name: str) -> int:
    return Subject.objects.get(name=name).pk


def learn(title: str, **facts: object) -> None:
    said = FilmFacts(title=title, **facts)  # type: ignore[arg-type]
    store_films([said], now=FIRST_DAY, said_wins=True)


def play(title: str) -> None:
    learn(title, parts=(PartFacts(position=1, addresses=("https://archive.org/details/found",)),))


def arrange(*titles: str) -> None:
    found = Collection.objects.get()
    save_collection(
        title="Second",
        collection_id=found.pk,
        curator_id=found.curator_id,
        entries=[Entry(one(title)) for title in titles],
        now=FIRST_DAY,
    )


CHANGES: dict[str, Callable[[], object]] = {
    "a film by a known director": lambda: film("New", year=1930, directors=["John Ford"]),
    "a film on a root": lambda: film("New", subjects=["War"]),
    "a film on a branch": lambda: film("New", subjects=["Army"]),
    "a film on a twig": lambda: film("New", subjects=["Submarines"]),
    "the first film of a year": lambda: film("New", year=1943),
    "a film that can be played at last": lambda: play("Undated"),
    "a film on one more subject": lambda: store_films(
        [FilmFacts(title="Undated", subjects=("War",))], now=FIRST_DAY
    ),
    "a film that changes its subject": lambda: learn("Undated", subjects=("Army",)),
    "a film that changes its director": lambda: learn(
        "Ships", released=PartialDate(1942), credits={"director": ("Frank Capra",)}
    ),
    "a film of which the year is found": lambda: learn("Wave 7", released=PartialDate(1951)),
    "the last film of a year, which moves to another": lambda: learn(
        "Below", external_ids=(("own", "1"),), released=PartialDate(1947)
    ),
    "a film that goes": lambda: withdraw(Film.objects.get(title="Ships")),
    "a person of another name": lambda: rename_person(
        Person.objects.get(name="John Ford").pk, "Sean Aloysius"
    ),
    "a branch that becomes a root": lambda: place_subject(named("Navy"), None),
    "a root that becomes a branch": lambda: place_subject(named("Sea"), named("Navy")),
    "a branch hung elsewhere": lambda: place_subject(named("Navy"), named("Sea")),
    "a subject that is described": lambda: save_subject("War", description="What it is good for."),
    "a collection of other films": lambda: arrange("Tanks", "Ships"),
    "a review": lambda: save_review(
        one("Ships"), Collection.objects.get().curator_id, "Good.", now=FIRST_DAY
    ),
}


def pages() -> dict[str, HttpResponse]:
    """Every page there is of single things, made anew."""
    forget_all()
    slugs = {
        "film": Film.objects,
        "subject": Subject.objects,
        "subject_feed": Subject.objects,
        "person": Person.objects,
        "person_feed": Person.objects,
        "collection": Collection.objects,
        "collection_feed": Collection.objects,
    }
    addresses = [
        reverse(view, kwargs={"slug": slug})
        for view, things in slugs.items()
        for slug in things.values_list("slug", flat=True)
    ]
    addresses += [reverse("year", kwargs={"year": year}) for year in range(1940, 1952)]
    addresses += [f"/search/?q={words}" for words in ("ships", "john", "nothing", "sihps")]
    return {address: cast("HttpResponse", Client().get(address)) for address in addresses}


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_that_a_change_alters_is_kept_after_it(change: str) -> None:
    catalogue()
    before = pages()

    CHANGES[change]()

    after = pages()
    altered = {address for address, answer in before.items() if answer.content != after[address].content}
    kept = {address for address in altered if provenance_of(before[address]) and stands(before[address])}
    assert altered
    assert not kept


def test_a_subject_depends_on_those_above_it_whose_names_it_shows() -> None:
    # No action gives a subject another name yet; the first that does will find this done.
    catalogue()
    shown = provenance_of(Client().get("/subjects/submarines/"))

    assert shown is not None
    assert {keys.subject(named(name)) for name in ("War", "Navy", "Submarines")} <= shown.versions.keys()
