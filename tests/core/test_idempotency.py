"""Sent twice, done once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.talking import NOON, at_once
from verite.core.db import WriteRefused, write
from verite.core.idempotency import Sending, first_answer, forget_expired, remember, sending
from verite.core.models import GivenAnswer

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOON + timedelta(minutes=9)
MUCH_LATER = NOON + timedelta(minutes=11)
A_DAY_LATER = NOON + timedelta(hours=24)

done: list[Sending] = []


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def act(sent: Sending, *, now: datetime = NOON) -> str:
    """Something that is done once; answers with how often anything was done when it was."""
    with write():
        answer = first_answer(sent, now=now)
        if answer is None:
            done.append(sent)
            answer = str(len(done))
            remember(sent, answer, now=now)
    return answer


def test_the_same_key_is_done_once_and_answered_alike() -> None:
    first = act(sending(1, "comment", "k", "one body"))

    assert act(sending(1, "comment", "k", "another body"), now=LATER) == first
    assert len(done) == 1


@pytest.mark.parametrize("other", [(2, "comment", "k"), (1, "report", "k"), (1, "comment", "K")])
def test_another_person_another_action_and_another_key_are_others(other: tuple[int, str, str]) -> None:
    act(sending(1, "comment", "k"))
    act(sending(*other))

    assert len(done) == 2


def test_without_a_key_the_same_body_counts_as_the_same_for_ten_minutes() -> None:
    act(sending(1, "comment", "", "12", "hello"))
    act(sending(1, "comment", "", "12", "hello"), now=LATER)
    assert len(done) == 1

    act(sending(1, "comment", "", "12", "hello"), now=MUCH_LATER)
    act(sending(1, "comment", "", "12", "hello"), now=MUCH_LATER)

    assert len(done) == 2


def test_parts_of_a_body_do_not_run_together() -> None:
    assert sending(1, "comment", "", "1", "2hello") != sending(1, "comment", "", "12", "hello")


def test_a_key_that_reads_like_a_body_is_none() -> None:
    assert sending(1, "comment", "hello").digest != sending(1, "comment", "", "hello").digest


def test_a_key_lives_for_a_day() -> None:
    act(sending(1, "comment", "k"))
    act(sending(1, "comment", "k"), now=A_DAY_LATER - timedelta(seconds=1))
    assert len(done) == 1

    act(sending(1, "comment", "k"), now=A_DAY_LATER)

    assert len(done) == 2


def test_what_failed_may_be_sent_again() -> None:
    sent = sending(1, "comment", "k")

    def fail() -> None:
        with write():
            first_answer(sent, now=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert act(sent) == "1"


def test_it_can_only_be_asked_where_it_is_committed_with_what_is_done() -> None:
    with pytest.raises(WriteRefused):
        first_answer(sending(1, "comment", "k"), now=NOON)


def test_what_expired_is_forgotten_and_nothing_else() -> None:
    act(sending(1, "comment", "k"))
    act(sending(1, "comment", "", "hello"))

    assert forget_expired(now=MUCH_LATER) == 1
    assert GivenAnswer.objects.get().digest == sending(1, "comment", "k").digest


def test_fifty_of_one_request_in_one_moment_are_done_once() -> None:
    sent = sending(1, "comment", "k" * 10_000)

    answers = at_once(50, lambda _number: act(sent))

    assert answers == ["1"] * 50
    assert len(done) == 1
