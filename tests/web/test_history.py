"""What a comment said before: who may read it, what changed, and who is told where it is."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.people import a_browser, signed_in, somebody
from tests.web.films_on_show import show
from tests.web.talk_pages import IN_PLACE, browser_of_guest
from tests.web.writing_desk import page_of
from verite.accounts.actors import Role
from verite.core import clock
from verite.discussion.actions import delete_comment, edit_comment, post_comment, remove_comment
from verite.discussion.models import Comment
from verite.discussion.queries.wordings import wordings
from verite.discussion.queries.written import as_written

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "The maps are lies.", "The maps are <b>art</b>.", "All maps are <b>art</b>."


@pytest.fixture
def film() -> int:
    return show().pk


def edited(film: int, author: int, *words: str) -> int:
    """A comment that said these things, a minute each."""
    now = clock.now() - timedelta(minutes=len(words))
    comment = post_comment(film, author, words[0], now=now).comment_id
    for minute, each in enumerate(words[1:], start=1):
        edit_comment(comment, author, each, now=now + timedelta(minutes=minute))
    return comment


def there(comment: int) -> str:
    return f"/comments/{comment}/history/"


def of_the_house(role: Role = Role.MODERATOR) -> Client:
    return signed_in(somebody(role=role))


def test_every_wording_stands_there_with_its_time_and_what_was_changed(film: int) -> None:
    comment = edited(film, browser_of_guest()[1], FIRST, SECOND, THIRD)

    answer = of_the_house().get(there(comment))

    page = page_of(answer)
    shown = [entry.text for entry in page.all("div", class_="words wording")]
    assert shown == [
        "[taken out: The] [put in: All] maps are <b>art</b>.",
        "The maps are [taken out: lies] [put in: <b>art</b>] .",
        "The maps are lies.",
    ]
    assert [len(page.all(tag)) for tag in ("del", "ins", "b")] == [2, 2, 0]
    created = Comment.objects.get().created_at
    times = [time.attributes["datetime"] for time in page.all("time")]
    third, second, first = (
        f"{created + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ}" for minute in (2, 1, 0)
    )
    assert times == [third, third, second, second, first]


def test_what_was_never_changed_says_so(film: int) -> None:
    comment = edited(film, browser_of_guest()[1], FIRST)

    page = page_of(of_the_house().get(there(comment)))

    assert "Nothing was changed" in page.one("p", class_="notice").text
    assert [entry.text for entry in page.all("div", class_="words wording")] == [FIRST]


@pytest.mark.parametrize(("role", "status"), [(Role.MEMBER, 403), (Role.MODERATOR, 200), (Role.CURATOR, 200)])
def test_whoever_keeps_order_reads_it_and_other_members_do_not(film: int, role: Role, status: int) -> None:
    comment = edited(film, browser_of_guest()[1], FIRST, SECOND)

    answer = of_the_house(role).get(there(comment))

    assert answer.status_code == status
    assert ("lies" in answer.getvalue().decode()) is (status == 200)


def test_an_author_reads_their_own_and_nobody_elses(film: int) -> None:
    browser, author = browser_of_guest()
    comment = edited(film, author, FIRST, SECOND)

    assert browser.get(there(comment)).status_code == 200
    for other in (a_browser(), browser_of_guest("another")[0], Client()):
        answer = other.get(there(comment))
        assert answer.status_code == 403
        assert "lies" not in answer.getvalue().decode()


def test_what_was_taken_away_only_those_read_who_could_put_it_back(film: int) -> None:
    browser, author = browser_of_guest()
    comment = edited(film, author, FIRST, SECOND)
    remove_comment(comment)

    assert browser.get(there(comment)).status_code == 404
    assert "lies" in of_the_house().get(there(comment)).getvalue().decode()


def test_what_its_author_took_away_nobody_reads(film: int) -> None:
    browser, author = browser_of_guest()
    comment = edited(film, author, FIRST, SECOND)
    delete_comment(comment, author)

    assert {each.get(there(comment)).status_code for each in (browser, of_the_house())} == {404}


def test_there_is_no_history_of_what_never_was(film: int) -> None:
    assert of_the_house(Role.CURATOR).get(there(999)).status_code == 404


def test_the_mark_leads_there_for_those_who_may_read_it(film: int) -> None:
    browser, author = browser_of_guest()
    comment = edited(film, author, FIRST, SECOND)
    unchanged = edited(film, author, "Never changed.")
    readers = [of_the_house(), of_the_house(Role.CURATOR), browser]
    others = [Client(), signed_in(somebody("Cara")), browser_of_guest("another")[0]]

    # Whoever comes first, and whoever after them, nobody is given what was made for another.
    for path in (f"/comments/{comment}/", "/films/why-we-fight/", "/films/why-we-fight/discussion/"):
        for reader, is_led in [*((each, True) for each in readers), *((each, False) for each in others)] * 2:
            html = reader.get(path).getvalue().decode()
            assert "edited" in html
            assert (there(comment) in html) is is_led
            assert there(unchanged) not in html


def test_the_mark_leads_there_at_once_for_whoever_has_just_changed_it(film: int) -> None:
    browser, author = browser_of_guest()
    comment = edited(film, author, FIRST)

    answer = browser.post(f"/comments/{comment}/edit/", {"comment": SECOND}, headers=IN_PLACE)

    assert page_of(answer).one("a", href=there(comment)).text == "edited: what it said before"


def test_it_is_read_in_two_statements_however_often_something_was_changed(film: int) -> None:
    comment = edited(film, browser_of_guest()[1], *(f"The maps, {number}." for number in range(12)))

    with CaptureQueriesContext(connection) as asked:
        written = as_written(comment)
        assert written is not None
        found = wordings(written)

    assert len(asked) == 2
    assert [wording.markdown for wording in found] == [f"The maps, {number}." for number in range(11, -1, -1)]
    assert all(later.since == earlier.until for later, earlier in pairwise(found))
