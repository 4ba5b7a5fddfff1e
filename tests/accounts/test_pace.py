"""Who acts too often, who is not held responsible for it, and what they are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.test import RequestFactory

from tests.talking import NOON
from verite.accounts.actors import NOBODY_YET, Actor, Role
from verite.accounts.pace import COMMENTS_IN_AN_HOUR, NEW_GUESTS, RULES, paced, too_often, wait
from verite.accounts.permissions import Act
from verite.core.limits import Refused

ADA, BELA = Actor(1, Role.MEMBER, "Ada", "ada"), Actor(2, Role.GUEST)


def from_address(address: str) -> HttpRequest:
    return RequestFactory().post("/", REMOTE_ADDR=address)


HOME = from_address("203.0.113.7")


def times(count: int, request: HttpRequest, actor: Actor, act: Act = Act.COMMENT) -> list[Refused | None]:
    return [paced(request, act, actor, now=NOON) for _ in range(count)]


def test_a_participant_acts_so_often_and_is_told_when_to_return() -> None:
    most = RULES[Act.COMMENT].participant.count

    answers = times(most + 1, HOME, ADA)

    assert answers[:-1] == [None] * most
    assert answers[-1] == Refused(retry_after=15)
    assert paced(HOME, Act.COMMENT, ADA, now=NOON + timedelta(seconds=15)) is None


def test_whoever_never_rests_writes_so_much_in_an_hour() -> None:
    most = COMMENTS_IN_AN_HOUR.count
    every_quarter_of_a_minute = [NOON + timedelta(seconds=15 * number) for number in range(4 * 60)]

    answers = [paced(HOME, Act.COMMENT, ADA, now=moment) for moment in every_quarter_of_a_minute]

    assert answers[:most] == [None] * most
    assert answers.count(None) <= 2 * most  # all at once, and again as many as come back in the hour


def test_another_participant_and_another_act_are_counted_apart() -> None:
    times(RULES[Act.COMMENT].participant.count + 1, HOME, ADA)

    assert paced(HOME, Act.COMMENT, BELA, now=NOON) is None
    assert paced(HOME, Act.VOTE, ADA, now=NOON) is None


def test_an_address_is_counted_whoever_acts_from_it() -> None:
    most = RULES[Act.COMMENT].address.count

    answers = [paced(HOME, Act.COMMENT, Actor(number, Role.GUEST), now=NOON) for number in range(1, most + 2)]

    assert answers[:-1] == [None] * most
    assert answers[-1] is not None
    assert paced(from_address("203.0.113.8"), Act.COMMENT, ADA, now=NOON) is None


def test_one_household_is_one_address() -> None:
    for number in range(RULES[Act.COMMENT].address.count):
        paced(from_address(f"2001:db8::{number}"), Act.COMMENT, Actor(number + 1, Role.GUEST), now=NOON)

    assert paced(from_address("2001:db8::ffff"), Act.COMMENT, Actor(99, Role.GUEST), now=NOON) is not None
    assert paced(from_address("2001:db8:0:1::1"), Act.COMMENT, Actor(99, Role.GUEST), now=NOON) is None


def test_an_address_does_not_make_guests_without_end() -> None:
    for number in range(NEW_GUESTS.count):
        assert paced(HOME, Act.RATE, NOBODY_YET, now=NOON) is None, number

    assert paced(HOME, Act.RATE, NOBODY_YET, now=NOON) == Refused(retry_after=120)
    assert paced(HOME, Act.RATE, ADA, now=NOON) is None


def test_where_no_address_is_known_participants_are_counted_all_the_same() -> None:
    nowhere = from_address("")

    answers = times(RULES[Act.COMMENT].participant.count + 1, nowhere, ADA)

    assert answers[-1] is not None
    assert times(NEW_GUESTS.count + 1, nowhere, NOBODY_YET)[-1] is None


def test_limits_can_be_switched_off(settings: LazySettings) -> None:
    settings.VERITE = settings.VERITE.model_copy(update={"limits": "off"})

    assert set(times(1000, HOME, ADA)) == {None}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (3600, "60 minutes")],
)
def test_a_wait_is_never_said_to_be_shorter_than_it_is(seconds: int, said: str) -> None:
    assert wait(seconds) == said
    assert said in too_often(Refused(seconds))
