"""Links as they stand in the wild: curated lists of films, and the registry of oEmbed providers."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from verite.catalogue.hosts import recognise

OUR_PROVIDERS = {"Dailymotion", "Framatube", "PeerTube.TV", "Vimeo", "YouTube"}

# What stands for the stars of a pattern; patterns that are not here must not be recognised, each for its reason.
FILLED = {
    "https://*.youtube.com/watch*": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://*.youtube.com/v/*": "https://www.youtube.com/v/dQw4w9WgXcQ",
    "https://youtu.be/*": "https://youtu.be/dQw4w9WgXcQ",
    "https://*.youtube.com/playlist?list=*": "https://www.youtube.com/playlist?list=PLSL0f2Dh_snCsLgQ3J319RYQyctRlfJFc",
    "https://youtube.com/playlist?list=*": "https://youtube.com/playlist?list=PLpeDXSh4nHjRmry7-h62UHfo86evvMK7E",
    "https://*.youtube.com/shorts*": "https://m.youtube.com/shorts/a12CpYea0i4",
    "https://youtube.com/shorts*": "https://youtube.com/shorts/a12CpYea0i4",
    "https://*.youtube.com/embed/*": "https://www.youtube.com/embed/dQw4w9WgXcQ",
    "https://*.youtube.com/live*": "https://www.youtube.com/live/dQw4w9WgXcQ",
    "https://youtube.com/live*": "https://youtube.com/live/dQw4w9WgXcQ",
    "https://vimeo.com/*": "https://vimeo.com/7073899",
    "https://vimeo.com/album/*/video/*": "https://vimeo.com/album/2632481/video/79010983",
    "https://vimeo.com/channels/*/*": "https://vimeo.com/channels/staffpicks/143603739",
    "https://vimeo.com/groups/*/videos/*": "https://vimeo.com/groups/shortfilms/videos/66185763",
    "https://player.vimeo.com/video/*": "https://player.vimeo.com/video/7073899",
    "https://www.dailymotion.com/video/*": "https://www.dailymotion.com/video/x2jvvep",
    "https://geo.dailymotion.com/player.html?video=*": "https://geo.dailymotion.com/player.html?video=x2jvvep",
    "https://framatube.org/w/*": "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
    "https://peertube.tv/w/*": "https://peertube.tv/w/kkGMgK9ZtnKfYAgnEtQxbv",
}
NOT_PLAYABLE = {
    "https://vimeo.com/ondemand/*/*": "https://vimeo.com/ondemand/somefilm/76979871",  # must be bought
    "https://vimeo.com/event/*/*": "https://vimeo.com/event/76979871/abd0e13fb4",  # an event is not a video
}


@pytest.fixture(scope="module")
def providers(shared_data: Path) -> list[dict[str, object]]:
    listed = json.loads(gzip.decompress((shared_data / "oembed" / "providers.json.gz").read_bytes()))
    assert isinstance(listed, list)
    return [provider for provider in listed if provider["provider_name"] in OUR_PROVIDERS]


def test_every_pattern_that_the_registry_has_for_our_hosts_is_filled_here(
    providers: list[dict[str, object]],
) -> None:
    assert {pattern for pattern, _ in _patterns(providers)} == set(FILLED) | set(NOT_PLAYABLE)


def test_addresses_of_every_playable_pattern_are_recognised(providers: list[dict[str, object]]) -> None:
    unknown = [
        pattern
        for pattern, provider in _patterns(providers)
        if pattern in FILLED and not _is_recognised_as(FILLED[pattern], provider)
    ]

    assert unknown == []


@pytest.mark.parametrize("pattern", FILLED | NOT_PLAYABLE)
def test_an_address_of_this_table_is_one_of_its_pattern(pattern: str) -> None:
    address = (FILLED | NOT_PLAYABLE)[pattern]

    assert re.fullmatch(re.escape(pattern).replace(r"\*", ".+"), address)
    assert (recognise(address) is not None) is (pattern in FILLED)


def test_the_registry_names_the_endpoints_that_we_ask(providers: list[dict[str, object]]) -> None:
    from verite.catalogue.hosts import by_slug

    asked = {
        (by_slug(found.host).oembed_address(found.ref) or "").partition("?")[0]
        for found in map(recognise, FILLED.values())
        if found
    }

    assert asked == {url.replace("{format}", "json") for url in _endpoints(providers)}


def test_the_list_of_documentaries_gives_every_youtube_film(shared_data: Path) -> None:
    text = (shared_data / "films" / "list_of_documentaries.md").read_text()
    links = re.findall(r"\]\((https?://[^)]+)\)", text)

    found = [link for link in links if recognise(link)]

    assert found == [link for link in links if urlsplit(link).netloc == "www.youtube.com"]
    assert Counter(seen.kind for link in found if (seen := recognise(link))) == {"video": 10, "playlist": 2}


def test_the_films_that_are_free_to_show_lead_to_the_archive(shared_data: Path) -> None:
    with (shared_data / "films" / "free_to_show_films.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    links = [link for row in rows for link in (row["url"], row["archive_url"]) if link]
    of_archive = [link for link in links if urlsplit(link).netloc == "archive.org"]

    recognised = {link: seen for link in links if (seen := recognise(link))}

    assert len(of_archive) == 2_426
    assert set(recognised) == set(of_archive)
    assert {seen.host for seen in recognised.values()} == {"internet-archive"}
    assert all(seen.ref == link.rpartition("/")[2].rstrip("#") for link, seen in recognised.items())


def _patterns(providers: list[dict[str, object]]) -> Iterator[tuple[str, str]]:
    for provider in providers:
        endpoints = provider["endpoints"]
        assert isinstance(endpoints, list)
        for endpoint in endpoints:
            for pattern in endpoint["schemes"]:
                yield pattern, str(provider["provider_name"])


def _endpoints(providers: list[dict[str, object]]) -> Iterator[str]:
    for provider in providers:
        endpoints = provider["endpoints"]
        assert isinstance(endpoints, list)
        for endpoint in endpoints:
            yield str(endpoint["url"])


def _is_recognised_as(address: str, provider: str) -> bool:
    found = recognise(address)
    slug = "peertube" if provider in ("Framatube", "PeerTube.TV") else provider.lower()
    return found is not None and found.host == slug
