"""Reading a thread by the API: in the order of pages, continued by cursors, with what is one's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.v1.calling import Script
from tests.discussion.crowd import crowd_thread
from tests.talking import NOON, a_guest, a_member, after
from tests.web.films_on_show import show
from tests.web.talk_pages import browser_of_guest, say
from verite.discussion import queries
from verite.discussion.actions import cast_vote, delete_comment, edit_comment, hold_comment, remove_comment
from verite.discussion.orders import Sort

pytestmark = pytest.mark.django_db

THREAD = "/films/why-we-fight/comments"
FIELDS = {
    *("id", "parent", "root", "depth", "author", "html", "created_at", "edited_at", "helpful", "not_helpful"),
    *("state", "kind", "anchor", "reply_count"),
}


def ids(told: Any) -> list[int]:
    return [item["id"] for item in told["items"]]


def test_a_comment_is_told_with_what_the_contract_names_and_more() -> None:
    film = show()
    said = say(film.pk, "The *maps*.", by=(author := a_guest()))
    edit_comment(said, author, "The **maps**.", now=after(5))
    reply = say(film.pk, to=said, by=a_member("Agnès"), minute=1)
    cast_vote(said, a_guest(), 1, now=NOON)

    first, second = Script().get(THREAD)["items"]

    assert first.keys() > FIELDS
    mark = first["author"].pop("mark")
    assert len(mark) == 4
    assert {name: first[name] for name in FIELDS} == {
        "id": said,
        "parent": None,
        "root": said,
        "depth": 0,
        "author": {"name": "Reader", "kind": "guest", "label": ""},
        "html": "<p>The <strong>maps</strong>.</p>\n",
        "created_at": "2026-03-01T12:00:00Z",
        "edited_at": "2026-03-01T12:05:00Z",
        "helpful": 1,
        "not_helpful": 0,
        "state": "published",
        "kind": "comment",
        "anchor": None,
        "reply_count": 1,
    }
    assert (second["id"], second["parent"], second["root"], second["depth"]) == (reply, said, said, 1)
    assert second["author"] == {"name": "Agnès", "kind": "member", "mark": "", "label": ""}
    assert Script().get(f"/comments/{said}")["html"] == first["html"]


@pytest.mark.parametrize("sort", Sort)
def test_a_thread_is_told_in_the_order_of_its_page(sort: Sort) -> None:
    film = show()
    for minute in range(4):
        root = say(film.pk, minute=minute)
        say(film.pk, minute=minute + 10, to=root)
        cast_vote(root, a_guest(), 1 if minute % 2 else -1, now=NOON)

    told = Script().get(THREAD, sort=sort.value)

    assert ids(told) == [line.id for line in queries.thread(film.pk, sort).items]
    assert (told["next"], told["total"]) == (None, 8)


@pytest.mark.parametrize("sort", Sort)
def test_every_comment_of_a_long_thread_is_reached_once(sort: Sort) -> None:
    film = show()
    crowd_thread(film.pk, 400, participant_id=a_guest(), since=NOON)
    script, found, cursor = Script(), [], ""

    while cursor is not None:
        told = script.get(THREAD, sort=sort.value, limit=30, cursor=cursor)
        assert sum(item["depth"] == 0 for item in told["items"]) <= 30
        assert told["total"] == 400
        found += told["items"]
        cursor = told["next"]
    for fold in [item for item in found if item["hidden_count"]]:
        found += below(script, fold, sort)

    assert sorted(item["id"] for item in found) == sorted({item["id"] for item in found})
    assert len(found) == 400


def below(script: Script, fold: Any, sort: Sort) -> list[Any]:
    """What an answer left out below a comment."""
    found, cursor = [], fold["replies_cursor"] or ""
    while cursor is not None:
        told = script.get(f"/comments/{fold['id']}/replies", sort=sort.value, cursor=cursor)
        found += told["items"]
        cursor = told["next"]
    return found + [
        each for item in list(found) if item["hidden_count"] for each in below(script, item, sort)
    ]


def test_what_is_ones_own_is_told_to_oneself_alone() -> None:
    film = show()
    other = say(film.pk)
    browser, reader = browser_of_guest()
    cast_vote(other, reader, -1, now=NOON)
    held = say(film.pk, "Wait.", by=reader, minute=1)
    hold_comment(held)

    mine, everybodys = Script(browser).get(THREAD), Script().get(THREAD)

    assert [(item["id"], item["state"], item["own_vote"]) for item in mine["items"]] == [
        (held, "held", 0),
        (other, "published", -1),
    ]
    assert [(item["id"], item["own_vote"]) for item in everybodys["items"]] == [(other, 0)]
    assert Script(browser).get(f"/comments/{held}")["html"] == "<p>Wait.</p>\n"
    Script().get(f"/comments/{held}", 404)
    Script().get(f"/comments/{held}/replies", 404)


def test_of_a_removed_comment_with_replies_only_the_place_is_told() -> None:
    film = show()
    said = say(film.pk, by=(author := a_guest()))
    say(film.pk, to=said)
    delete_comment(said, author)

    told = Script().get(f"/comments/{said}")

    assert (told["state"], told["author"], told["html"]) == ("removed_by_author", None, "")


def test_a_comment_that_was_removed_is_gone_and_one_that_never_was_is_not_there() -> None:
    film = show()
    said = say(film.pk)
    remove_comment(said)

    assert Script().get(f"/comments/{said}", 410)["detail"] == "This comment has been removed."
    assert Script().get(f"/comments/{said}/replies", 410)
    assert Script().get(f"/comments/{said + 1}", 404)["detail"] == "There is no such comment here."


@pytest.mark.parametrize(
    ("name", "value"), [("sort", "loudest"), ("limit", 0), ("limit", 101), ("cursor", "x")]
)
def test_a_thread_refuses_what_it_cannot_understand_and_names_it(name: str, value: Any) -> None:
    said = say(show().pk)

    for path in (THREAD, f"/comments/{said}/replies"):
        assert Script().get(path, 422, **{name: value})["field"] == name


@pytest.mark.parametrize("count", [13, 10_000])
def test_a_thread_asks_little_of_the_database_however_long_it_is(count: int) -> None:
    film = show()
    crowd_thread(film.pk, count, participant_id=a_guest(), since=NOON)
    browser, _ = browser_of_guest()

    def statements(script: Script) -> int:
        with CaptureQueriesContext(connection) as asked:
            script.get(THREAD)
        return len(asked)

    assert statements(Script()) <= 4
    assert statements(Script(browser)) <= 5
