"""Notes by the API: posted on words and moments, told with what became of the place."""

from __future__ import annotations

import pytest

from tests.api.v1.calling import Script
from tests.talking import NOON, after
from tests.web.films_on_show import ARCHIVE, show
from tests.web.noting import a_member_id
from verite.catalogue.actions.reviews import save_review
from verite.catalogue.models import Film, Part
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db

THREAD = "/films/why-we-fight/comments"
MAPS = "Then come *the maps*. Made at the studio, they spill ink over Europe and close pincers around cities."


@pytest.fixture
def author() -> int:
    return a_member_id()


@pytest.fixture
def film(author: int) -> Film:
    film = show(parts=[{"length_seconds": 600, "sources": [ARCHIVE]}])
    save_review(film.pk, author, MAPS, now=NOON)
    return film


def test_words_of_the_review_are_noted_and_told(film: Film) -> None:
    sent = {"on": "review", "exact": "the maps. Made", "prefix": "Then come ", "suffix": " at the"}

    said = Script().post(THREAD, {"body": "Whose?", "anchor": sent})

    place = said["anchor"].pop("id")
    assert said["anchor"] == {
        "on": "review",
        "exact": "the maps. Made",
        "prefix": "Then come ",
        "suffix": " at the studio, they spill ink o",
        "state": "exact",
    }
    again = Script().post(THREAD, {"body": "Mine.", "anchor": sent})
    assert again["anchor"]["id"] == place
    assert [item["anchor"]["id"] for item in Script().get(THREAD)["items"]] == [place, place]


def test_what_became_of_the_words_is_told(film: Film, author: int) -> None:
    exact = "they spill ink over Europe and close pincers around cities"
    said = Script().post(THREAD, {"body": "Whose?", "anchor": {"on": "review", "exact": exact}})

    save_review(film.pk, author, MAPS.replace("spill ink", "spill red ink"), now=after(1))
    moved = Script().get(f"/comments/{said['id']}")["anchor"]
    save_review(film.pk, author, "A herring boat leaves the harbour at four.", now=after(2))
    gone = Script().get(f"/comments/{said['id']}")["anchor"]

    assert (moved["state"], gone["state"]) == ("moved", "orphan")
    assert moved["exact"] == gone["exact"] == exact


def test_a_moment_is_noted_and_told(film: Film) -> None:
    said = Script().post(
        THREAD, {"body": "The cut.", "anchor": {"on": "part", "part": 1, "start": 34, "end": 40}}
    )

    told = {name: value for name, value in said["anchor"].items() if name != "id"}
    assert told == {"on": "part", "part": 1, "start": 34, "end": 40, "state": "exact"}
    Part.objects.all().delete()
    assert Script().get(f"/comments/{said['id']}")["anchor"]["state"] == "orphan"


@pytest.mark.parametrize(
    "anchor",
    [
        {"on": "review", "exact": "words that are not in it"},
        {"on": "review", "exact": ""},
        {"on": "review", "exact": " \n"},
        {"on": "review"},
        {"on": "review", "exact": "maps", "colour": "red"},
        {"on": "part", "part": 2, "start": 1},
        {"on": "part", "part": 1, "start": 601},
        {"on": "part", "part": 1, "start": 40, "end": 34},
        {"on": "part", "part": 1, "start": 0, "end": 601},
        {"on": "part", "part": 1, "start": -1},
        {"on": "part", "part": 10**30, "start": 1},
        {"on": "part", "part": 1, "start": "12:34"},
        {"on": "moon"},
        {},
        "the maps",
        7,
    ],
)
def test_what_cannot_be_noted_on_is_refused_with_the_field(film: Film, anchor: object) -> None:
    said = Script().post(THREAD, {"body": "Yes.", "anchor": anchor}, 422)

    assert said["field"].partition(".")[0] == "anchor"
    assert not Comment.objects.exists()


def test_a_key_stands_for_a_note_as_well(film: Film) -> None:
    script = Script()
    note = {"body": "Whose?", "anchor": {"on": "review", "exact": "the maps"}}
    first = script.post(THREAD, note, key="one")

    assert script.post(THREAD, note, key="one")["id"] == first["id"]
    assert script.post(THREAD, {"body": "Whose?"}, 422, key="one")["field"] == "Idempotency-Key"
