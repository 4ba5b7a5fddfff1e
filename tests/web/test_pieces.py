"""Writing, changing and deleting in place: the pieces that a script gets, and where it is told to put them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.accounts.people import a_browser
from tests.web.films_on_show import show
from tests.web.writing_desk import WORDS, WRITE, page_of, posted, refused, said_by_another, typed
from verite.accounts.models import Participant
from verite.discussion.actions import delete_comment
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db

IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def film() -> int:
    return show().pk


def event(answer: HttpResponseBase) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.headers["HX-Trigger-After-Settle"])
    return found


def in_place(browser: Client, address: str, fields: Mapping[str, str] | None = None) -> HttpResponseBase:
    answer: Any = (
        browser.get(address, headers=IN_PLACE)
        if fields is None
        else browser.post(address, fields, headers=IN_PLACE)
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<!doctype" not in answer.getvalue().decode()
    return answer  # type: ignore[no-any-return]


def test_a_comment_posted_in_place_comes_back_with_what_its_author_can_do(film: int) -> None:
    answer = in_place(a_browser(), WRITE, {"comment": WORDS, "key": "a key"})

    comment = Comment.objects.get().pk
    page = page_of(answer)
    assert answer.status_code == 200
    assert [element.attributes["id"] for element in page.all("article")] == [f"comment-{comment}"]
    assert page.all("a", href=f"/comments/{comment}/edit/")
    assert page.one("ul", id="talk-facts").text == "1 comment 1 person"
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (".thread", "afterbegin")
    told = event(answer)["posted"]
    assert (told["id"], told["parent"]) == (comment, None)
    assert "Your comment is on the page" in told["said"]


def test_a_reply_posted_in_place_goes_below_what_it_answers(film: int) -> None:
    above = said_by_another(film)

    answer = in_place(a_browser(), f"/comments/{above}/reply/", {"comment": WORDS})

    page = page_of(answer)
    assert page.elements[0].attributes["class"] == "re"
    assert "to Béla" in page.one("article").text
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (f"#comment-{above}", "beforeend")
    assert event(answer)["posted"]["parent"] == above


def test_a_form_refused_in_place_is_the_form_alone(film: int) -> None:
    answer = in_place(a_browser(), WRITE, {"comment": " ", "name": "Reader 7"})

    refused(answer, 422, "Write a word", at="comment")
    assert page_of(answer).elements[0].attributes["id"] == "write"
    assert "HX-Trigger-After-Settle" not in answer.headers


def test_a_preview_in_place_is_for_its_own_part_of_the_form(film: int) -> None:
    form = in_place(a_browser(), WRITE)
    answer = in_place(a_browser(), WRITE, {"comment": "*Words*", "preview": "yes"})

    assert page_of(answer).one("section").text == "Preview Words"
    assert page_of(form).one(id=answer.headers["HX-Retarget"].removeprefix("#"))
    assert "previewed" in event(answer)


def test_a_change_in_place_comes_back_as_the_comment_without_its_replies(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)
    said_by_another(film, "I disagree.", parent=comment)

    form = in_place(browser, f"/comments/{comment}/edit/")
    answer = in_place(browser, f"/comments/{comment}/edit/", {"comment": "It wins me early."})

    assert typed(form) == WORDS
    assert "It wins me early." in page_of(answer).one("article").text
    assert "edited" in page_of(answer).one("article").text
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (
        f"#comment-{comment}",
        "outerHTML",
    )
    assert event(answer)["edited"] == {"id": comment, "said": "Your comment is changed."}


@pytest.mark.parametrize(("is_answered", "how"), [(False, "delete"), (True, "outerHTML")])
def test_a_comment_deleted_in_place_goes_or_leaves_its_place(film: int, is_answered: bool, how: str) -> None:
    browser = a_browser()
    comment = posted(browser)
    if is_answered:
        said_by_another(film, parent=comment)

    question = in_place(browser, f"/comments/{comment}/delete/")
    answer = in_place(browser, f"/comments/{comment}/delete/", {})

    assert page_of(question).one("form").attributes["action"] == f"/comments/{comment}/delete/"
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (f"#comment-{comment}", how)
    assert ("[removed by its author]" in answer.getvalue().decode()) is is_answered
    assert ("1 comment" in page_of(answer).one("ul", id="talk-facts").text) is is_answered
    assert event(answer)["deleted"]["id"] == comment


def test_a_comment_that_is_gone_when_a_script_wants_to_change_it_is_told_as_a_page(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)
    delete_comment(comment, Participant.objects.get().pk)

    answer = browser.post(f"/comments/{comment}/edit/", {"comment": WORDS}, headers=IN_PLACE)

    assert answer.status_code == 404
    assert "no longer here" in page_of(answer).one("h1").text
