"""Who acts too often, who is not held responsible for it, and what they are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings

from tests.talking import NOON
from verite.accounts.actors import NOBODY_YET, Actor, Role
from verite.accounts.pace import COMMENTS_IN_AN_HOUR, NEW_GUESTS, RULES, paced, too_often, wait
from verite.accounts.permissions import Act
from verite.core.limits import Refused

ADA, BELA = Actor(1, Role.MEMBER, "Ada", "ada"), Actor(2, Role.GUEST)


HOME = "203.0.113.7"


def times(count: int, address: str, actor: Actor, act: Act = Act.COMMENT) -> list[Refused | None]:
    return [paced(act, actor, address=address, now=NOON) for _ in range(count)]


def test_a_participant_acts_so_often_and_is_told_when_to_return() -> None:
    most = RULES[Act.COMMENT].participant.count

    answers = times(most + 1, HOME, ADA)

    assert answers[:-1] == [None] * most
    assert answers[-1] == Refused(retry_after=15)
    assert paced(Act.COMMENT, ADA, address=HOME, now=NOON + timedelta(seconds=15)) is None


def test_whoever_never_rests_writes_so_much_in_an_hour() -> None:
    most = COMMENTS_IN_AN_HOUR.count
    every_quarter_of_a_minute = [NOON + timedelta(seconds=15 * number) for number in range(4 * 60)]

    answers = [paced(Act.COMMENT, ADA, address=HOME, now=moment) for moment in every_quarter_of_a_minute]

    assert answers[:most] == [None] * most
    assert answers.count(None) <= 2 * most  # all at once, and again as many as come back in the hour


def test_another_participant_and_another_act_are_counted_apart() -> None:
    times(RULES[Act.COMMENT].participant.count + 1, HOME, ADA)

    assert paced(Act.COMMENT, BELA, address=HOME, now=NOON) is None
    assert paced(Act.VOTE, ADA, address=HOME, now=NOON) is None


def test_an_address_is_counted_whoever_acts_from_it() -> None:
    most = RULES[Act.COMMENT].address.count

    guests = [Actor(number, Role.GUEST) for number in range(1, most + 2)]
    answers = [paced(Act.COMMENT, guest, address=HOME, now=NOON) for guest in guests]

    assert answers[:-1] == [None] * most
    assert answers[-1] is not None
    assert paced(Act.COMMENT, ADA, address="203.0.113.8", now=NOON) is None


def test_one_household_is_one_address() -> None:
    for number in range(RULES[Act.COMMENT].address.count):
        paced(Act.COMMENT, Actor(number + 1, Role.GUEST), address=f"2001:db8::{number}", now=NOON)

    assert paced(Act.COMMENT, Actor(99, Role.GUEST), address="2001:db8::ffff", now=NOON) is not None
    assert paced(Act.COMMENT, Actor(99, Role.GUEST), address="2001:db8:0:1::1", now=NOON) is None


def test_an_address_does_not_make_guests_without_end() -> None:
    for number in range(NEW_GUESTS.count):
        assert paced(Act.RATE, NOBODY_YET, address=HOME, now=NOON) is None, number

    assert paced(Act.RATE, NOBODY_YET, address=HOME, now=NOON) == Refused(retry_after=120)
    assert paced(Act.RATE, ADA, address=HOME, now=NOON) is None


def test_where_no_address_is_known_participants_are_counted_all_the_same() -> None:
    nowhere = ""

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
