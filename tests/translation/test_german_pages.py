"""Who asks for German is answered in German, everybody else in the site's own language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from scripts.messages import HOUSE, forms
from scripts.messages import read as read_catalogue
from tests.discovery.stock import film
from tests.verite_process import migrated, verite
from tests.web.films_on_show import ARCHIVE, collect, review, show, subject
from tests.web.markup import Page, read
from verite.core.fragments import forget_all
from verite.discovery.shelf import forget_shelf
from verite.pages.models import Page as WrittenPage
from verite.web.wording import country, date, duration, language, listed, number, role

ADDRESS = "/films/why-we-fight/"
PAGES = ["/", "/films/", ADDRESS, "/subjects/", "/search/?q=fight", "/about/", "/feeds/site.atom"]


def visit(address: str, wish: str = "de", status: int = 200) -> Page:
    answer = Client(headers={"accept-language": wish}).get(address)
    assert answer.status_code == status
    return read(answer.content.decode())


@pytest.fixture
def why_we_fight() -> None:
    made = show(
        year=1942,
        month=10,
        day=27,
        length_seconds=24_995,
        parts=[{"title": "", "sources": [ARCHIVE]}, {"title": "", "sources": [ARCHIVE]}],
        people=[("director", "Frank Capra"), ("director", "Anatole Litvak")],
        subjects=[subject("War")],
        countries=["US", "SU"],
        languages=["en"],
    )
    review(made, "<p>An army of millions.</p>", revision_count=2)
    collect(made, "Filmed for the state")


@pytest.mark.django_db
@pytest.mark.usefixtures("why_we_fight")
def test_a_film_is_told_in_german() -> None:
    page = visit(ADDRESS)

    assert page.one("html").attributes["lang"] == "de"
    slate = page.all("p", class_="slate")[0].text
    assert slate == "27. Oktober 1942 War 2 Teile 6 h 57 min Englisch Vereinigte Staaten Sowjetunion"
    assert [term.text for term in page.all("dt")] == ["Regie", "Sammlung"]
    assert page.one("a", id="play").text == "Abspielen, Teil 1"
    assert "überarbeitet am 2. März 2019" in page.text
    assert (
        "Regie: Frank Capra und Anatole Litvak. Vereinigte Staaten, Sowjetunion, 27. Oktober 1942."
        in page.text
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("why_we_fight")
@pytest.mark.parametrize(
    ("wish", "answered"),
    [
        ("de", "de"),
        ("de-AT, de;q=0.9", "de"),
        ("fr, de;q=0.8, en;q=0.5", "de"),
        ("en-GB, de;q=0.5", "en"),
        ("fr", "en"),
        ("", "en"),
        ("xx-\x00,,;q=9", "en"),
    ],
)
def test_everybody_is_answered_in_what_they_read_best(wish: str, answered: str) -> None:
    answer = Client(headers={"accept-language": wish}).get(ADDRESS)

    assert f'<html lang="{answered}">' in answer.content.decode()
    assert answer.headers["Content-Language"] == answered
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.django_db
@pytest.mark.usefixtures("why_we_fight")
def test_pieces_that_are_kept_are_kept_apart() -> None:
    played = [visit(ADDRESS, wish).one("a", id="play").text for wish in ("de", "en", "de", "en")]

    assert played == ["Abspielen, Teil 1", "Play, Part 1"] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("why_we_fight")
@pytest.mark.parametrize("address", PAGES)
def test_another_language_asks_no_more_of_the_database(address: str) -> None:
    visit(address, "en")  # what a process finds out once, whoever asks first, is known then
    asked = []
    for wish in ("en", "de"):
        forget_shelf()
        forget_all()
        with CaptureQueriesContext(connection) as queries:
            visit(address, wish)
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.django_db
def test_a_site_may_speak_german_to_whoever_does_not_say(settings: LazySettings) -> None:
    settings.LANGUAGE_CODE = "de"

    assert visit("/feeds/", "").one("html").attributes["lang"] == "de"
    assert visit("/feeds/", "fr").one("html").attributes["lang"] == "de"
    english = visit("/feeds/", "en")
    assert english.one("html").attributes["lang"] == "en"
    assert "Everything new" in english.text


@pytest.mark.django_db
def test_pages_that_are_missing_say_so_in_german() -> None:
    film("Why We Fight")

    page = visit("/films/why-we-figth/", status=404)

    assert "Unter dieser Adresse gibt es keine Seite" in page.text
    assert "Gemeint war vielleicht Why We Fight?" in page.text


@pytest.mark.django_db
def test_filters_and_counts_are_said_in_german() -> None:
    film("Rain", year=1929, minutes=12, languages=["zxx"], countries=["NL"])
    film("Regen", year=1931, minutes=90, languages=["nl"], countries=["NL"])

    page = visit("/films/?decade=1920s&length=short&country=NL&sort=nonsense")

    assert page.one("h1").text == "1 Film"
    assert [legend.text for legend in page.all("legend")] == ["Jahrzehnt", "Länge", "Jahr", "Sprache", "Land"]
    said = {option.text for option in page.all("bdi")} | {link.text for link in page.all("a")}
    assert {"1920er", "unter 30 min", "Niederlande", "Alle 3 Filter entfernen"} <= said
    assert "Eine Reihenfolge „nonsense“ gibt es nicht; die Liste beginnt mit dem Neuesten." in page.text
    assert "Ohne Dialog (1)" in page.text


@pytest.mark.django_db
def test_what_curators_wrote_of_the_site_stands_as_they_wrote_it() -> None:
    assert visit("/about/").one("h1").text == "Über diese Website"
    assert visit("/about/", "en").one("h1").text == "About this site"

    WrittenPage.objects.create(
        slug="about",
        title="À propos",
        html="<p>Un ciné-club.</p>",
        sanitiser_version=1,
        revised_at=datetime(2026, 1, 1, tzinfo=UTC),
    )

    assert visit("/about/").one("h1").text == "À propos"


@pytest.mark.django_db
@pytest.mark.usefixtures("why_we_fight")
def test_programs_are_told_the_same_facts_in_every_language() -> None:
    english, german = (visit(ADDRESS, wish) for wish in ("en", "de"))

    told = [page.linked_data for page in (english, german)]
    countries = [[place["name"] for place in facts.pop("countryOfOrigin")] for facts in told]
    assert told[0] == told[1]
    assert countries == [["United States", "Soviet Union"], ["Vereinigte Staaten", "Sowjetunion"]]
    for name in ("og:type", "og:site_name", "og:url", "og:image"):
        assert english.one("meta", property=name).attributes == german.one("meta", property=name).attributes
    assert german.one("meta", property="og:title").attributes["content"] == "Why We Fight (27. Oktober 1942)"


@pytest.mark.django_db
@pytest.mark.usefixtures("why_we_fight")
def test_a_feed_reader_meets_nothing_twice_when_its_language_changes() -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    english, german = (
        ElementTree.fromstring(Client(headers={"accept-language": wish}).get("/feeds/site.atom").content)
        for wish in ("en", "de")
    )

    assert [found.text for found in english.iter(f"{atom}id")] == [
        found.text for found in german.iter(f"{atom}id")
    ]
    titles = [entry.findtext(f"{atom}title") for entry in german.iter(f"{atom}entry")]
    assert {"Besprechung: Why We Fight", "Sammlung: Filmed for the state"} <= set(titles)


def test_german_words_are_set_as_german_is() -> None:
    catalog = read_catalogue(HOUSE / "locale" / "de" / "LC_MESSAGES" / "django.po")
    said = [form for message in catalog if message.id for form in forms(message.string)]
    seen = [re.sub("<[^>]*>", "", words) for words in said]

    assert not [words for words in seen if re.search(r"[\"'”’]|\w - ", words)]


def test_facts_are_said_in_german() -> None:
    with translation.override("de"):
        assert date(datetime(2019, 3, 2, 12, tzinfo=UTC)) == "2. März 2019"
        assert number(9214) == "9.214"
        assert duration(24_995) == "6 h 57 min"
        assert listed(["a", "b", "c"]) == "a, b und c"
        assert [country(code) for code in ("US", "DD", "CS")] == [
            "Vereinigte Staaten",
            "DDR",
            "Tschechoslowakei",
        ]
        assert [language(tag) for tag in ("en", "zxx", "cmn")] == ["Englisch", "Ohne Dialog", "Mandarin"]
        assert [role("director", 1), role("narrator", 1), role("narrator", 2)] == [
            "Regie",
            "Erzählstimme",
            "Erzählstimmen",
        ]


def test_whoever_runs_the_site_reads_english(tmp_path: Path) -> None:
    films = tmp_path / "films.csv"
    films.write_text("title,year\nRain,1929\n,1930\n", encoding="utf-8")

    imported = verite("import", str(films), data=migrated(tmp_path / "site"), more={"VERITE_LANGUAGE": "de"})

    assert "2 films read: 1 made, 0 changed, 0 unchanged, 1 refused" in imported.stdout
    assert "There is no title." in imported.stdout
