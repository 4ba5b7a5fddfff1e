"""The same form sent twice, or fifty times at once; and forms that are sent too often."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from tests.accounts.people import a_browser
from tests.talking import at_once
from tests.web.films_on_show import show
from tests.web.writing_desk import WORDS, WRITE, posted, refused, typed
from verite.accounts.models import Participant
from verite.accounts.pace import COMMENTS_IN_AN_HOUR, RULES
from verite.accounts.permissions import Act
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> int:
    return show().pk


@pytest.mark.parametrize("key", ["", "a key"])
def test_the_same_form_twice_is_one_comment(film: int, key: str) -> None:
    browser = a_browser()

    first, second = (browser.post(WRITE, {"comment": WORDS, "key": key}) for _ in range(2))

    assert Comment.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["", "a key"])
def test_the_same_form_fifty_times_at_once_is_one_comment_of_one_guest(
    film: int, key: str, settings: LazySettings
) -> None:
    settings.VERITE = settings.VERITE.model_copy(update={"limits": "off"})
    known = a_browser()
    known.get("/challenge/")

    def send(_number: int) -> tuple[int, str]:
        browser = a_browser()
        browser.cookies["verite-guest"] = known.cookies["verite-guest"].value
        answer = browser.post(WRITE, {"comment": WORDS, "key": key})
        return answer.status_code, answer.headers["Location"]

    answers = at_once(50, send)

    assert Comment.objects.count() == Participant.objects.count() == 1
    assert len(set(answers)) == 1
    assert answers[0][0] == 303


def test_words_that_were_deleted_are_not_said_to_stand_again(film: int) -> None:
    browser = a_browser()
    comment = posted(browser)
    browser.post(f"/comments/{comment}/delete/")

    answer = browser.post(WRITE, {"comment": WORDS})

    refused(answer, 409, "Please change them", at="comment")
    assert typed(answer) == WORDS


@pytest.mark.usefixtures("no_time_passes")
def test_whoever_writes_too_fast_is_told_for_how_long_to_wait_and_keeps_the_words(film: int) -> None:
    browser = a_browser()
    browser.post(WRITE, {"comment": "The first, by nobody yet."})
    for number in range(RULES[Act.COMMENT].participant.count):
        assert browser.post(WRITE, {"comment": f"Another, {number}."}).status_code == 303

    answer = browser.post(WRITE, {"comment": WORDS})

    page = refused(answer, 429, "Yours is kept here; it can be sent in")
    seconds = int(answer.headers["Retry-After"])
    assert 0 < seconds <= 15
    assert f"sent in {seconds} second" in page.one(role="alert").text
    assert str(COMMENTS_IN_AN_HOUR.count) in page.one(role="alert").text
    assert typed(answer) == WORDS


def test_words_that_are_refused_count_for_nothing(film: int) -> None:
    browser = a_browser()
    posted(browser)

    assert {browser.post(WRITE, {"comment": " "}).status_code for _ in range(20)} == {422}
    assert browser.post(WRITE, {"comment": "Now with words."}).status_code == 303


@pytest.mark.usefixtures("no_time_passes")
def test_an_address_that_sends_ever_new_guests_must_wait(film: int) -> None:
    most = RULES[Act.COMMENT].address.count

    statuses = [a_browser().post(WRITE, {"comment": WORDS}).status_code for _ in range(most + 1)]

    assert statuses == [303] * most + [429]
