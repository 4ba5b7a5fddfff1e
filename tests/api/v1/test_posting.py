"""Posting by the API: guests, replies, holds, keys, and every refusal with the field that is to be mended."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.accounts.people import signed_in, somebody
from tests.api.v1.calling import API, JSON, Script, told
from tests.talking import at_once
from tests.web.films_on_show import show
from tests.web.talk_pages import say
from verite.accounts.models import Participant
from verite.api.v1 import comments
from verite.discussion.actions import close_thread, edit_comment, hold_comment, remove_comment
from verite.discussion.models import Comment
from verite.discussion.words import MOST_CHARACTERS

pytestmark = pytest.mark.django_db

THREAD = "/films/why-we-fight/comments"


def test_a_guest_posts_and_is_the_same_guest_as_long_as_the_cookie_is_kept() -> None:
    show()
    script = Script()

    first = script.post(THREAD, {"body": "The *maps*.", "name": "Reader 7"})
    second = script.post(THREAD, {"body": "And the maps again.", "parent": first["id"]})

    assert (first["html"], first["state"]) == ("<p>The <em>maps</em>.</p>\n", "published")
    assert first["author"] == second["author"]
    assert first["author"]["name"] == "Reader 7"
    assert (second["parent"], second["depth"]) == (first["id"], 1)
    assert Participant.objects.count() == 1
    assert [item["id"] for item in Script().get(THREAD)["items"]] == [first["id"], second["id"]]


def test_a_comment_says_what_it_is_and_is_told_so() -> None:
    show()
    sent = {"body": "The maps.", "kind": "source", "source": "https://archives.gov/maps"}
    script = Script()

    told = script.post(THREAD, sent, key="one")

    assert (told["kind"], told["source"]) == ("source", "https://archives.gov/maps")
    assert (told["sticky"], told["closed"], told["taken_up_at"]) == (False, False, None)
    assert script.post(THREAD, sent, key="one")["id"] == told["id"]


def test_what_is_posted_has_an_address() -> None:
    show()
    answer = Script().client.post(f"{API}{THREAD}", json.dumps({"body": "The maps."}), content_type=JSON)

    assert answer.headers["Location"] == f"{API}/comments/{told(answer, 201)['id']}"


def test_a_member_signs_with_their_name_whatever_they_send() -> None:
    show()
    script = Script(signed_in(somebody("Agnès")))

    assert script.post(THREAD, {"body": "The maps.", "name": "Somebody else"})["author"] == {
        "name": "Agnès",
        "kind": "member",
        "mark": "",
        "label": "",
    }


def test_a_held_comment_is_answered_to_its_author_as_held() -> None:
    show()
    script = Script()
    first = script.post(THREAD, {"body": "Wait for me."}, key="one")
    hold_comment(first["id"])

    again = script.post(THREAD, {"body": "Wait for me."}, key="one")

    assert (again["id"], again["state"], again["html"]) == (first["id"], "held", "<p>Wait for me.</p>\n")
    assert Script().get(THREAD)["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"body": None}, "body"),
        ({"body": 7}, "body"),
        ({"body": ""}, "body"),
        ({"body": " \n\u200b"}, "body"),
        ({"body": "\ud800"}, "body"),
        ({"body": "x" * (MOST_CHARACTERS + 1)}, "body"),
        ({"body": "https://a.example " * 21}, "body"),
        ({"body": "Yes.", "name": "x" * 81}, "name"),
        ({"body": "Yes.", "name": "!!!"}, "name"),
        ({"body": "Yes.", "name": "Agnès"}, "name"),
        ({"body": "Yes.", "name": 7}, "name"),
        ({"body": "Yes.", "parent": 0}, "parent"),
        ({"body": "Yes.", "parent": "1"}, "parent"),
        ({"body": "Yes.", "parent": True}, "parent"),
        ({"body": "Yes.", "parent": 1.5}, "parent"),
        ({"body": "Yes.", "parent": 10**18}, "parent"),
        ({"body": "Yes.", "parent": 10**18 - 1}, "parent"),
        ({"body": "Yes.", "anchor": {"on": "review", "exact": "not in it"}}, "anchor"),
        ({"body": "Yes.", "anchor": {"on": "part", "part": 1, "start": 5}}, "anchor"),
        ({"body": "Yes.", "kind": "shout"}, "kind"),
        ({"body": "Yes.", "kind": "source", "source": "ftp://a.example"}, "source"),
        ({"body": "Yes.", "state": "published"}, "state"),
        ([], "body"),
        ("Yes.", "body"),
        (None, "body"),
    ],
)
def test_a_comment_that_cannot_be_posted_is_refused_with_the_field(body: object, field: str) -> None:
    show()
    somebody("Agnès")

    said = Script().post(THREAD, body, 422)

    assert said["field"] == field
    assert said["errors"][0]["field"] == field
    assert not Comment.objects.exists()


def test_a_reply_to_what_cannot_be_answered_is_refused() -> None:
    film, other = show(), show(slug="other")
    elsewhere, removed, held = say(other.pk), say(film.pk), say(film.pk)
    remove_comment(removed)
    hold_comment(held)

    for parent in (elsewhere, removed, held):
        assert Script().post(THREAD, {"body": "Yes.", "parent": parent}, 422)["field"] == "parent"


def test_nothing_is_posted_about_a_closed_thread_or_a_film_that_is_not_there() -> None:
    close_thread(show().pk)

    closed = Script().post(THREAD, {"body": "Yes."}, 409)
    missing = Script().post("/films/nothing/comments", {"body": "Yes."}, 404)

    assert "closed" in closed["detail"]
    assert "field" not in closed
    assert missing["detail"] == "There is no such film here."


@pytest.mark.usefixtures("no_time_passes")
def test_a_fifth_comment_within_a_minute_is_told_to_wait() -> None:
    show()
    script = Script()
    for number in range(5):
        script.post(THREAD, {"body": f"Words {number}."})

    answer = script.client.post(f"{API}{THREAD}", json.dumps({"body": "One more."}), content_type=JSON)

    told(answer, 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_what_is_refused_for_its_words_is_not_counted() -> None:
    show()
    script = Script()
    for _ in range(30):
        script.post(THREAD, {"body": ""}, 422)

    script.post(THREAD, {"body": "Words."})


def test_sent_twice_with_one_key_a_comment_is_posted_once() -> None:
    show()
    script = Script()
    script.post(THREAD, {"body": "Before."})

    first = script.post(THREAD, {"body": "The maps."}, key="one")
    assert script.post(THREAD, {"body": "The maps."}, key="one") == first
    other = script.post(THREAD, {"body": "The maps."}, key="two")

    assert other["id"] != first["id"]
    assert Comment.objects.count() == 3


def test_a_key_stands_for_one_comment_only() -> None:
    show()
    show(slug="other")
    script = Script()
    first = script.post(THREAD, {"body": "The maps."}, key="one")

    for path, body in [
        (THREAD, {"body": "Other maps."}),
        (THREAD, {"body": "The maps.", "parent": first["id"]}),
        ("/films/other/comments", {"body": "The maps."}),
    ]:
        assert script.post(path, body, 422, key="one")["field"] == "Idempotency-Key"
    assert Comment.objects.count() == 1


def test_a_key_still_stands_for_a_comment_that_was_edited_meanwhile() -> None:
    show()
    script = Script()
    first = script.post(THREAD, {"body": "The maps."}, key="one")
    comment = Comment.objects.get()
    assert comment.participant_id
    edit_comment(first["id"], comment.participant_id, "The good maps.", now=comment.created_at)

    assert script.post(THREAD, {"body": "The maps."}, key="one")["html"] == "<p>The good maps.</p>\n"


def test_what_was_removed_is_not_posted_again_by_sending_it_again() -> None:
    show()
    script = Script()
    first = script.post(THREAD, {"body": "The maps."}, key="one")
    remove_comment(first["id"])

    assert script.post(THREAD, {"body": "The maps."}, 409, key="one")["field"] == "body"
    assert script.post(THREAD, {"body": "The maps."}, 409, key="one")["field"] == "body"


def test_a_key_that_is_too_long_is_refused() -> None:
    show()

    said = Script().post(THREAD, {"body": "Yes."}, 422, key="x" * (comments.LONGEST_KEY + 1))
    assert said["field"] == "Idempotency-Key"


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_one_moment_a_comment_is_posted_once(settings: LazySettings) -> None:
    settings.VERITE = settings.VERITE.model_copy(update={"limits": "off"})
    show()
    known = Script()
    known.post(THREAD, {"body": "Before."})
    cookie = known.client.cookies["verite-guest"].value

    def send(_number: int) -> Any:
        script = Script()
        script.client.cookies["verite-guest"] = cookie
        return script.post(THREAD, {"body": "The maps."}, key="one")["id"]

    assert len(set(at_once(20, send))) == 1
    assert Comment.objects.count() == 2


def test_whoever_posts_from_another_site_or_says_nothing_of_it_is_refused() -> None:
    show()

    for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = Client(headers=headers).post(
            f"{API}{THREAD}", json.dumps({"body": "Yes."}), content_type=JSON
        )
        assert "Origin" in told(answer, 403)["detail"]
    assert not Comment.objects.exists()
