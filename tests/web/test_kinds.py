"""A comment that is a question, asks for a source or gives one, or corrects something."""

from __future__ import annotations

import pytest

from tests.accounts.people import a_browser
from tests.web.films_on_show import show
from tests.web.writing_desk import WRITE, page_of, posted, refused, said_by_another, typed
from verite.discussion.models import Comment

SOURCE = "https://www.archives.gov/research?film=prelude"

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


def kind_of(comment_id: int) -> tuple[str, str]:
    kind, source = Comment.objects.values_list("kind", "source").get(pk=comment_id)
    return kind, source


@pytest.mark.parametrize("kind", ["comment", "question", "asks", "source", "correction"])
def test_whoever_writes_says_what_it_is(film: int, kind: str) -> None:
    assert kind_of(posted(a_browser(), kind=kind)) == (kind, "")


def test_a_reply_gives_a_source(film: int) -> None:
    asked = said_by_another(film)

    given = posted(a_browser(), f"/comments/{asked}/reply/", kind="source", source=SOURCE)

    assert kind_of(given) == ("source", SOURCE)


def test_an_address_that_cannot_be_opened_is_refused_at_its_field_and_nothing_typed_is_lost(
    film: int,
) -> None:
    sent = {"comment": "See there.", "kind": "source", "source": "javascript:alert(1)", "name": "Béla"}

    answer = a_browser().post(WRITE, sent)

    page = refused(answer, 422, "no address that a reader can open", at="source")
    assert typed(answer) == "See there."
    assert page.one("input", name="source").attributes["value"] == "javascript:alert(1)"
    assert page.one("input", name="name").attributes["value"] == "Béla"
    (chosen,) = [each for each in page.all("input", name="kind") if "checked" in each.attributes]
    assert chosen.attributes["value"] == "source"
    assert not Comment.objects.exists()


def test_a_kind_that_there_is_not_is_refused_at_the_choice(film: int) -> None:
    answer = a_browser().post(WRITE, {"comment": "See there.", "kind": "shout"})

    page = page_of(answer)
    assert answer.status_code == 422
    choice = page.one("fieldset")
    assert "Choose one of the kinds" in page.one(id=choice.attributes["aria-describedby"]).text
    assert page.all("a", href=f"#{choice.attributes['id']}")


def test_a_preview_keeps_the_choice(film: int) -> None:
    page = page_of(a_browser().post(WRITE, {"comment": "Is it?", "kind": "question", "preview": "yes"}))

    (chosen,) = [each for each in page.all("input", name="kind") if "checked" in each.attributes]
    assert chosen.attributes["value"] == "question"


def test_words_are_changed_and_their_kind_is_not(film: int) -> None:
    browser = a_browser()
    comment_id = posted(browser, kind="question")
    there = f"/comments/{comment_id}/edit/"

    assert not page_of(browser.get(there)).all("input", name="kind")
    assert browser.post(there, {"comment": "Is it not?", "kind": "source"}).status_code == 303
    assert kind_of(comment_id) == ("question", "")
