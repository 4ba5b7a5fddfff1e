"""Every word that a visitor reads comes from gettext, from CLDR or from the catalogue of films.

The site is read in a language whose catalogue is all of one Greek letter, with films that are Greek: what is
still Latin has been written into the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from scripts.messages import HOUSE, compiled, forms, words_in
from tests.discovery.stock import film
from tests.web.films_on_show import ARCHIVE, FILE, GONE, STREAM, collect, curator, review, show, subject
from tests.web.markup import read
from verite.project.server.failures import WORDS, failure

pytestmark = pytest.mark.django_db

FIXED = re.compile(r"(%\(\w+\)[a-z]|%[a-z]|<[^>]+>)")
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
# What is no language: addresses, commands, and names of sites.
NO_WORDS = re.compile(
    r"(?:https?:/)?/\S+|films\.example|verite import films\.csv|Vérité|Internet Archive|IMDb|Wikidata"
)
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
SPOKEN_META = ("description", "og:title", "og:description", "og:site_name", "og:image:alt")

PAGES = [
    "/",
    "/films/",
    "/films/?decade=1940s&decade=1920s&language=el&country=SU&length=long&playable=yes&captions=yes&sort=year",
    "/films/?subject=ξ&decade=ξ&year=ξ&length=ξ&language=ξ&country=ξ&sort=ξ&playable=ξ",
    "/films/?length=short&year=1942",
    "/subjects/",
    "/subjects/θαλασσα/",
    "/subjects/βυθο/",
    "/people/αννα/",
    "/years/",
    "/years/1942/",
    "/collections/",
    "/collections/συλλογη/",
    "/search/",
    "/search/?q=ταινια",
    "/search/?q=ταινιβ",
    "/search/?q=ωωωωω",
    "/feeds/",
    "/films/ταινια/",
    "/films/ταινια/?t=60",
    "/films/ola/",
    *(f"/films/ola/?part={part}" for part in range(2, 6)),
    "/films/tipota/",
]
ACCOUNTS = {
    "/me/": 200,
    "/accounts/login/": 200,
    "/accounts/login/code/": 200,
    "/accounts/signup/": 200,
    "/accounts/password/reset/": 200,
    "/accounts/once/ξ/": 404,
}
MISSING = {"/films/?page=99": 404, "/films/ταινιβ/": 404, "/ξξ/": 404, "/closed/": 403}
FEEDS = ["/feeds/site.atom", "/films/feed.atom?subject=θαλασσα"]


def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("closed/", closed), path("", include("verite.project.urls"))]
handler400 = "verite.web.browsing.errors.bad_request"
handler403 = "verite.web.browsing.errors.forbidden"
handler404 = "verite.web.browsing.errors.not_found"
handler500 = "verite.web.browsing.errors.broken"


def without_words(words: str) -> str:
    """The same gaps and tags, and one Greek letter for each of ours."""
    return "".join(
        piece if FIXED.fullmatch(piece) else re.sub(r"\w", "ξ", piece) for piece in FIXED.split(words)
    )


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogue of that language."""
    catalog = Catalog(locale="el", fuzzy=False)
    for message in words_in(HOUSE):
        if message.id:
            said = forms(message.id)
            translation = tuple(map(without_words, said)) if len(said) > 1 else without_words(said[0])
            catalog.add(message.id, translation, context=message.context)
    folder = tmp_path_factory.mktemp("locale")
    mo = folder / "el" / "LC_MESSAGES" / "django.mo"
    mo.parent.mkdir(parents=True)
    mo.write_bytes(compiled(catalog))
    return folder


@pytest.fixture
def visitor(catalogues: Path, settings: LazySettings) -> Client:
    """Somebody who reads the site in that language."""
    settings.LANGUAGES = [("en", "English"), ("el", "Ελληνικά")]
    settings.LOCALE_PATHS = [catalogues]
    return Client(headers={"accept-language": "el"}, raise_request_exception=False)


@pytest.fixture
def films() -> None:
    film(
        "Ταινία",
        year=1942,
        minutes=71,
        subjects=["Θάλασσα"],
        directors=["Άννα"],
        languages=["el", "zxx"],
        countries=["SU", "US"],
        plays=True,
        captions="ελληνικά",
    )
    film("Σιωπή", year=1929, minutes=0.5, subjects=["Βυθό"])
    whole = show(
        "Όλα",
        slug="ola",
        parts=[
            {"title": "", "length_seconds": 60, "sources": [ARCHIVE]},
            {"title": "", "length_seconds": 3600, "sources": [{**ARCHIVE, **GONE, "failure": ""}, FILE]},
            {"title": "", "sources": [STREAM]},
            {"title": "", "sources": [{**ARCHIVE, **GONE, "failure": ""}]},
            {"title": ""},
        ],
        people=[(role, f"Ω{n}") for role in ("director", "narrator", "editor", "made_for") for n in range(5)],
        subjects=[subject("Γη", under=subject("Κόσμος"))],
        countries=["DD", "GR"],
        languages=["cmn", "pt-BR"],
        titles=[("Όλοι", "el")],
        ids=[("imdb", "tt0000001"), ("wikidata", "Q1")],
        text={"synopsis": "Όλα.", "rights": "Όλα.", "public_performance": "Όλα."},
        year=1999,
        is_running=True,
        kind="series",
    )
    made = review(whole, "<p>Όλα.</p>", revision_count=3)
    made.author = curator("Ζωή")
    made.save()
    show("Τίποτα", slug="tipota")
    shown = collect(whole, "Συλλογη")
    shown.curator = curator("Ζωή")
    shown.revised_at = datetime(2026, 1, 1, tzinfo=UTC)
    shown.save()


def spoken(html: str) -> Iterator[str]:
    page = read(html)
    yield page.one("title").text
    yield page.text
    for element in page.all():
        yield from (element.attributes[name] for name in SPOKEN_ATTRIBUTES if name in element.attributes)
    for meta in page.all("meta"):
        if meta.attributes.get("name", meta.attributes.get("property")) in SPOKEN_META:
            yield meta.attributes["content"]


def latin(said: str) -> list[str]:
    return LATIN.findall(NO_WORDS.sub("", said))


def latin_words(html: str) -> list[str]:
    return [word for said in spoken(html) for word in latin(said)]


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("films")
def test_every_page_of_films_is_read_in_one_language(visitor: Client) -> None:
    for address, status in (dict.fromkeys(PAGES, 200) | ACCOUNTS | MISSING).items():
        answer = visitor.get(address)
        html = answer.content.decode()

        assert answer.status_code == status, address
        assert '<html lang="el">' in html, address
        assert not latin_words(html), address


def test_an_empty_site_is_read_in_one_language(visitor: Client) -> None:
    for address in ("/", "/films/", "/subjects/", "/years/", "/collections/"):
        assert not latin_words(visitor.get(address).content.decode()), address


@pytest.mark.usefixtures("films")
def test_feeds_are_read_in_one_language(visitor: Client) -> None:
    for address in FEEDS:
        xml = visitor.get(address).content.decode()
        assert not latin(" ".join(re.findall(r"<(?:title|summary|name)[^>]*>([^<]*)", xml))), address


def test_refusals_are_read_in_one_language(visitor: Client) -> None:
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-origin"}):
        answer = visitor.post("/films/", {"ξ": "ξ"}, headers=headers)
        assert answer.status_code in (403, 405)
        assert not latin_words(answer.content.decode())


@pytest.mark.usefixtures("visitor")
@pytest.mark.parametrize("status", WORDS)
def test_failures_without_django_are_read_in_one_language(status: int) -> None:
    html = failure(status, language="el").body.decode()

    assert '<html lang="el">' in html
    assert not latin_words(html.replace("</title>", "</title><body>"))


def test_a_word_written_into_the_code_is_caught() -> None:
    assert without_words('<b class="x">%(count)s films</b> of %d') == '<b class="x">%(count)s ξξξξξ</b> ξξ %d'
    html = '<html><title>ξ</title><body><img alt="A poster"><p>ξξ <b>films</b> · Vérité</p></body></html>'

    assert latin_words(html) == ["films", "A", "poster"]
