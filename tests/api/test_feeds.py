"""Atom feeds, as a feed reader reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.discovery.stock import FIRST_DAY, film, subject
from verite.accounts.models import Participant
from verite.catalogue.actions import Entry, save_collection, save_review
from verite.catalogue.models import Film

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = ["/feeds/site.atom", "/films/feed.atom", "/subjects/war/feed.atom", "/people/frank-capra/feed.atom"]


def fetch(address: str) -> ElementTree.Element:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(feed: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def ids(feed: ElementTree.Element) -> list[str | None]:
    return [found.text for found in feed.iter(f"{ATOM}id")]


def curator() -> int:
    return Participant.objects.create(kind="member", name="Ada Lens", slug="ada", created_at=FIRST_DAY).pk


@pytest.fixture
def two_films() -> list[Film]:
    older = film(
        "Why We Fight", year=1942, subjects=["War"], directors=["Frank Capra"], languages=["en"], day=1
    )
    newer = film(
        "Tunisian Victory & <more>", subjects=["War"], directors=["Frank Capra"], tagline="A desert.", day=2
    )
    return [older, newer]


@pytest.mark.usefixtures("two_films")
@pytest.mark.parametrize("address", LISTS)
def test_every_feed_has_what_atom_demands_and_whole_addresses(address: str) -> None:
    feed = fetch(address)

    for whole in (feed, *feed.iter(f"{ATOM}entry")):
        assert whole.findtext(f"{ATOM}id", "").startswith("tag:testserver,2026-01-01:")
        assert whole.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(whole.findtext(f"{ATOM}updated", "")).tzinfo
        assert all(link.attrib["href"].startswith("http://testserver/") for link in whole.iter(f"{ATOM}link"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    (self_link,) = (link for link in feed.findall(f"{ATOM}link") if link.attrib.get("rel") == "self")
    assert self_link.attrib["href"] == f"http://testserver{address}"
    assert len(set(ids(feed))) == len(ids(feed))
    assert titles(feed) == ["Tunisian Victory & <more>", "Why We Fight (1942)"]


@pytest.mark.usefixtures("two_films")
@pytest.mark.parametrize("address", LISTS)
def test_a_feed_changed_last_when_its_newest_entry_did(address: str) -> None:
    feed = fetch(address)

    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated", "")) == FIRST_DAY + timedelta(days=2)


def test_an_id_outlives_the_address(two_films: list[Film], settings: LazySettings) -> None:
    before = ids(fetch("/films/feed.atom"))

    Film.objects.filter(pk=two_films[0].pk).update(slug="somewhere-else")
    settings.VERITE = settings.VERITE.model_copy(update={"site_url": "https://testserver"})

    assert ids(fetch("/films/feed.atom")) == before


@pytest.mark.usefixtures("two_films")
def test_a_filters_feed_holds_what_its_page_holds_newest_first() -> None:
    feed = fetch("/films/feed.atom?language=en&sort=title")

    assert titles(feed) == ["Why We Fight (1942)"]
    (page,) = (link for link in feed.findall(f"{ATOM}link") if link.attrib.get("rel") == "alternate")
    assert page.attrib["href"] == "http://testserver/films/?language=en"


@pytest.mark.usefixtures("two_films")
@pytest.mark.parametrize(
    "address",
    [
        "/films/feed.atom?subject=cookery",
        "/films/feed.atom?sort=garbage",
        "/subjects/cookery/feed.atom",
        "/people/nobody/feed.atom",
        "/collections/none/feed.atom",
    ],
)
def test_there_is_no_feed_of_what_is_not_here(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_sites_feed_tells_of_films_reviews_and_collections(two_films: list[Film]) -> None:
    older, newer = two_films
    ada = curator()
    save_review(older.pk, ada, "Seven films.", now=FIRST_DAY + timedelta(days=3))
    save_collection(
        title="Deserts", curator_id=ada, entries=[Entry(newer.pk)], now=FIRST_DAY + timedelta(days=4)
    )

    feed = fetch("/feeds/site.atom")

    assert titles(feed) == [
        "Collection: Deserts",
        "Review: Why We Fight",
        "Tunisian Victory & <more>",
        "Why We Fight (1942)",
    ]
    assert [name.text for name in feed.iter(f"{ATOM}name")][1:3] == ["Ada Lens", "Ada Lens"]


def test_a_revised_review_is_the_same_entry_with_a_later_change(two_films: list[Film]) -> None:
    ada = curator()
    save_review(two_films[0].pk, ada, "Seven films.", now=FIRST_DAY)
    before = fetch("/feeds/site.atom")

    save_review(two_films[0].pk, ada, "Seven good films.", now=FIRST_DAY + timedelta(days=9))

    after = fetch("/feeds/site.atom")
    assert sorted(map(str, ids(after))) == sorted(map(str, ids(before)))
    assert datetime.fromisoformat(after.findtext(f"{ATOM}updated", "")) == FIRST_DAY + timedelta(days=9)


def test_a_collections_feed_has_the_last_in_it_first(two_films: list[Film]) -> None:
    entries = [Entry(film.pk) for film in two_films]
    save_collection(title="Deserts", curator_id=curator(), entries=entries, now=FIRST_DAY)

    assert titles(fetch("/collections/deserts/feed.atom")) == [
        "Tunisian Victory & <more>",
        "Why We Fight (1942)",
    ]


def test_a_feed_without_entries_is_whole_and_the_same_every_time() -> None:
    subject("War")

    first, second = Client().get("/subjects/war/feed.atom"), Client().get("/subjects/war/feed.atom")

    assert first.content == second.content
    assert titles(ElementTree.fromstring(first.content)) == []


def test_a_control_character_in_a_title_does_not_cost_the_feed(two_films: list[Film]) -> None:
    Film.objects.filter(pk=two_films[0].pk).update(title="Why\x0bWe\x01 Fight")

    assert titles(fetch("/films/feed.atom"))[-1] == "Why We Fight (1942)"
