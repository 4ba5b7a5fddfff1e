"""The exact addresses that leave the page: a wrong one is a dead player or a tracked visitor."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from verite.catalogue.hosts import HOSTS, by_slug

LIST = "PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi"
PEERTUBE = "tube.example/kkGMgK9ZtnKfYAgnEtQxbv"


@pytest.mark.parametrize(
    ("host", "ref", "expected"),
    [
        (
            "youtube",
            "dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&enablejsapi=1&playsinline=1&start=90",
        ),
        ("vimeo", "76979871", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1#t=90s"),
        (
            "vimeo",
            "76979871:abcdef",
            "https://player.vimeo.com/video/76979871?h=abcdef&autoplay=1&dnt=1#t=90s",
        ),
        (
            "dailymotion",
            "x8u4owg",
            "https://geo.dailymotion.com/player.html?video=x8u4owg&autoplay=true&startTime=90",
        ),
        ("internet-archive", "Series", "https://archive.org/embed/Series?autoplay=1&start=90"),
        (
            "internet-archive",
            "Series/a b.mpg",
            "https://archive.org/embed/Series/a%20b.mpg?autoplay=1&start=90",
        ),
        (
            "peertube",
            PEERTUBE,
            "https://tube.example/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?api=1&autoplay=1&start=90s",
        ),
        ("file", "/media/prelude.mp4", None),
    ],
)
def test_an_embed_plays_at_once_from_its_start_and_tracks_as_little_as_the_host_allows(
    host: str, ref: str, expected: str | None
) -> None:
    assert by_slug(host).embed_address(ref, 90) == expected


def test_a_youtube_playlist_embeds_as_a_series_without_a_start() -> None:
    embed = urlsplit(by_slug("youtube").embed_address(LIST) or "")

    assert embed.path == "/embed/videoseries"
    assert parse_qs(embed.query) == {
        "list": [LIST],
        "autoplay": ["1"],
        "enablejsapi": ["1"],
        "playsinline": ["1"],
    }


@pytest.mark.parametrize(
    ("host", "ref", "expected"),
    [
        ("youtube", "dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s"),
        ("vimeo", "76979871:abcdef", "https://vimeo.com/76979871/abcdef#t=90s"),
        ("dailymotion", "x8u4owg", "https://www.dailymotion.com/video/x8u4owg?start=90"),
        (
            "internet-archive",
            "Series/1+1 & #2?.mp4",
            "https://archive.org/details/Series/1%2B1%20%26%20%232%3F.mp4?start=90",
        ),
        ("peertube", PEERTUBE, "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv?start=90s"),
        ("file", "https://example.org/prelude.mp4?key=1", "https://example.org/prelude.mp4?key=1#t=90"),
    ],
)
def test_a_visitor_without_script_is_led_to_the_moment(host: str, ref: str, expected: str) -> None:
    assert by_slug(host).watch_address(ref, 90) == expected


@pytest.mark.parametrize(
    ("host", "ref", "file", "origins"),
    [
        ("file", "/media/prelude.mp4", "/media/prelude.mp4#t=90", {"'self'"}),
        (
            "file",
            "https://example.org:8443/a.m3u8",
            "https://example.org:8443/a.m3u8#t=90",
            {"https://example.org:8443"},
        ),
        (
            "internet-archive",
            "Series/a b.MP4",
            "https://archive.org/download/Series/a%20b.MP4#t=90",
            # archive.org sends the browser on to the machine that holds the item
            {"https://archive.org", "https://*.archive.org"},
        ),
        ("internet-archive", "Series/a.mpg", None, set()),
        ("internet-archive", "Series.mp4", None, set()),
        ("youtube", "dQw4w9WgXcQ", None, set()),
    ],
)
def test_our_own_player_is_given_a_file_only_where_browsers_can_play_it(
    host: str, ref: str, file: str | None, origins: set[str]
) -> None:
    assert by_slug(host).media_address(ref, 90) == file
    assert by_slug(host).media_origins(ref) == origins


@pytest.mark.parametrize(
    ("host", "ref", "endpoint", "about"),
    [
        (
            "youtube",
            "dQw4w9WgXcQ",
            "https://www.youtube.com/oembed",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ("youtube", LIST, "https://www.youtube.com/oembed", f"https://www.youtube.com/playlist?list={LIST}"),
        (
            "vimeo",
            "76979871:abcdef",
            "https://vimeo.com/api/oembed.json",
            "https://vimeo.com/76979871/abcdef",
        ),
        (
            "dailymotion",
            "x8u4owg",
            "https://www.dailymotion.com/services/oembed",
            "https://www.dailymotion.com/video/x8u4owg",
        ),
        (
            "peertube",
            PEERTUBE,
            "https://tube.example/services/oembed",
            "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        ),
    ],
)
def test_oembed_is_asked_about_the_watch_page_in_json(host: str, ref: str, endpoint: str, about: str) -> None:
    asked = urlsplit(by_slug(host).oembed_address(ref) or "")

    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == endpoint
    assert parse_qs(asked.query)["url"] == [about]
    assert endpoint.endswith(".json") or parse_qs(asked.query)["format"] == ["json"]


def test_pictures_are_named_only_where_no_request_is_needed() -> None:
    assert (
        by_slug("youtube").thumbnail_address("dQw4w9WgXcQ")
        == "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg"
    )
    assert by_slug("youtube").thumbnail_address(LIST) is None
    assert (
        by_slug("internet-archive").thumbnail_address("Series/a.mp4")
        == "https://archive.org/services/img/Series"
    )
    assert (
        by_slug("dailymotion").thumbnail_address("x8u4owg")
        == "https://www.dailymotion.com/thumbnail/video/x8u4owg"
    )
    assert [by_slug(host).thumbnail_address("1") for host in ("vimeo", "peertube", "file")] == [None] * 3


def test_hosts_are_told_apart_by_slugs_that_fit_the_database() -> None:
    slugs = [host.slug for host in HOSTS]

    assert len(set(slugs)) == len(slugs)
    assert max(map(len, slugs)) <= 20
    assert [by_slug(slug) for slug in slugs] == list(HOSTS)
    assert all(host.name for host in HOSTS)


def test_an_unknown_slug_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        by_slug("myspace")
