"""Films by the API: the catalogue, one of them, what is near it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.v1.calling import API, Script
from tests.discovery.stock import film
from tests.talking import NOON, a_guest, a_member
from tests.web.films_on_show import ARCHIVE, GONE, YOUTUBE, review, show, subject
from tests.web.talk_pages import say
from verite.catalogue.actions import Entry, save_collection, save_review
from verite.catalogue.models import Film
from verite.core.fragments import forget_all
from verite.ratings.actions import import_total, rate

pytestmark = pytest.mark.django_db

FIELDS = ["slug", "title", "year", "subjects", "parts", "rating", "comment_count", "review"]


def test_a_film_is_told_with_exactly_what_the_contract_names() -> None:
    shown = show(
        year=1942,
        subjects=[subject("War"), subject("Propaganda")],
        parts=[
            {"title": "Prelude to War", "length_seconds": 3160, "sources": [YOUTUBE, {**ARCHIVE, **GONE}]},
            {"title": "", "sources": []},
        ],
    )
    review(shown, "<p>First.</p>", "<p>Second.</p>")
    import_total(shown.pk, 48, 363)
    rate(shown.pk, a_guest(), 10, now=NOON)
    say(shown.pk)

    told = Script().get("/films/why-we-fight")

    assert list(told) == FIELDS
    assert told == {
        "slug": "why-we-fight",
        "title": "Why We Fight",
        "year": 1942,
        "subjects": ["war", "propaganda"],
        "parts": [
            {
                "position": 1,
                "title": "Prelude to War",
                "length": 3160,
                "sources": [
                    {
                        "host": "youtube",
                        "url": "https://www.youtube.com/watch?v=m4kOIzMqso0",
                        "state": "unchecked",
                    },
                    {
                        "host": "internet-archive",
                        "url": "https://archive.org/details/WhyWeFight/part%201.mp4",
                        "state": "gone",
                    },
                ],
            },
            {"position": 2, "title": "", "length": None, "sources": []},
        ],
        "rating": {
            "value": 7.61,
            "count": 49,
            "histogram": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            "imported": {"count": 48, "sum": 363},
        },
        "comment_count": 1,
        "review": {
            "html": "<p>First.</p><p>Second.</p>",
            "markdown": "",
            "author": "Curator 1",
            "revised_at": "2019-03-02T12:00:00Z",
        },
    }


def test_a_film_of_which_little_is_known_has_all_fields_too() -> None:
    show()

    told = Script().get("/films/why-we-fight")

    assert list(told) == FIELDS
    assert (told["year"], told["parts"], told["review"]) == (None, [], None)
    assert told["rating"] == {
        "value": None,
        "count": 0,
        "histogram": [0] * 10,
        "imported": {"count": 0, "sum": 0},
    }


def test_a_review_is_told_as_it_was_written() -> None:
    shown = show()
    save_review(shown.pk, a_member("Ada Lens"), "The *first* word.\n\nThe last.", now=NOON)

    told = Script().get("/films/why-we-fight")["review"]

    assert told["markdown"] == "The *first* word.\n\nThe last."
    assert told["html"] == "<p>The <em>first</em> word.</p>\n<p>The last.</p>\n"
    assert told["author"] == "Ada Lens"


def test_a_film_is_told_anew_after_each_change() -> None:
    shown = show()
    script = Script()
    assert script.get("/films/why-we-fight")["comment_count"] == 0

    say(shown.pk)
    rate(shown.pk, a_guest(), 4, now=NOON)
    save_review(shown.pk, a_member(), "Anew.", now=NOON)

    told = script.get("/films/why-we-fight")
    assert (told["comment_count"], told["rating"]["value"]) == (1, 4.0)
    assert told["review"]["markdown"] == "Anew."


@pytest.mark.parametrize(
    "path", ["/films/nothing", "/films/nothing/related", "/films/draft", f"/films/{'x' * 9000}"]
)
def test_a_film_that_is_not_public_is_not_there(path: str) -> None:
    show(slug="draft", state="draft")

    assert Script().get(path, 404)["detail"] == "There is no such film here."


def test_a_film_asks_no_more_of_the_database_than_its_page() -> None:
    shown = show(parts=[{"sources": [YOUTUBE]}] * 7, subjects=[subject("War")])
    review(shown, "<p>In 1942.</p>")
    say(shown.pk)

    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path).status_code == 200
        return len(asked)

    forget_all()
    cold = statements(f"{API}/films/why-we-fight")
    say(shown.pk)
    warm = statements(f"{API}/films/why-we-fight")
    forget_all()

    assert cold <= min(6, statements("/films/why-we-fight/"))
    assert warm == 2


@pytest.fixture
def three_films() -> None:
    film(
        "Prelude to War",
        year=1942,
        subjects=["War"],
        directors=["Frank Capra"],
        languages=["en"],
        minutes=52,
        day=1,
    )
    film("Tunisian Victory", year=1944, subjects=["War"], directors=["Frank Capra"], day=2)
    film("Rain", year=1929, subjects=["Cities"], directors=["Joris Ivens"], minutes=12, day=3)


def slugs(told: Any) -> list[str]:
    return [item["slug"] for item in told["items"]]


@pytest.mark.usefixtures("three_films")
def test_the_catalogue_is_listed_newest_first_and_narrowed_by_filters() -> None:
    script = Script()

    assert slugs(script.get("/films")) == ["rain", "tunisian-victory", "prelude-to-war"]
    assert slugs(script.get("/films", sort="title")) == ["prelude-to-war", "rain", "tunisian-victory"]
    assert slugs(script.get("/films", subject="war", decade="1940s", sort="year")) == [
        "tunisian-victory",
        "prelude-to-war",
    ]
    assert slugs(script.get("/films", year=["1929", "1942"])) == ["rain", "prelude-to-war"]
    assert slugs(script.get("/films", length="short")) == ["rain"]
    assert script.get("/films", subject="nothing") == {"items": [], "next": None, "total": 0}
    assert slugs(script.get("/films", subject="", sort="", cursor="")) == slugs(script.get("/films"))


@pytest.mark.usefixtures("three_films")
def test_a_film_in_a_list_says_what_its_card_says() -> None:
    (told,) = Script().get("/films", year="1942")["items"]

    assert {name: told[name] for name in ("slug", "title", "year", "length", "directors", "subject")} == {
        "slug": "prelude-to-war",
        "title": "Prelude to War",
        "year": 1942,
        "length": 3120,
        "directors": ["Frank Capra"],
        "subject": {"slug": "war", "name": "War"},
    }


@pytest.mark.usefixtures("three_films")
@pytest.mark.parametrize("sort", ["newest", "year", "title"])
def test_a_list_goes_on_by_its_cursor_and_ends(sort: str) -> None:
    script, found, cursor = Script(), [], ""
    while cursor is not None:
        told = script.get("/films", sort=sort, limit=2, cursor=cursor)
        assert told["total"] == 3
        found += slugs(told)
        cursor = told["next"]

    assert found == slugs(script.get("/films", sort=sort))


@pytest.mark.usefixtures("three_films")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "loudest"),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "many"),
        ("length", "endless"),
        ("playable", "no"),
        ("captions", "no"),
        ("cursor", "made-up"),
        ("cursor", "x" * 601),
        ("year", [str(year) for year in range(21)]),
    ],
)
def test_a_list_refuses_what_it_cannot_understand_and_names_it(name: str, value: Any) -> None:
    assert Script().get("/films", 422, **{name: value})["field"].partition(".")[0] == name


@pytest.mark.usefixtures("three_films")
def test_a_cursor_of_another_order_is_refused() -> None:
    script = Script()
    cursor = script.get("/films", sort="year", limit=1)["next"]

    assert script.get("/films", 422, sort="title", cursor=cursor)["field"] == "cursor"


@pytest.mark.usefixtures("three_films")
def test_related_films_say_why_and_how_near_they_are() -> None:
    told = Script().get("/films/prelude-to-war/related")

    assert slugs(told) == ["tunisian-victory"]
    assert told["items"][0]["reason"] == "Also directed by Frank Capra"
    assert told["items"][0]["score"] > 0
    assert (told["next"], told["total"]) == (None, 1)


@pytest.mark.usefixtures("three_films")
def test_subjects_people_and_collections_are_told_with_their_films() -> None:
    ids = dict(Film.objects.values_list("slug", "id"))
    save_collection(
        title="Seven films",
        curator_id=a_member("Ada Lens"),
        essay="In *order*.",
        entries=[Entry(ids["prelude-to-war"], "Begin here."), Entry(ids["tunisian-victory"])],
        now=NOON,
    )
    script = Script()

    listed = script.get("/subjects", limit=1)
    person = script.get("/people/frank-capra")
    collection = script.get("/collections/seven-films")

    assert listed["items"] == [{"slug": "cities", "name": "Cities", "parent": None, "film_count": 1}]
    rest = script.get("/subjects", cursor=listed["next"])
    assert [item["slug"] for item in rest["items"]] == ["war"]
    assert (rest["next"], rest["total"]) == (None, 2)
    assert (person["name"], slugs(person), person["total"]) == (
        "Frank Capra",
        ["tunisian-victory", "prelude-to-war"],
        2,
    )
    assert [(each["film"]["slug"], each["note"]) for each in collection["items"]] == [
        ("prelude-to-war", "Begin here."),
        ("tunisian-victory", ""),
    ]
    assert collection["html"] == "<p>In <em>order</em>.</p>\n"
    for path in ("/people/nobody", "/collections/nothing"):
        script.get(path, 404)
    for path in ("/people/frank-capra", "/subjects"):
        assert script.get(path, 422, cursor=listed["next"][:-2])["field"] == "cursor"
