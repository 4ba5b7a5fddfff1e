"""Saying whether a comment is helpful: with plain buttons, and in place."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.accounts.people import a_browser, signed_in, somebody
from tests.talking import at_once
from tests.web.films_on_show import show
from tests.web.talk_pages import IN_PLACE
from tests.web.writing_desk import page_of, posted, said_by_another
from verite.accounts.models import Participant
from verite.accounts.pace import RULES
from verite.accounts.permissions import Act
from verite.discussion.actions import close_thread, hold_comment, remove_comment
from verite.discussion.models import Comment, CommentVote

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
FILM = "/films/why-we-fight/"


@pytest.fixture
def film() -> int:
    return show().pk


@pytest.fixture
def comment(film: int) -> int:
    return said_by_another(film)


def counted(comment: int) -> tuple[int, int]:
    found = Comment.objects.get(pk=comment)
    return found.helpful, found.not_helpful


def vote(browser: Client, comment: int, value: str = "1", *, on: str = "") -> str:
    """Press a button, and answer with where that leads."""
    headers = {"Referer": on} if on else {}
    answer = browser.post(f"/comments/{comment}/vote/", {"value": value}, headers=headers)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def test_a_vote_is_counted_changed_and_taken_back(comment: int) -> None:
    browser = a_browser()

    for value, expected in [("1", (1, 0)), ("1", (1, 0)), ("-1", (0, 1)), ("0", (0, 0)), ("1", (1, 0))]:
        vote(browser, comment, value)
        assert counted(comment) == expected
    assert Participant.objects.count() == 2  # who wrote it, and who voted


def test_the_buttons_show_ones_own_vote_and_take_it_back(comment: int) -> None:
    browser = a_browser()

    page = page_of(browser.get(vote(browser, comment)))

    helpful, not_helpful = page.all("button", name="value")
    assert (helpful.attributes["aria-pressed"], helpful.attributes["value"]) == ("true", "0")
    assert (not_helpful.attributes["aria-pressed"], not_helpful.attributes["value"]) == ("false", "-1")
    assert helpful.text == "Helpful 1"
    assert page.one(role="status").text == "Your vote is counted."
    stranger = page_of(a_browser().get(f"/comments/{comment}/")).all("button", name="value")
    assert [button.attributes["value"] for button in stranger] == ["1", "-1"]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (FILM, ""),
        (FILM, "part=2&t=754"),
        (f"{FILM}discussion/", "sort=best&after=abc"),
        (f"{FILM}discussion/", "sort=best&said=posted"),
    ],
)
def test_one_is_brought_back_to_the_page_with_the_button(comment: int, page: str, query: str) -> None:
    kept = query.replace("said=posted", "")

    there = vote(a_browser(), comment, on=f"{HERE}{page}?{query}#elsewhere")

    assert (
        there == f"{page}?{kept}{'&' if kept and not kept.endswith('&') else ''}said=voted#comment-{comment}"
    )


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "http://other.example/films/why-we-fight/",
        "http://testserver@other.example/films/",
        "http://testserver.other.example/films/",
        "http://testserver//other.example/films/",
        "http://testserver/\\other.example/films/",
        "//other.example/",
        "javascript:alert(1)",
        "http://[",
        "http://testserver/no/such/page/",
        "http://testserver/comments/{comment}/vote/",
        "http://testserver/films/\r\nSet-Cookie: a=b/",
    ],
)
def test_nobody_is_led_anywhere_but_to_a_page_of_ours(comment: int, referer: str) -> None:
    there = vote(a_browser(), comment, on=referer.replace("{comment}", str(comment)))

    assert there == f"/comments/{comment}/?said=voted#comment-{comment}"


@pytest.mark.parametrize("value", ["", "2", "-2", "1.0", "yes", "NaN", "\0", "1" * 5000])
def test_what_is_no_vote_is_refused(comment: int, value: str) -> None:
    answer = a_browser().post(f"/comments/{comment}/vote/", {"value": value})

    assert answer.status_code == 422
    assert "A vote is 1 (helpful)" in page_of(answer).one("h1").text
    assert counted(comment) == (0, 0)


def test_nobody_votes_on_what_they_wrote_themselves(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)

    answer = browser.post(f"/comments/{comment}/vote/", {"value": "1"})

    page = page_of(answer)
    assert answer.status_code == 403
    assert "This is your own comment" in page.one("h1").text
    assert page.all("a", href=f"/comments/{comment}/")
    assert page.all("a", href=f"{FILM}discussion/")
    assert counted(comment) == (0, 0)


@pytest.mark.parametrize("gone", [remove_comment, hold_comment, None])
def test_what_is_not_there_is_not_voted_on(comment: int, gone: object) -> None:
    if callable(gone):
        gone(comment)

    answer = a_browser().post(f"/comments/{comment if gone else 999}/vote/", {"value": "1"})

    assert answer.status_code == 404
    assert "cannot be voted on" in page_of(answer).one("h1").text
    assert not CommentVote.objects.exists()


def test_votes_go_on_where_nothing_more_can_be_said(film: int, comment: int) -> None:
    close_thread(film)

    vote(a_browser(), comment)

    assert counted(comment) == (1, 0)


def test_a_member_and_a_guest_vote_once_each(comment: int) -> None:
    for browser in (a_browser(), signed_in(somebody())):
        for _ in range(3):
            vote(browser, comment)

    assert counted(comment) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_fifty_votes_of_one_browser_at_once_are_one(comment: int, settings: LazySettings) -> None:
    settings.VERITE = settings.VERITE.model_copy(update={"limits": "off"})
    known = a_browser()
    known.get("/challenge/")

    def send(_number: int) -> None:
        browser = a_browser()
        browser.cookies["verite-guest"] = known.cookies["verite-guest"].value
        vote(browser, comment)

    at_once(50, send)

    assert counted(comment) == (1, 0)
    assert CommentVote.objects.count() == 1


@pytest.mark.usefixtures("no_time_passes")
def test_whoever_votes_too_fast_is_told_how_long_to_wait(comment: int) -> None:
    browser = a_browser()
    for _ in range(RULES[Act.VOTE].participant.count + 1):
        vote(browser, comment)

    answer = browser.post(f"/comments/{comment}/vote/", {"value": "-1"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert "1 second" in page_of(answer).one("h1").text
    assert counted(comment) == (1, 0)


def test_a_vote_of_another_site_is_nobodys(comment: int) -> None:
    answer = a_browser().post(
        f"/comments/{comment}/vote/", {"value": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
    assert counted(comment) == (0, 0)


def test_in_place_the_answer_is_what_stands_below_the_comment(comment: int) -> None:
    browser = a_browser()

    answer = browser.post(f"/comments/{comment}/vote/", {"value": "-1"}, headers=IN_PLACE)

    page = page_of(answer)
    assert page.elements[0].tag == "form"
    assert [button.text for button in page.all("button")] == ["Helpful 0", "Not helpful 1"]
    assert [button.attributes["aria-pressed"] for button in page.all("button")] == ["false", "true"]
    assert answer.headers["Cache-Control"] == "no-store"
    told = json.loads(answer.headers["HX-Trigger-After-Settle"])
    assert told == {"voted": {"id": comment, "said": "Your vote is counted."}}
