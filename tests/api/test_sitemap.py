"""The map of the site, and what crawlers are asked."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.discovery.stock import FIRST_DAY, film, withdraw
from verite.accounts.models import Participant
from verite.catalogue.actions import Entry, save_collection, save_review
from verite.catalogue.queries import addresses

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(address: str) -> list[str]:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    found = [loc.text or "" for loc in ElementTree.fromstring(answer.content).iter(f"{MAP}loc")]
    assert all(location.startswith("http://testserver/") for location in found)
    return [urlsplit(location).path for location in found]


def test_the_map_leads_to_every_page_and_every_page_is_there() -> None:
    shown = film("千と千尋", year=2001, subjects=["Bath houses"], directors=["宮崎 駿"])
    film("Rain & Wind", year=1929)
    withdraw(film("Draft", year=1900))
    ada = Participant.objects.create(kind="member", name="Ada", slug="ada", created_at=FIRST_DAY).pk
    save_collection(title="Water", curator_id=ada, entries=[Entry(shown.pk)], now=FIRST_DAY)

    mapped = [address for piece in locations("/sitemap.xml") for address in locations(piece)]

    assert {
        "/",
        "/films/",
        "/films/rain-wind/",
        "/films/千と千尋/",
        "/people/宮崎-駿/",
        "/subjects/bath-houses/",
        "/collections/water/",
        "/years/2001/",
        "/years/1929/",
        "/about/",
    } <= set(map(unquote, mapped))
    assert "/films/draft/" not in mapped
    assert "/years/1900/" not in mapped
    assert len(set(mapped)) == len(mapped)
    assert {Client().get(address).status_code for address in mapped} == {200}


def test_the_map_comes_in_pieces_and_names_only_those_that_hold_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "STEP", 2)
    made = [film(f"Film {n}") for n in range(5)]
    for gone in made[2:4]:
        gone.delete()

    pieces = [piece for piece in locations("/sitemap.xml") if "films" in piece]

    assert sum(len(locations(piece)) for piece in pieces) == 3
    assert all(len(locations(piece)) <= 2 for piece in pieces)
    assert Client().get("/sitemap/films-999999.xml").status_code == 404
    assert Client().get(f"/sitemap/films-{10**30}.xml").status_code == 404


def test_a_film_changed_when_its_review_was_revised() -> None:
    found = film("Rain", day=1)
    ada = Participant.objects.create(kind="member", name="Ada", slug="ada", created_at=FIRST_DAY).pk

    def changed() -> str | None:
        piece = found.pk // addresses.STEP
        return ElementTree.fromstring(Client().get(f"/sitemap/films-{piece}.xml").content).findtext(
            f".//{MAP}lastmod"
        )

    assert changed() == "2026-01-02T00:00:00+00:00"
    save_review(found.pk, ada, "Twelve minutes.", now=FIRST_DAY.replace(month=5))
    assert changed() == "2026-05-01T00:00:00+00:00"


def test_crawlers_may_read_what_is_mapped_and_not_every_choice_of_filters() -> None:
    answer = Client().get("/robots.txt")
    robots = RobotFileParser()
    robots.parse(answer.content.decode().splitlines())

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]
    for address in ("/", "/films/", "/films/rain/", "/films/?page=2", "/subjects/sea/feed.atom"):
        assert robots.can_fetch("*", address), address
    assert not robots.can_fetch("*", "/search/?q=rain")
