"""A discussion that goes on while it is read, and since somebody was here last."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.accounts.people import a_browser
from tests.talking import after
from tests.web.films_on_show import show
from tests.web.markup import Page, read
from tests.web.talk_pages import IN_PLACE, browser_of_guest, comments, discussion_of, queries, say
from verite.core.freshness import provenance_of
from verite.discussion.actions import close_branch, seen
from verite.discussion.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


def since(film: int, comment_id: object, **headers: str) -> str:
    answer = Client().get(f"{discussion_of(film)}since/?after={comment_id}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(browser: Client, address: str) -> Page:
    answer = browser.get(address)
    assert answer.status_code == 200
    return read(answer.content.decode())


def new_on(page: Page) -> int:
    return len(page.all("mark"))


def test_a_page_says_where_it_stands_and_hears_what_came_since(film: int) -> None:
    first = say(film)
    place = page_of(Client(), discussion_of(film)).one("div", id="living").attributes
    assert place["data-newest"] == str(first)

    second, reply = say(film, minute=1), say(film, minute=2, to=first)

    assert since(film, place["data-newest"]) == f'{{"ids": [{reply}, {second}]}}'
    assert since(film, reply) == '{"ids": []}'
    assert since(film, 0).count(",") == 2


def test_the_answer_is_kept_for_everybody_until_somebody_posts(film: int) -> None:
    first = say(film)
    answer = Client().get(f"{discussion_of(film)}since/?after={first}")

    kept = provenance_of(answer)
    assert kept is not None
    assert f"talk:{film}" in kept.versions
    assert not answer.cookies
    assert queries(f"{discussion_of(film)}since/?after={first}") <= 4


@pytest.mark.parametrize("after", ["", "-1", "x", "1.5", "9" * 19, "\u0661", "1%27"])
def test_what_is_no_number_is_refused(film: int, after: str) -> None:
    assert Client().get(f"{discussion_of(film)}since/?after={after}").status_code == 400


def test_what_came_since_is_told_with_what_it_answers_and_how_much_there_is_now(film: int) -> None:
    first = say(film)
    second, reply = say(film, minute=1), say(film, minute=2, to=first)

    html = since(film, first, **IN_PLACE)

    page = read(html)
    assert comments(page) == [second, reply]
    assert page.one("article", id=f"comment-{reply}").attributes["data-to"] == str(first)
    assert "data-to" not in page.one("article", id=f"comment-{second}").attributes
    assert new_on(page) == 2
    assert "3 comments" in page.one("ul", id="talk-facts").text


def test_what_came_into_a_branch_that_was_closed_since_cannot_be_answered(film: int) -> None:
    root = say(film)
    reply = say(film, to=root, minute=1)
    close_branch(root)

    html = since(film, root, **IN_PLACE)

    assert f'id="comment-{reply}"' in html
    assert f"/comments/{reply}/reply/" not in html


def test_whoever_comes_again_is_told_what_is_new_and_each_is_marked(film: int) -> None:
    browser, reader = browser_of_guest()
    first = say(film)
    assert not new_on(page_of(browser, discussion_of(film)))
    seen(film, reader, first, now=after(0))
    second = say(film, minute=1)
    say(film, minute=2, by=reader)

    page = page_of(browser, discussion_of(film))

    assert new_on(page) == 1
    assert "1 new since your last visit" in page.text
    assert page.one("a", href=f"#comment-{second}").text == "1 new since your last visit"
    assert not new_on(page_of(Client(), discussion_of(film)))
    assert "last visit" not in page_of(Client(), discussion_of(film)).text


def test_everything_can_be_marked_as_read_without_a_script(film: int) -> None:
    browser, reader = browser_of_guest()
    seen(film, reader, say(film), now=after(0))
    say(film, minute=1)
    there = page_of(browser, discussion_of(film))
    newest = there.one("input", name="comment").attributes["value"]

    answer = browser.post(f"{discussion_of(film)}seen/", {"comment": newest})

    assert answer.status_code == 303
    page = page_of(browser, answer.headers["Location"].partition("#")[0])
    assert "marked as read" in page.text
    assert not new_on(page)
    assert "since your last visit" not in page.text


def test_reading_a_page_remembers_nothing(film: int) -> None:
    browser, _reader = browser_of_guest()
    say(film)

    page_of(browser, discussion_of(film))
    since(film, 0)

    assert not Visit.objects.exists()


@pytest.mark.parametrize("comment", ["", "x", "-3", "9" * 30])
def test_what_is_no_comment_is_not_remembered(film: int, comment: str) -> None:
    browser, _reader = browser_of_guest()

    assert browser.post(f"{discussion_of(film)}seen/", {"comment": comment}).status_code == 303
    assert not Visit.objects.exists()


def test_nobody_is_made_known_by_having_read(film: int) -> None:
    answer = a_browser().post(f"{discussion_of(film)}seen/", {"comment": say(film)})

    assert answer.status_code == 403
    assert not answer.cookies
