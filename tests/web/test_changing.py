"""An author changes a comment or takes it away, with plain forms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.accounts.people import a_browser, signed_in, somebody
from tests.web.films_on_show import show
from tests.web.writing_desk import WORDS, page_of, posted, refused, said_by_another, typed
from verite.core import clock
from verite.discussion.actions import remove_comment
from verite.discussion.models import Comment
from verite.screening import judging

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


def later(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    moment = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_an_author_changes_a_comment_within_a_quarter_of_an_hour(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)
    form = browser.get(f"/comments/{comment}/edit/")
    until = Comment.objects.get().created_at + timedelta(minutes=15)

    assert typed(form) == WORDS
    assert f"for 15 more minutes, until {until:%H:%M} UTC" in page_of(form).text
    assert not page_of(form).all("input", name="name")
    answer = browser.post(f"/comments/{comment}/edit/", {"comment": "It wins me *early*."})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/comments/{comment}/?said=edited")
    page = page_of(browser.get(answer.headers["Location"]))
    assert "Your comment is changed" in page.one(role="status").text
    assert "It wins me early." in page.one("article", id=f"comment-{comment}").text


def test_a_change_that_has_to_wait_is_told_so_and_kept_from_others(
    film: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_rules", [lambda submission: "pills" in submission.markdown])
    browser = a_browser()
    comment = posted(browser)

    answer = browser.post(f"/comments/{comment}/edit/", {"comment": "Cheap pills"})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/comments/{comment}/?said=held")
    page = page_of(browser.get(answer.headers["Location"]))
    assert "waits for a moderator" in page.one(role="status").text
    assert "Cheap pills" in page.one("article", id=f"comment-{comment}").text
    assert a_browser().get(f"/comments/{comment}/").status_code == 404
    edited = browser.post(
        f"/comments/{comment}/edit/", {"comment": "Cheap pills!"}, headers={"HX-Request": "true"}
    )
    assert "waits for a moderator" in edited.headers["HX-Trigger-After-Settle"]
    assert "Cheap pills!" in edited.content.decode()


def test_a_change_can_be_previewed(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)

    answer = browser.post(f"/comments/{comment}/edit/", {"comment": "*New*", "preview": "yes"})

    assert answer.status_code == 200
    assert page_of(answer).one("section", class_="preview notice").text == "Preview New"
    assert Comment.objects.get().markdown == WORDS


def test_a_change_that_cannot_be_is_refused_at_its_field(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)

    refused(browser.post(f"/comments/{comment}/edit/", {"comment": " "}), 422, "Write a word", at="comment")
    assert Comment.objects.get().markdown == WORDS


def test_a_change_that_comes_too_late_can_be_posted_as_a_reply(
    film: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = a_browser()
    comment = posted(browser)
    later(monkeypatch, 15.1)

    asked = browser.get(f"/comments/{comment}/edit/")
    answer = browser.post(f"/comments/{comment}/edit/", {"comment": "Changed my mind."})

    assert asked.status_code == 409
    page = refused(answer, 409, "The time to change this comment is over")
    assert typed(answer) == "Changed my mind."
    assert page.one("button", formaction=f"/comments/{comment}/reply/").text == "Post it as a reply"
    assert posted(browser, f"/comments/{comment}/reply/", typed(answer))


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_nobody_but_its_author_changes_or_deletes_a_comment(film: int, what: str) -> None:
    comment = said_by_another(film)
    guest = a_browser()
    posted(guest)

    for browser in (a_browser(), guest, signed_in(somebody())):
        for answer in (
            browser.get(f"/comments/{comment}/{what}/"),
            browser.post(f"/comments/{comment}/{what}/", {"comment": "Not mine."}),
        ):
            assert answer.status_code == 403
            assert "Only whoever wrote a comment" in page_of(answer).one("h1").text
    assert Comment.objects.get(pk=comment).markdown == "The maps!"
    assert Comment.objects.get(pk=comment).state == "published"


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_what_is_held_or_removed_is_told_to_nobody(film: int, what: str) -> None:
    browser = a_browser()
    comment = posted(browser)
    remove_comment(comment)

    for method in (browser.get, browser.post):
        answer = method(f"/comments/{comment}/{what}/")
        assert answer.status_code == 404
        assert "loses me" not in answer.getvalue().decode()


def test_deleting_is_asked_first_and_leaves_nothing_where_nobody_answered(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)

    page = page_of(browser.get(f"/comments/{comment}/delete/"))
    assert "It loses me at 12:05." in page.one("article").text
    assert "Nothing of it stays" in page.text
    assert Comment.objects.get().state == "published"
    answer = browser.post(f"/comments/{comment}/delete/")

    assert answer.headers["Location"] == "/films/why-we-fight/discussion/?said=deleted"
    page = page_of(browser.get(answer.headers["Location"]))
    assert "Your comment is deleted" in page.one(role="status").text
    assert not page.all("article")


def test_where_somebody_answered_the_place_of_a_deleted_comment_stays(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)
    for number in range(2):
        said_by_another(film, f"I disagree, {number}.", parent=comment)

    assert "The 2 replies below stay" in page_of(browser.get(f"/comments/{comment}/delete/")).text
    answer = browser.post(f"/comments/{comment}/delete/")

    assert answer.headers["Location"] == f"/comments/{comment}/?said=deleted"
    page = page_of(browser.get(answer.headers["Location"]))
    assert "[removed by its author]" in page.one("article", id=f"comment-{comment}").text
    assert "I disagree" in page.text
