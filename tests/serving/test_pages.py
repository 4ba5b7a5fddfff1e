"""What visitors without an account get: finished pages, the same for all, and true."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta, timezone

import brotli
import pytest

from tests.serving.site import Site, ask, until
from verite.project.pagecache.cache import lifetime


def test_a_page_is_rendered_once_for_many_visitors(site: Site, film: int) -> None:
    before = site.renderings(f"film-{film}")
    bodies = {site.get(f"/films/{film}/").body for _ in range(5)}
    assert len(bodies) == 1
    assert site.renderings(f"film-{film}") == before + 1


def test_a_change_shows_at_the_next_request(site: Site, film: int) -> None:
    with site.connection() as connection:
        for said in range(3):
            assert f"said={said} " in ask(connection, f"/films/{film}/").text
            ask(connection, f"/films/{film}/change")


def test_a_change_elsewhere_renders_nothing_anew(site: Site, film: int) -> None:
    site.get(f"/films/{film}/")
    site.get("/films/999/change")
    site.get(f"/films/{film}/")
    assert site.renderings(f"film-{film}") == 1


def test_a_page_says_that_caches_may_keep_it_and_must_ask(site: Site, film: int) -> None:
    headers = site.get(f"/films/{film}/").headers
    assert headers["cache-control"] == "public, no-cache"
    assert headers["vary"] == "Cookie, Accept-Language, Accept-Encoding"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "cookie", ["verite-guest=abc", "a=b; __Host-verite-session=x", "a=b;verite-session=x"]
)
def test_a_participant_gets_a_page_of_their_own(site: Site, film: int, cookie: str) -> None:
    site.get(f"/films/{film}/")
    answer = site.get(f"/films/{film}/", cookie=cookie)
    assert "verite-" in answer.text
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "verite-" not in site.get(f"/films/{film}/").text


@pytest.mark.parametrize("cookie", ["_ga=1", "proxy=verite-like", "a=b; noverite-x=1"])
def test_cookies_of_others_do_not_make_a_visitor_known(site: Site, film: int, cookie: str) -> None:
    site.get(f"/films/{film}/")
    answer = site.get(f"/films/{film}/", cookie=cookie)
    assert "cookies=[]" in answer.text
    assert site.renderings(f"film-{film}") == 1


def test_nothing_of_who_asked_first_is_in_the_page(site: Site, film: int) -> None:
    answer = site.get(
        f"/films/{film}/", user_agent="Curious/1.0", cookie="_ga=1", referer="http://elsewhere/"
    )
    assert "cookies=[] agent=None" in answer.text


@pytest.mark.parametrize(
    ("asked", "coding"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("gzip;q=0.5, identity;q=0", "gzip")],
)
def test_every_coding_carries_the_same_page(site: Site, film: int, asked: str, coding: str | None) -> None:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    plain = site.get(f"/films/{film}/", accept_encoding="identity")
    for _ in range(20):  # quickly compressed at first, thoroughly after some requests
        answer = site.get(f"/films/{film}/", accept_encoding=asked)
        assert answer.headers.get("content-encoding") == coding
        assert unpack(answer.body) == plain.body


def test_a_page_that_lasts_is_packed_better(site: Site, film: int) -> None:
    sizes = [len(site.get(f"/films/{film}/", accept_encoding="gzip").body) for _ in range(40)]
    assert sizes[-1] < sizes[0]
    assert site.renderings(f"film-{film}") == 1


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_client_that_has_the_page_is_told_so(site: Site, film: int, coding: str) -> None:
    tag = site.get(f"/films/{film}/", accept_encoding=coding).headers["etag"]
    for _ in range(20):
        answer = site.get(f"/films/{film}/", accept_encoding=coding, if_none_match=f'"other", {tag}')
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert answer.headers["cache-control"] == "public, no-cache"
    assert "content-length" not in answer.headers
    site.get(f"/films/{film}/change")
    assert site.get(f"/films/{film}/", accept_encoding=coding, if_none_match=tag).status == 200


def test_each_coding_has_a_tag_of_its_own(site: Site, film: int) -> None:
    tags = {
        site.get(f"/films/{film}/", accept_encoding=coding).headers["etag"] for coding in ("br", "gzip", "x")
    }
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_head_tells_what_get_would(site: Site, film: int) -> None:
    head = site.get(f"/films/{film}/", "HEAD", accept_encoding="gzip")
    get = site.get(f"/films/{film}/", accept_encoding="gzip")
    again = site.get(f"/films/{film}/", "HEAD", accept_encoding="gzip")
    assert head.body == again.body == b""
    for answer in (head, again):
        assert {**answer.headers, "date": ""} == {**get.headers, "date": ""}


def test_a_visitor_reads_in_their_language(site: Site, film: int) -> None:
    for _ in range(2):
        assert "language=de" in site.get(f"/films/{film}/", accept_language="fr, de;q=0.8, en;q=0.5").text
        assert "language=en" in site.get(f"/films/{film}/", accept_language="en").text
    assert site.renderings(f"film-{film}") == 2


def test_spellings_of_one_question_share_one_page(site: Site, film: int) -> None:
    texts = {
        site.get(f"/films/{film}/?{query}").text
        for query in (
            "sort=new&subject=b&subject=a",
            "subject=a&utm_source=x&subject=b&sort=new",
            "sort=old&sort=new&subject=b&subject=a&subject=a&empty=",
        )
    }
    assert len(texts) == 1
    assert "query=sort=new&subject=a&subject=b " in texts.pop()
    assert site.renderings(f"film-{film}") == 1


@pytest.mark.parametrize("wish", ["404", "500", "301", "410", "cookie"])
def test_what_is_no_plain_page_is_never_kept(site: Site, wish: str) -> None:
    before = site.renderings("failing")
    answers = [site.get(f"/failing/?wish={wish}") for _ in range(3)]
    assert site.renderings("failing") == before + 3
    assert {answer.headers["cache-control"] for answer in answers} == {"private, no-cache"}
    assert len({answer.status for answer in answers}) == 1


def test_a_page_that_forgot_what_it_shows_is_an_error(site: Site) -> None:
    assert site.get("/forgetful/").status == 500
    assert "depends_on" in (site.data / "log").read_text()


def test_a_page_of_the_whole_site_lasts_though_others_write(site: Site) -> None:
    before = site.renderings("home")
    site.get("/")
    site.get("/films/1/change")
    site.get("/")
    assert site.renderings("home") == max(before, 1)


def test_a_page_with_an_age_limit_is_made_anew_in_time(site: Site) -> None:
    before = site.renderings("brief")

    def is_made_anew() -> bool:
        site.get("/brief/")
        return site.renderings("brief") >= before + 3

    until(is_made_anew, "the page has been too old twice")


@pytest.mark.parametrize(
    ("moment", "max_age", "seconds"),
    [
        (datetime(2026, 3, 28, 23, 59, 30, tzinfo=UTC), None, 30),
        (datetime(2026, 3, 28, 0, 0, 0, tzinfo=UTC), None, 24 * 60 * 60),
        (datetime(2026, 3, 28, 23, 59, 30, tzinfo=UTC), 60, 30),
        (datetime(2026, 3, 28, 12, 0, 0, tzinfo=UTC), 60, 60),
        (datetime(2026, 3, 29, 1, 59, 0, tzinfo=timezone(timedelta(hours=2))), None, 60),
    ],
)
def test_no_page_outlives_the_utc_day(moment: datetime, max_age: float | None, seconds: float) -> None:
    assert lifetime(max_age, moment) == seconds


@pytest.mark.parametrize("header", [{"authorization": "Bearer x"}, {"hx_request": "true"}])
def test_a_request_that_wants_more_than_the_page_goes_to_its_view(
    site: Site, film: int, header: dict[str, str]
) -> None:
    site.get(f"/films/{film}/")
    site.get(f"/films/{film}/", **header)
    assert site.renderings(f"film-{film}") == 2


def test_another_host_gets_a_page_of_its_own(site: Site, film: int) -> None:
    site.get(f"/films/{film}/")
    site.get(f"/films/{film}/", host="localhost")
    assert site.renderings(f"film-{film}") == 2
    assert site.get(f"/films/{film}/", host="unknown.example").status == 400
