"""Votes and ratings by the API: given, changed, taken back, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.v1.calling import Script
from tests.talking import NOON, a_guest
from tests.web.films_on_show import show
from tests.web.talk_pages import browser_of_guest, say
from verite.accounts.models import Participant
from verite.discussion.actions import hold_comment, remove_comment
from verite.discussion.models import CommentVote
from verite.ratings.actions import rate
from verite.ratings.models import Rating

pytestmark = pytest.mark.django_db

RATING = "/films/why-we-fight/rating"
NO_RATINGS = [
    {},
    {"value": 0},
    {"value": 11},
    {"value": 7.5},
    {"value": "7"},
    {"value": True},
    {"value": [7]},
]
NO_VOTES = [
    {},
    {"value": 2},
    {"value": "1"},
    {"value": None},
    {"value": True},
    {"value": 0.5},
    {"value": False},
]


def test_a_rating_is_given_changed_and_taken_back() -> None:
    film = show()
    rate(film.pk, a_guest(), 4, now=NOON)
    script = Script()

    given = script.put(RATING, {"value": 8})
    same = script.put(RATING, {"value": 8})
    changed = script.put(RATING, {"value": 10})
    taken_back = script.put(RATING, {"value": None})

    assert (given["value"], given["rating"]["value"], given["rating"]["count"]) == (8, 6.0, 2)
    assert same == given
    assert changed["rating"]["histogram"] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert (taken_back["value"], taken_back["rating"]["value"]) == (None, 4.0)
    assert script.get("/films/why-we-fight")["rating"] == taken_back["rating"]


def test_a_number_may_be_written_as_json_writes_it() -> None:
    show()

    assert Script().put(RATING, {"value": 7.0})["value"] == 7


def test_a_vote_is_cast_changed_and_taken_back() -> None:
    said = say(show().pk)
    script = Script()

    assert script.put(f"/comments/{said}/vote", {"value": 1}) == {"value": 1, "helpful": 1, "not_helpful": 0}
    assert script.put(f"/comments/{said}/vote", {"value": 1}) == {"value": 1, "helpful": 1, "not_helpful": 0}
    assert script.put(f"/comments/{said}/vote", {"value": -1}) == {
        "value": -1,
        "helpful": 0,
        "not_helpful": 1,
    }
    assert script.get(f"/comments/{said}")["own_vote"] == -1
    assert script.put(f"/comments/{said}/vote", {"value": 0}) == {"value": 0, "helpful": 0, "not_helpful": 0}


@pytest.mark.parametrize("body", [*NO_RATINGS, {"value": 7, "film": "other"}, [], None, 7])
def test_what_is_no_rating_is_refused_and_makes_nobody_known(body: Any) -> None:
    show()

    said = Script().put(RATING, body, 422)

    assert said["field"] in ("value", "film", "body")
    assert not Participant.objects.exists()
    assert not Rating.objects.exists()


@pytest.mark.parametrize("body", [*NO_VOTES, {"value": 1, "why": "because"}, [], None, 1])
def test_what_is_no_vote_is_refused_and_makes_nobody_known(body: Any) -> None:
    said = say(show().pk)

    refused = Script().put(f"/comments/{said}/vote", body, 422)

    assert refused["field"] in ("value", "why", "body")
    assert Participant.objects.count() == 1
    assert not CommentVote.objects.exists()


def test_what_is_not_there_cannot_be_rated_or_voted_on() -> None:
    film = show()
    removed, held = say(film.pk), say(film.pk)
    remove_comment(removed)
    hold_comment(held)

    Script().put("/films/nothing/rating", {"value": 7}, 404)
    for comment in (removed, held, held + 1, 10**17):
        Script().put(f"/comments/{comment}/vote", {"value": 1}, 404)


def test_ones_own_comment_is_for_others_to_vote_on() -> None:
    browser, author = browser_of_guest()
    said = say(show().pk, by=author)

    refused = Script(browser)
    refused.client.defaults["HTTP_ORIGIN"] = "http://testserver"

    assert "own comment" in refused.put(f"/comments/{said}/vote", {"value": 1}, 403)["detail"]


@pytest.mark.usefixtures("no_time_passes")
def test_whoever_rates_without_end_is_told_to_wait() -> None:
    show()
    script = Script()

    answers = [
        script.client.put(f"/api/v1{RATING}", f'{{"value": {1 + n % 10}}}', content_type="application/json")
        for n in range(32)
    ]

    assert [answer.status_code for answer in answers] == [200] * 31 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
