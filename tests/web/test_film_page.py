"""A film's page: what it says, what it asks of the database, and what it never does."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from PIL import Image

from tests.web.films_on_show import (
    ARCHIVE,
    FILE,
    GONE,
    PEERTUBE,
    STREAM,
    YOUTUBE,
    collect,
    full_page,
    review,
    show,
    subject,
)
from tests.web.markup import Page, read
from verite.catalogue import keys
from verite.core.freshness import page_of, provenance_of

pytestmark = pytest.mark.django_db

ADDRESS = "/films/why-we-fight/"
A_PARAGRAPH = (
    "<p>" + "Newsreels, captured footage and pieces of feature films are laid end to end. " * 8 + "</p>"
)
SEVEN_PARTS = [
    {"title": f"Part the {n}th", "length_seconds": 3000 + n, "sources": [YOUTUBE]} for n in range(7)
]


def visit(address: str = ADDRESS) -> Page:
    answer = Client().get(address)
    assert answer.status_code == 200
    return read(answer.content.decode())


def policy(address: str = ADDRESS) -> dict[str, list[str]]:
    header = Client().get(address).headers["Content-Security-Policy"]
    return {name: values for name, *values in (directive.split() for directive in header.split("; "))}


def test_it_says_who_made_the_film_when_and_about_what() -> None:
    society = subject("Society")
    film = show(
        year=1942,
        last_year=1945,
        parts=SEVEN_PARTS,
        people=[("director", "Frank Capra"), ("director", "Anatole Litvak"), ("narrator", "Walter Huston")],
        subjects=[subject("War", under=society)],
        countries=["US", "SU"],
        languages=["en"],
        titles=[("Pourquoi nous combattons", "fr")],
        text={"rights": "In the public domain.", "public_performance": "Free to show anywhere."},
    )
    collect(film, "Filmed for the state")

    page = visit()

    assert page.one("h1").text == "Why We Fight"
    slate = page.all("p", class_="slate")[0].text
    assert slate == "1942–45 War 7 parts 5 h 50 min English United States Soviet Union"
    facts = page.all("dl", class_="dl")[0].text
    assert "Directors Frank Capra, Anatole Litvak Narrator Walter Huston" in facts
    assert "About Society › War" in facts
    assert page.one("bdi", lang="fr").text == "Pourquoi nous combattons"
    assert "Collection Filmed for the state" in facts
    assert "In the public domain." in page.text
    assert "Free to show anywhere." in page.text


def test_a_film_of_which_only_the_title_is_known_has_a_whole_page() -> None:
    show("Shoah")

    page = visit()

    assert page.one("h1").text == "Shoah"
    assert "Cannot be watched here yet." in page.one("section", id="player").text
    assert not page.all("a", id="play")
    assert [heading.text for heading in page.all("h2")] == ["Rating", "Discussion", "Cite"]


@pytest.mark.parametrize("address", ["/films/nobody-made-this/", "/films/nobody-made-this/card.png"])
def test_an_unknown_film_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_draft_is_not_shown() -> None:
    show(state="draft")

    assert Client().get(ADDRESS).status_code == 404
    assert Client().get(f"{ADDRESS}card.png").status_code == 404


@pytest.mark.parametrize("count", [1, 60])
def test_it_takes_eight_queries_at_most_whatever_the_number_of_parts(count: int) -> None:
    film = full_page(parts=[{"sources": [YOUTUBE, PEERTUBE, FILE], "length_seconds": 60}] * count)
    review(film, A_PARAGRAPH)

    with CaptureQueriesContext(connection) as asked:
        page = visit()

    assert len(page.all("li", id=f"part-{count}")) == (count > 1)
    assert len(page.one("section", aria_labelledby="h-more").text) > 0
    assert len(asked) <= 8


def test_it_stays_small_with_a_long_review_and_many_parts() -> None:
    film = full_page(parts=[{**SEVEN_PARTS[0], "sources": [ARCHIVE, PEERTUBE]}] * 13)
    review(film, *[A_PARAGRAPH] * 7)

    assert len(Client().get(ADDRESS).content) <= 60_000


def test_it_asks_no_other_host_and_has_no_inline_code() -> None:
    film = show(parts=SEVEN_PARTS, ids=[("wikidata", "Q1")])
    review(film, A_PARAGRAPH)

    page = visit()

    loaded = [
        element.attributes[name]
        for element in page.elements
        for name in ("src", "srcset", "poster", "data")
        if name in element.attributes
    ]
    named = ("canonical", "alternate")  # and not fetched by a browser
    loaded += [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] not in named]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert not any(page.all(tag) for tag in ("iframe", "video", "img", "object", "embed", "style"))
    assert all(script.attributes.keys() & {"src", "type"} for script in page.all("script"))
    assert not any(name == "style" or name.startswith("on") for e in page.elements for name in e.attributes)


def test_play_leads_to_the_host_without_script_and_tells_the_script_what_to_build() -> None:
    show(parts=[{"sources": [YOUTUBE]}])

    button = visit(f"{ADDRESS}?t=12:34").one("a", id="play")

    assert button.text.startswith("Play from 12:34")
    assert button.attributes["href"] == "https://www.youtube.com/watch?v=m4kOIzMqso0&t=754s"
    assert button.attributes["data-frame"].startswith("https://www.youtube-nocookie.com/embed/m4kOIzMqso0?")
    assert "start=754" in button.attributes["data-frame"]


@pytest.mark.parametrize(
    ("source", "attribute"), [(FILE, "data-video"), (ARCHIVE, "data-video"), (STREAM, "data-stream")]
)
def test_a_file_is_played_by_our_own_player(source: dict[str, Any], attribute: str) -> None:
    show(parts=[{"sources": [source]}])

    button = visit().one("a", id="play")

    assert button.attributes[attribute].startswith("https://")
    assert "data-frame" not in button.attributes


def test_the_policy_opens_to_the_hosts_of_this_film_and_no_other() -> None:
    show(parts=[{"sources": [{**YOUTUBE, **GONE}, PEERTUBE]}, {"sources": [FILE]}])

    assert policy()["frame-src"] == ["https://tube.example"]
    assert policy()["media-src"] == ["'self'", "https://films.example"]


def test_own_media_need_no_opening() -> None:
    show(parts=[{"sources": [{**FILE, "ref": "/media/a.mp4"}]}])

    assert policy()["media-src"] == ["'self'"]
    assert visit().one("a", id="play").attributes["data-video"] == "/media/a.mp4"


def test_a_part_whose_first_source_is_gone_plays_from_the_next() -> None:
    show(parts=[{"sources": [{**YOUTUBE, **GONE}, PEERTUBE]}, {"sources": [FILE]}])

    page = visit()

    assert "Plays from PeerTube, tube.example." in page.one("section", id="player").text
    assert "Another source; the first is gone" in page.one("li", id="part-1").text
    assert "Another source" not in page.one("li", id="part-2").text


def test_a_part_that_cannot_be_played_says_why() -> None:
    show(parts=[{"sources": [{**YOUTUBE, **GONE}]}, {"sources": []}])

    first, second = visit(), visit(f"{ADDRESS}?part=2")

    assert "Cannot be played anywhere we know." in first.one("section", id="player").text
    assert "Gone from every source" in first.one("li", id="part-1").text
    assert "No source yet." in second.one("section", id="player").text
    assert not first.all("a", id="play") + second.all("a", id="play")
    assert "Removed by its uploader" in first.one("table", class_="ledger").text


@pytest.mark.parametrize("asked", ["part=2", "part=2&t=", "t=9&part=2&utm_source=x"])
def test_a_part_is_chosen_by_its_address(asked: str) -> None:
    show(parts=SEVEN_PARTS)

    page = visit(f"{ADDRESS}?{asked}")

    assert page.one("strong").text == "Part the 1th"
    assert [link.attributes["href"] for link in page.all("a", aria_current="true")][-1] == "?part=2#part-2"


@pytest.mark.parametrize(
    "asked", ["part=99", "part=0", "part=-1", "part=two", "part=%00", "t=99:99:99", "t=-4", "t=∞"]
)
def test_what_cannot_be_meant_is_taken_for_the_beginning(asked: str) -> None:
    show(parts=SEVEN_PARTS)

    page = visit(f"{ADDRESS}?{asked}")

    assert page.one("strong").text == "Part the 0th"
    assert page.one("a", id="play").text.startswith("Play,")


def test_the_review_stands_whole_with_paragraphs_that_can_be_pointed_at() -> None:
    review(show(), "<p>In <i>1942</i>.</p>", "<blockquote><p>So.</p></blockquote>", revision_count=5)

    page = visit()

    assert page.one("div", id="p-k0").text == "In 1942. Note on paragraph 1"
    assert page.one("div", id="p-k1").text == "So. Note on paragraph 2"
    assert "1942" in [element.text for element in page.all("i")]
    facts, _of_talk = page.all("ul", class_="facts")
    assert facts.text == "by Curator 1 2 March 2019 revised 4 times, last on 2 March 2019 1 minute to read"


def test_related_films_stand_with_their_reason() -> None:
    show("The Battle of San Pietro", slug="san-pietro", people=[("director", "John Huston")], year=1945)
    show(people=[("director", "John Huston")])

    more = visit().one("section", aria_labelledby="h-more").text

    assert "The Battle of San Pietro 1945 John Huston Also directed by John Huston" in more


def test_it_says_what_it_was_made_from() -> None:
    society = subject("Society")
    war = subject("War", under=society)
    film = show(people=[("director", "Frank Capra")], subjects=[war])
    other = show("Other", slug="other", subjects=[war])
    collection = collect(film, "Filmed for the state")
    director = film.credits.get().person_id

    kept = provenance_of(Client().get(ADDRESS))

    assert kept is not None
    assert kept.versions.keys() == {
        keys.film(film.pk),
        keys.film(other.pk),
        keys.person(director),
        keys.subject(war.pk),
        keys.subject(society.pk),
        keys.collection(collection.pk),
        f"score:{film.pk}",
        f"talk:{film.pk}",
        "labels",
    }
    declared = page_of(resolve(ADDRESS).func)
    assert declared is not None
    assert declared.normalised("t=1&sort=best&utm_source=x&part=2") == "part=2&sort=best&t=1"


def test_programs_read_the_facts() -> None:
    film = show(
        year=1942,
        month=10,
        people=[("director", "Frank Capra")],
        subjects=[subject("War")],
        ids=[("wikidata", "Q1"), ("imdb", "tt0035209"), ("own", "17")],
        parts=SEVEN_PARTS,
    )
    review(film, A_PARAGRAPH)

    facts = visit(f"{ADDRESS}?part=2").linked_data

    assert facts["@type"] == "Movie"
    assert facts["name"] == "Why We Fight"
    assert facts["url"] == f"http://testserver{ADDRESS}"
    assert facts["datePublished"] == "1942-10"
    assert facts["genre"] == ["War"]
    assert facts["director"] == [{"@type": "Person", "name": "Frank Capra"}]
    assert facts["sameAs"] == ["https://www.wikidata.org/wiki/Q1", "https://www.imdb.com/title/tt0035209"]
    assert facts["review"]["author"]["name"] == "Curator 1"


def test_programs_read_no_fact_that_nobody_knows() -> None:
    show("Shoah")

    assert visit().linked_data == {
        "@context": "https://schema.org",
        "@type": "Movie",
        "@id": f"http://testserver{ADDRESS}",
        "url": f"http://testserver{ADDRESS}",
        "name": "Shoah",
        "image": f"http://testserver{ADDRESS}card.png",
        "commentCount": 0,
    }


def test_every_part_and_moment_has_one_canonical_address() -> None:
    show(parts=SEVEN_PARTS, tagline="Seven films made for the Army.")

    page = visit(f"{ADDRESS}?part=2&t=60")

    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver{ADDRESS}"
    assert (
        page.one("meta", property="og:image").attributes["content"] == f"http://testserver{ADDRESS}card.png"
    )
    assert page.one("meta", name="description").attributes["content"] == "Seven films made for the Army."
    assert (
        page.one("textarea", readonly="").text
        == f"Why We Fight. Part 2, 1:00. http://testserver{ADDRESS}?part=2&t=60"
    )


def test_the_picture_of_a_link_is_drawn() -> None:
    show(year=1942, subjects=[subject("War")])

    answer = Client().get(f"{ADDRESS}card.png")

    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert provenance_of(answer) is not None


def test_text_from_outside_is_shown_and_never_runs() -> None:
    hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }}'
    film = show(
        hostile,
        parts=[{"title": hostile, "sources": [{**FILE, "captions": hostile, "rights": hostile}]}, {}],
        people=[("director", hostile)],
        subjects=[subject(hostile)],
        titles=[(hostile, "en")],
        ids=[("wikidata", hostile)],
        tagline=hostile,
        text={"synopsis": hostile, "rights": hostile, "public_performance": hostile},
        slug="hostile",
    )
    collect(film, hostile)
    plain = show("Plain", slug="plain", parts=[{}, {}])
    assert plain

    page, harmless = visit("/films/hostile/"), visit("/films/plain/")

    assert page.one("h1").text == hostile
    assert page.linked_data["name"] == hostile
    assert len(page.all("script")) == len(harmless.all("script"))
    assert not page.all("img")
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)


def test_a_title_in_another_script_keeps_its_direction() -> None:
    show("الإنسان والكاميرا", parts=[{"title": "الجزء الأول"}, {"title": "Part two"}])

    isolated = [element.text for element in visit().all("bdi")]

    assert isolated.count("الإنسان والكاميرا") == 2
    assert isolated.count("الجزء الأول") == 2


def test_a_long_cast_is_folded_but_whole() -> None:
    show(
        people=[("director", f"Director {n}") for n in range(20)]
        + [("writer", f"Writer {n}") for n in range(20)]
    )

    page = visit()

    assert page.one("details").text.startswith("35 more names")
    assert len([link for link in page.all("a") if link.attributes["href"].startswith("/people/")]) == 40


def test_titles_are_in_the_page_once_where_search_engines_look() -> None:
    show(year=1942)

    title = visit().all("title")[0].text

    assert re.fullmatch(r"Why We Fight \(1942\) · .+", title)
