"""How far somebody has read, and what has been posted since."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.discussion.actions import claim_talk, post_comment, remove_comment, seen
from verite.discussion.models import Visit
from verite.discussion.queries.newest import MOST, newer_ids

pytestmark = pytest.mark.django_db


def say(film: int, minute: int = 0, to: int | None = None) -> int:
    return post_comment(film, a_guest(), f"Words {minute}.", now=after(minute), parent_id=to).comment_id


def seen_by(participant_id: int) -> dict[int, int]:
    return dict(Visit.objects.filter(participant=participant_id).values_list("film", "seen_id"))


def test_one_never_reads_backwards() -> None:
    film, reader = a_film(), a_guest()
    first, second = say(film), say(film, 1)

    for comment_id in (second, first):
        seen(film, reader, comment_id, now=NOON)

    assert seen_by(reader) == {film: second}


def test_nobody_has_read_what_there_is_not_or_what_is_said_elsewhere() -> None:
    film, other, reader = a_film(), a_film(), a_guest()
    elsewhere = say(other)

    seen(film, reader, elsewhere, now=NOON)
    seen(film, reader, elsewhere + 1000, now=NOON)

    assert seen_by(reader) == {}


def test_it_takes_one_statement_in_its_transaction() -> None:
    film, reader = a_film(), a_guest()
    comment_id = say(film)

    with CaptureQueriesContext(connection) as asked:
        seen(film, reader, comment_id, now=NOON)

    assert len([query for query in asked if "discussion_" in query["sql"]]) == 1


def test_whoever_signs_in_has_read_what_either_of_both_has() -> None:
    one, two, three = films = [a_film() for _number in range(3)]
    ids = {film: [say(film), say(film, 1)] for film in films}
    guest, member = a_guest(), a_member()
    for film, reader, place in [
        (one, guest, 1),
        (one, member, 0),
        (two, guest, 0),
        (two, member, 1),
        (three, guest, 0),
    ]:
        seen(film, reader, ids[film][place], now=NOON)

    claim_talk(guest_id=guest, member_id=member)

    assert seen_by(member) == {one: ids[one][1], two: ids[two][1], three: ids[three][0]}
    assert seen_by(guest) == {}


def test_newer_are_those_beyond_it_that_everybody_can_read() -> None:
    film = a_film()
    first, second, third = say(film), say(film, 1), say(film, 2)
    say(a_film(), 3)
    gone, reply = say(film, 4), say(film, 5, to=first)
    remove_comment(gone)
    answered = say(film, 6)
    answer = say(film, 7, to=answered)
    remove_comment(answered)

    assert list(newer_ids(film, first)) == [answer, reply, third, second]
    assert list(newer_ids(film, answer)) == []


def test_of_many_the_latest_hundred_are_named() -> None:
    film = a_film()
    ids = [say(film, minute) for minute in range(MOST + 5)]

    assert list(newer_ids(film, 0)) == ids[: -MOST - 1 : -1]
