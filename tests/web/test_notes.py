"""Notes beside a review, on the time bar, and on pages of their own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.people import a_browser, somebody
from tests.talking import NOON, after
from tests.web.films_on_show import full_page, review, show
from tests.web.markup import read
from tests.web.noting import (
    ADDRESS,
    HERE,
    MAPS,
    METHOD,
    PARTS,
    WRITE,
    a_member_id,
    noted,
    reviewed,
    visit,
)
from tests.web.talk_pages import IN_PLACE, browser_of_guest
from verite.accounts.actions import rename
from verite.accounts.actors import Role
from verite.catalogue import keys
from verite.catalogue.actions.reviews import save_review
from verite.catalogue.models import Part
from verite.core.db import write
from verite.core.fragments import forget_all
from verite.core.freshness import touch
from verite.discussion import actions
from verite.discussion.notes import Beside, Moment, Passage
from verite.discussion.queries.places import noted_places

pytestmark = pytest.mark.django_db


def test_the_words_of_a_note_are_marked_and_its_place_stands_beside_them() -> None:
    film = reviewed()
    place = noted(film, Passage("the maps. Made"))
    noted(film, Beside(place), minute=2)

    page = visit()

    marks = page.all("mark")
    assert [mark.text for mark in marks] == ["the maps", ". Made"]
    assert marks[0].attributes["id"] == f"note-{place}"
    aside = page.one("aside", id=f"on-{place}")
    assert aside.text == "2 notes on “the maps. Made”"
    assert [link.attributes["href"] for link in page.all("a") if link.text == "2 notes"] == [
        f"{HERE}?on={place}"
    ]


def test_a_note_is_told_above_its_comment_with_the_way_to_its_words() -> None:
    film = reviewed()
    place = noted(film, Passage("spill ink"))

    (quote,) = visit().all("p", class_="on")

    assert quote.text == "“spill ink”"
    assert f'<a href="{ADDRESS}#note-{place}">' in Client().get(HERE).content.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Then come *the maps*. Made at the studio, they spill red ink over Europe.", "has changed since"),
        ("Far from all this a herring boat leaves the harbour at four.", "is gone"),
    ],
)
def test_what_became_of_the_words_is_told_wherever_the_note_is(words: str, told: str) -> None:
    film = show()
    author = a_member_id()
    save_review(
        film.pk, author, "Then come *the maps*. Made at the studio, they spill ink over Europe.", now=NOON
    )
    place = noted(film, Passage("spill ink over Europe"))
    visit()

    save_review(film.pk, author, words, now=after(5))

    page = visit()
    assert told in page.one("aside", id=f"on-{place}").text
    assert told in page.one("p", class_="on").text
    there = visit(f"{HERE}?on={place}")
    assert "spill ink over Europe" in there.one("blockquote").text
    assert told in there.text


def test_a_part_is_named_where_there_are_others() -> None:
    film = reviewed()
    noted(film, Moment(1, 75))
    assert visit(HERE).one("p", class_="on").text == "Part 1, 1:15"

    with write():
        Part.objects.get(film=film, position=2).delete()
        touch(keys.film(film.pk))

    assert visit(HERE).one("p", class_="on").text == "1:15"


def test_a_note_on_a_part_that_is_gone_says_so_and_its_place_takes_no_more() -> None:
    film = reviewed()
    place = noted(film, Moment(2, 754))
    visit()

    with write():
        Part.objects.get(film=film, position=2).delete()
        touch(keys.film(film.pk))

    there = visit(f"{HERE}?on={place}")
    assert "The part it was about is gone." in there.text
    assert not there.all("textarea")
    quote = visit(HERE).one("p", class_="on")
    assert quote.text == "12:34 The part it was about is gone."
    assert not visit().all("a", href=f"{ADDRESS}?part=2&t=754#player")
    answer = a_browser().post(f"{WRITE}?on={place}", {"comment": "Where?"})
    assert answer.status_code == 422
    assert "is gone" in read(answer.content.decode()).one("div", role="alert").text


def test_notes_whose_passage_is_gone_are_listed_below_the_review_and_take_no_more() -> None:
    film = show()
    author = a_member_id()
    save_review(
        film.pk, author, "Then come the maps. They spill ink over Europe and close pincers.", now=NOON
    )
    place = noted(film, Passage("They spill ink over Europe and close pincers"))
    save_review(film.pk, author, "Far from all this a herring boat leaves the harbour.", now=after(5))

    page = visit()

    assert "1 note whose passage has gone" in page.one("details", class_="lost").text
    assert not page.all("mark")
    there = visit(f"{HERE}?on={place}")
    assert not there.all("textarea")
    assert Client().get(f"{WRITE}?on={place}").status_code == 200
    answer = a_browser().post(f"{WRITE}?on={place}", {"comment": "Where?"})
    assert answer.status_code == 422
    assert "is gone" in read(answer.content.decode()).one("div", role="alert").text


def test_many_notes_on_one_paragraph_are_folded() -> None:
    film = reviewed(METHOD, "<p>" + " ".join(f"word{number}" for number in range(60)) + "</p>")
    for number in range(60):
        noted(film, Passage(f"word{number} word{number + 1}" if number < 59 else "word59"), minute=number)

    page = visit()

    assert "60 notes on this paragraph" in page.text
    assert "56 more passages" in page.text
    assert len([each for each in page.all("aside") if each.attributes.get("id", "").startswith("on-")]) == 60


def test_the_notes_on_a_place_have_a_page_that_others_may_keep() -> None:
    film = reviewed()
    place = noted(film, Passage("spill ink"), "First.", minute=1)
    noted(film, Beside(place), "Second.", minute=2)
    noted(film, Passage("over Europe"), "Elsewhere.", minute=3)

    page = visit(f"{HERE}?on={place}")

    assert [each.text for each in page.all("div", class_="say")] == ["Second.", "First."]
    assert page.one("blockquote").text == "spill ink"
    assert page.one("link", rel="canonical").attributes["href"].endswith(f"{HERE}?on={place}")
    assert Client().get(f"{HERE}?on={place + 99}").status_code == 404
    assert visit(f"{HERE}?on=garbage").one("h2", id="h-talk").text == "Discussion"
    other = show("Other", slug="other")
    assert Client().get(f"/films/{other.slug}/discussion/?on={place}").status_code == 404


def test_many_notes_on_a_place_go_on_on_further_pages() -> None:
    film = reviewed()
    place = noted(film, Passage("spill ink"), "Note 0")
    for number in range(1, 25):
        noted(film, Beside(place), f"Note {number}", minute=number + 1)

    first = visit(f"{HERE}?on={place}")
    (following,) = first.all("a", rel="next")
    second = visit(following.attributes["href"])

    told = [each.text for page in (first, second) for each in page.all("div", class_="say")]
    assert told == [f"Note {number}" for number in reversed(range(25))]
    assert Client().get(f"{HERE}?on={place}&after=x").status_code == 400


def test_a_script_gets_the_notes_for_the_margin() -> None:
    film = reviewed()
    place = noted(film, Passage("spill ink"), "Whose *ink*?")

    answer = Client().get(f"{HERE}?on={place}", headers=IN_PLACE)

    piece = answer.content.decode()
    assert piece.startswith('<aside class="note open"')
    assert "Whose <em>ink</em>?" in piece
    assert f"{WRITE}?on={place}" in piece
    assert 'id="comment-' not in piece


def test_a_moment_is_noted_from_the_player_and_marked_on_the_time_bar() -> None:
    film = reviewed()
    page = visit(f"{ADDRESS}?part=2&t=754")
    (link,) = [each for each in page.all("a") if each.text == "Note at 12:34"]
    browser = a_browser()
    form = visit(link.attributes["href"], browser)
    assert form.one("input", name="time").attributes["value"] == "12:34"
    assert form.all("option", selected="")[0].attributes["value"] == "2"

    answer = browser.post(
        link.attributes["href"], {"comment": "The cut.", "part": "2", "time": "12:34 - 12:50"}
    )

    assert answer.status_code == 303
    (place,) = noted_places(film.pk)
    assert (place.part, place.start_seconds, place.end_seconds) == (2, 754, 770)
    page = visit()
    assert page.one("a", aria_label="1 note in part 2 at 12:34").attributes["href"] == (
        f"{ADDRESS}?part=2&t=754#player"
    )
    assert page.one("p", class_="on").text == "Part 2, 12:34–12:50"
    assert "Part 2, 12:34–12:50 1 note" in page.one("aside", id="moments").text


def test_moments_that_are_close_together_share_a_mark() -> None:
    film = reviewed()
    for second in (100, 110, 900):
        noted(film, Moment(2, second), minute=second)

    marks = [each.attributes["aria-label"] for each in visit().all("a") if "aria-label" in each.attributes]

    assert marks == ["2 notes in part 2 from 1:40", "1 note in part 2 at 15:00"]


def test_a_film_in_one_part_has_a_time_bar_once_there_are_notes() -> None:
    film = show(parts=PARTS[:1])
    assert not visit().all("div", class_="reel")

    noted(film, Moment(1, 60, 90))

    page = visit()
    assert page.one("a", aria_label="1 note at 1:00")
    assert page.one("p", class_="on").text.endswith("1:00–1:30")


def test_notes_cost_a_page_no_statement_more() -> None:
    film = full_page(PARTS)
    review(film, METHOD, MAPS)
    noted(film, Passage("spill ink"))
    noted(film, Moment(2, 60), minute=2)

    for browser, most in ((Client(), 8), (browser_of_guest()[0], 10)):
        forget_all()
        with CaptureQueriesContext(connection) as cold:
            visit(browser=browser)
        noted(film, Passage("over Europe"), minute=most)
        with CaptureQueriesContext(connection) as warm:
            visit(browser=browser)
        with write():
            touch(keys.film(film.pk))
        assert len(cold) <= most
        assert len(warm) <= most - 5


def test_a_renamed_curator_asks_by_the_new_name() -> None:
    film = reviewed()
    member = somebody("Agnès", role=Role.CURATOR)
    actions.ask(film.pk, member.participant_id, Passage("the maps"), "Why?", now=NOON)
    assert "Agnès asks" in visit().text

    rename(member.participant_id, "Varda")

    assert "Varda asks" in visit().text
