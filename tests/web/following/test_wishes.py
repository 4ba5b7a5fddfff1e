"""Whoever writes a comment says in the same form of what they want mail; it never costs them the comment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.people import a_browser, signed_in, somebody
from tests.web.talk_pages import IN_PLACE
from tests.web.writing_desk import WORDS, WRITE, page_of, posted, refused, said_by_another, typed
from verite.accounts.pace import RULES
from verite.accounts.permissions import Act
from verite.discussion.models import Comment
from verite.notifications.models import Address, Subscription

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def wanted() -> set[tuple[str, int, str, bool]]:
    """Topic, about, interval, and whether it is confirmed."""
    return {
        (row.topic, row.about, row.interval, row.confirmed_at is not None)
        for row in Subscription.objects.all()
    }


def post(browser: Client, address: str = WRITE, **more: str) -> Comment:
    answer = browser.post(address, {"comment": WORDS, "email": ADA, **more})
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.latest("pk")


@pytest.mark.parametrize(
    ("wish", "subject"),
    [
        ("replies", lambda comment: ("replies", comment.participant_id)),
        ("thread", lambda comment: ("thread", comment.pk)),
        ("film", lambda comment: ("film", comment.film_id)),
    ],
)
def test_a_guests_wish_waits_for_the_address_to_confirm_it(
    film: int, wish: str, subject: Callable[[Comment], tuple[str, int]]
) -> None:
    comment = post(a_browser(), notify=wish)

    assert wanted() == {(*subject(comment), "instantly", False)}
    assert Address.objects.get().email == ADA


def test_the_page_says_to_look_into_the_mail(film: int) -> None:
    browser = a_browser()
    answer = browser.post(WRITE, {"comment": WORDS, "notify": "film", "email": ADA})

    told = page_of(browser.get(answer.headers["Location"])).one("p", role="status").text
    assert told.startswith("Your comment is on the page.")
    assert told.endswith("Confirm by the link in it; without that nothing is sent.")


def test_in_place_it_is_there_to_see(film: int) -> None:
    answer = a_browser().post(WRITE, {"comment": WORDS, "notify": "film", "email": ADA}, headers=IN_PLACE)

    assert page_of(answer).one("p", role="status").text.endswith("without that nothing is sent.")


def test_an_answer_follows_the_thread_from_its_head(film: int) -> None:
    root = said_by_another(film)
    below = said_by_another(film, parent=root)

    post(a_browser(), f"/comments/{below}/reply/", notify="thread")

    assert wanted() == {("thread", root, "instantly", False)}


def test_a_member_follows_at_once_and_is_asked_for_no_address(film: int) -> None:
    ada = somebody()
    browser = signed_in(ada)
    form = page_of(browser.get(WRITE))
    assert [each.attributes["value"] for each in form.all("option")] == ["", "replies", "thread", "film"]
    assert not form.all(type="email")

    answer = browser.post(WRITE, {"comment": WORDS, "notify": "film"})

    assert wanted() == {("film", film, "instantly", True)}
    assert Address.objects.get().email == ada.email
    assert "You get a mail" in page_of(browser.get(answer.headers["Location"])).one("p", role="status").text


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "ada@example.org\nBcc: all@example.org", "a" * 300 + "@x.org"]
)
def test_where_no_mail_can_go_nothing_is_posted_and_nothing_is_lost(film: int, email: str) -> None:
    reason = "Say where mail shall go" if not email else "This is no address that mail can be sent to."
    answer = a_browser().post(WRITE, {"comment": WORDS, "name": "Ana", "notify": "film", "email": email})

    page = refused(answer, 422, reason, at="email")
    assert typed(answer) == WORDS
    assert page.one("option", selected="").attributes["value"] == "film"
    assert page.one("input", name="name").attributes["value"] == "Ana"
    assert not Comment.objects.exists()


def test_a_member_without_a_proved_address_is_asked_for_one(film: int) -> None:
    ada = somebody()
    browser = signed_in(ada)
    EmailAddress.objects.update(verified=False)

    refused(
        browser.post(WRITE, {"comment": WORDS, "notify": "film"}), 422, "Say where mail shall go", at="email"
    )
    post(browser, notify="film")

    assert wanted() == {("film", film, "instantly", False)}


def test_an_address_without_a_wish_is_not_looked_at(film: int) -> None:
    post(a_browser(), email="nowhere", notify="")
    post(a_browser(), email="nowhere", notify="everything", comment="Another.")

    assert Comment.objects.count() == 2
    assert not Address.objects.exists()


def test_a_post_without_a_wish_asks_nothing_of_who_follows_what(film: int) -> None:
    browser = a_browser()
    posted(browser)
    with CaptureQueriesContext(connection) as captured:
        browser.post(WRITE, {"comment": "Another.", "notify": "", "email": ""})

    asked = [each["sql"] for each in captured if "notifications_" in each["sql"]]
    assert Comment.objects.count() == 2
    assert [sql for sql in asked if "notifications_announcement" not in sql] == []


@pytest.mark.usefixtures("no_time_passes")
def test_a_wish_that_comes_too_often_costs_nobody_the_comment(film: int) -> None:
    browser = a_browser()
    posted(browser)
    for _time in range(RULES[Act.FOLLOW].participant.count):
        browser.post("/follow/?what=films:0", {"what": "films:0", "email": ADA, "interval": "daily"})

    answer = browser.post(WRITE, {"comment": "Another.", "notify": "film", "email": ADA})

    assert answer.status_code == 303
    assert (
        "You do not follow this yet"
        in page_of(browser.get(answer.headers["Location"])).one("p", role="status").text
    )
    assert ("film", film, "instantly", False) not in wanted()


def test_what_waits_for_a_moderator_is_posted_though_its_thread_cannot_be_followed_yet(film: int) -> None:
    browser = a_browser()
    words = " ".join(f"https://spam{number}.example/" for number in range(20))
    answer = browser.post(WRITE, {"comment": words, "notify": "thread", "email": ADA})

    assert answer.status_code == 303
    comment = Comment.objects.get()
    followed = {("thread", comment.pk, "instantly", False)} if comment.state == "published" else set()
    assert wanted() == followed
