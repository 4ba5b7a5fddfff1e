"""A real server keeps the pages of each language apart."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.running import demo_of_its_own
from tests.serving.site import Answer, ask

PAGES = ["/", "/films/", "/films/why-we-fight/", "/search/?q=rain", "/about/", "/feeds/site.atom"]
WISHES = {"de": "de-DE,de;q=0.9,en;q=0.5", "en": "en-GB,en;q=0.9,de;q=0.5"}
FILM = "/films/why-we-fight/"
WORDS = {"de": "Besprechung", "en": "Review"}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_of_its_own(tmp_path_factory.mktemp("site")) as origin:
        yield urlsplit(origin).netloc


@pytest.fixture
def connection(host: str) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(host, timeout=20)
    yield connection
    connection.close()


def read(connection: http.client.HTTPConnection, path: str, language: str, **headers: str) -> Answer:
    return ask(connection, path, accept_language=WISHES[language], **headers)


@pytest.mark.parametrize("path", PAGES)
def test_each_visitor_gets_the_page_in_their_language(
    connection: http.client.HTTPConnection, path: str
) -> None:
    answers = [(wish, read(connection, path, wish)) for wish in ("de", "en") * 3]

    for wish, answer in answers:
        assert answer.status == 200
        assert answer.headers["content-language"] == wish
        assert answer.headers["vary"] == "Cookie, Accept-Language, Accept-Encoding"
        assert answer.headers["cache-control"] == "public, no-cache"
    assert len({(wish, answer.body) for wish, answer in answers}) == 2
    assert len({answer.headers["etag"] for _wish, answer in answers}) == 2


@pytest.mark.parametrize("path", [path for path in PAGES if not path.endswith(".atom")])
def test_the_page_says_which_language_it_is_in(connection: http.client.HTTPConnection, path: str) -> None:
    for wish in WISHES:
        packed = read(connection, path, wish, accept_encoding="gzip")
        assert f'<html lang="{wish}">' in gzip.decompress(packed.body).decode()


def test_who_has_the_page_in_another_language_gets_it_in_theirs(
    connection: http.client.HTTPConnection,
) -> None:
    tag = read(connection, FILM, "en").headers["etag"]

    assert read(connection, FILM, "en", if_none_match=tag).status == 304
    german = read(connection, FILM, "de", if_none_match=tag)
    assert german.status == 200
    assert WORDS["de"] in german.text


def test_spellings_of_one_wish_share_one_page(connection: http.client.HTTPConnection) -> None:
    wishes = ["de", "de-AT", "DE;q=0.5", "fr,de;q=0.9"]
    tags = {ask(connection, FILM, accept_language=wish).headers["etag"] for wish in wishes}

    assert len(tags) == 1


def test_a_refusal_before_django_is_in_the_visitors_language(connection: http.client.HTTPConnection) -> None:
    connection.request("POST", "/films/", headers={"Accept-Language": "de", "Content-Length": str(10**9)})
    response = connection.getresponse()

    assert response.status == 413
    page = response.read().decode()
    assert '<html lang="de">' in page
    assert "Fehler 413" in page
