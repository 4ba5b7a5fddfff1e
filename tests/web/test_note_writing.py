"""Writing notes, with and without a script, and asking readers something."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.accounts.people import a_browser
from tests.web.films_on_show import review, show
from tests.web.markup import read
from tests.web.noting import (
    ADDRESS,
    HERE,
    METHOD,
    WRITE,
    curator,
    reviewed,
    visit,
)
from tests.web.talk_pages import IN_PLACE
from verite.discussion.models import Anchor, Comment
from verite.discussion.queries.places import noted_places

pytestmark = pytest.mark.django_db


def test_a_paragraph_can_be_noted_without_a_script_and_its_words_narrowed() -> None:
    film = reviewed()
    browser = a_browser()
    link = next(each for each in visit().all("a", class_="add") if each.text == "Note on paragraph 2")
    address = link.attributes["href"]
    form = visit(address, browser)
    assert form.one("textarea", name="exact").text.startswith("Then come the maps. Made")

    answer = browser.post(address, {"comment": "Which?", "exact": " spill\n ink ", "name": "Ann"})

    assert answer.status_code == 303
    (place,) = noted_places(film.pk)
    assert (place.exact, place.paragraph, place.note_count) == ("spill ink", "k1", 1)
    assert answer.headers["Location"].startswith(f"{HERE}?on={place.id}&said=posted#comment-")
    there = visit(answer.headers["Location"].partition("#")[0], browser)
    assert "Your comment is on the page." in there.text


def test_what_was_typed_for_a_note_goes_along_to_a_comment_on_the_whole_film() -> None:
    film = reviewed()
    browser = a_browser()
    address = f"{WRITE}?paragraph=k0"
    buttons = [each.attributes.get("name") for each in visit(address, browser).all("button")]
    assert buttons.index("detach") > buttons.index(None)  # Enter in a field posts the note

    typed = {"comment": "Which *ink*?", "name": "Ann", "kind": "question", "exact": "", "detach": "yes"}
    answer = browser.post(address, typed)

    assert answer.status_code == 200
    page = read(answer.content.decode())
    assert page.one("form", id="write").attributes["action"] == f"{HERE}write/"
    assert page.one("textarea", id="write-comment").text.strip() == "Which *ink*?"
    assert page.one("input", id="write-name").attributes["value"] == "Ann"
    assert "checked" in page.one("input", name="kind", value="question").attributes
    assert not Comment.objects.exists()
    assert not noted_places(film.pk)


def test_all_that_a_script_says_of_a_selection_decides_which_words_are_meant() -> None:
    film = reviewed("<p>ink here and ink there</p>", "<p>ink once more</p>")

    a_browser().post(
        f"{WRITE}?paragraph=k0",
        {"comment": "Here?", "exact": "ink", "prefix": "here and ", "suffix": " there", "start": "13"},
    )

    (place,) = noted_places(film.pk)
    assert (place.paragraph, place.start_char) == ("k0", 13)


REFUSED = {"comment": "Kept *words*", "name": "Ann", "kind": "question"}


@pytest.mark.parametrize(
    ("query", "sent", "told"),
    [
        ("paragraph=k1", {"exact": "words that are not in it"}, "not in the review"),
        ("paragraph=k1", {"exact": " \n "}, "no words to note on"),
        ("part=1", {"time": "12:34", "part": "1"}, "beyond the end"),
        ("part=1", {"time": "1:00", "part": "7"}, "no such part"),
        ("part=1", {"time": "1:00", "part": "x"}, "no such part"),
        ("part=1", {"time": "2:00-1:00", "part": "1"}, "ends before it begins"),
        ("part=1", {"time": "soon", "part": "1"}, "Type it as 12:34"),
        ("part=1", {"time": "1:00-", "part": "1"}, "Type it as 12:34"),
    ],
)
def test_what_cannot_be_noted_on_is_refused_with_everything_kept(
    query: str, sent: dict[str, str], told: str
) -> None:
    reviewed()

    answer = a_browser().post(f"{WRITE}?{query}", REFUSED | sent)

    assert answer.status_code == 422
    page = read(answer.content.decode())
    assert told in page.one("div", role="alert").text
    field = page.one(id="note-anchor")
    assert field.attributes["aria-invalid"] == "true"
    assert page.one("textarea", name="comment").text == "Kept *words*"
    assert page.one("input", name="name").attributes["value"] == "Ann"
    assert page.one("input", name="kind", checked="").attributes["value"] == "question"
    typed = sent.get("exact", sent.get("time", ""))
    assert field.attributes.get("value", field.text).split() == typed.split()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("query", ["on=9", "on=x", "paragraph=gone", ""])
def test_a_form_for_what_is_not_there_says_so(query: str) -> None:
    film = show()  # without parts
    review(film, METHOD)

    answer = Client().get(f"{WRITE}?{query}")

    assert answer.status_code == 404
    assert "Choose a passage or a moment" in answer.content.decode()
    sent = a_browser().post(f"{WRITE}?{query}", {"comment": "My words"})
    assert sent.status_code == 404
    assert "My words" in sent.content.decode()


def test_a_curator_asks_readers_and_ends_it() -> None:
    film = reviewed()
    browser = curator()
    asked = browser.post(
        f"{WRITE}?paragraph=k1", {"comment": "Do they calm you?", "exact": "the maps", "ask": "yes"}
    )
    assert asked.status_code == 303
    (place,) = noted_places(film.pk)

    page = visit()
    aside = page.one("aside", class_="note ask")
    assert "Curator asks, at “the maps”" in aside.text
    assert "Do they calm you?" in aside.text
    a_browser().post(f"{WRITE}?on={place.id}", {"comment": "Yes."})
    assert "1 answer" in visit().one("aside", class_="note ask").text

    end = f"{ADDRESS}notes/{place.id}/question/"
    there = visit(f"{HERE}?on={place.id}", browser)
    assert there.one("form", action=end)
    assert browser.post(end, {"do": "close"}).status_code == 303
    assert "Answered no more" in visit().one("aside", class_="note ask").text
    refused = a_browser().post(f"{WRITE}?on={place.id}", {"comment": "Too late."})
    assert refused.status_code == 422
    assert browser.post(end, {"do": "reopen"}).status_code == 303
    assert browser.post(end, {"do": "withdraw"}).status_code == 303
    assert visit().one("aside", id=f"on-{place.id}").text == "1 note on “the maps”"
    assert browser.post(end, {"do": "withdraw"}).status_code == 422
    assert browser.post(end, {"do": "dance"}).status_code == 422


def test_nobody_else_asks_or_is_offered_to() -> None:
    reviewed()
    page = visit(f"{WRITE}?paragraph=k1", a_browser())
    assert not page.all("button", name="ask")

    answer = a_browser().post(f"{WRITE}?paragraph=k1", {"comment": "Why?", "exact": "the maps", "ask": "yes"})

    assert answer.status_code == 403
    assert not Anchor.objects.exists()
    assert visit(f"{WRITE}?paragraph=k1", curator()).one("button", name="ask")


def test_a_script_gets_the_review_with_the_new_note_in_it() -> None:
    reviewed()

    answer = a_browser().post(
        f"{WRITE}?paragraph=k1", {"comment": "Which?", "exact": "spill ink"}, headers=IN_PLACE
    )

    piece = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == "#review"
    assert piece.lstrip().startswith("<section")
    assert ">spill ink</mark>" in piece
    assert 'hx-swap-oob="afterbegin:.thread"' in piece
    assert '"noted"' in answer.headers["HX-Trigger-After-Settle"]


def test_a_script_gets_the_time_bar_with_the_new_note_on_it() -> None:
    reviewed()

    answer = a_browser().post(
        f"{WRITE}?part=2", {"comment": "Which?", "part": "2", "time": "1:00"}, headers=IN_PLACE
    )

    piece = answer.content.decode()
    assert "HX-Retarget" not in answer.headers
    assert 'id="reel" class="reel noted" hx-swap-oob="true"' in piece
    assert "1 note in part 2 at 1:00" in piece
    assert 'id="moments"' in piece
