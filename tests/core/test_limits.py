"""How often, by whom, and when again."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.limits import Allowed, MemoryStore, Refused, Rule, address_key, check

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COMMENTS = Rule("comments", 3, 60)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_the_count_is_allowed_at_once_and_the_next_is_told_when_to_return() -> None:
    store = MemoryStore()
    answers = [check(COMMENTS, "ada", NOON, store=store) for _ in range(4)]

    assert answers == [Allowed(), Allowed(), Allowed(), Refused(retry_after=20)]


@given(st.integers(1, 100), st.floats(0.1, 100_000))
def test_every_count_is_allowed_at_once_however_its_fractions_round(count: int, seconds: float) -> None:
    store = MemoryStore()
    rule = Rule("votes", count, seconds)

    assert {check(rule, "ada", NOON, store=store) for _ in range(count)} == {Allowed()}
    assert isinstance(check(rule, "ada", NOON, store=store), Refused)


def test_whoever_waits_as_long_as_told_is_let_through_once() -> None:
    store = MemoryStore()
    for _ in range(3):
        check(COMMENTS, "ada", NOON, store=store)

    assert check(COMMENTS, "ada", after(19), store=store) == Refused(retry_after=1)
    assert check(COMMENTS, "ada", after(20), store=store) == Allowed()
    assert check(COMMENTS, "ada", after(20), store=store) == Refused(retry_after=20)


def test_a_refusal_costs_nothing() -> None:
    store = MemoryStore()
    for _ in range(10):
        check(COMMENTS, "ada", NOON, store=store)

    assert check(COMMENTS, "ada", after(20), store=store) == Allowed()


def test_another_person_and_another_rule_count_apart() -> None:
    store = MemoryStore()
    once = Rule("reports", 1, 60)
    check(once, "ada", NOON, store=store)

    assert check(once, "bob", NOON, store=store) == Allowed()
    assert check(COMMENTS, "ada", NOON, store=store) == Allowed()
    assert check(once, "ada", NOON, store=store) == Refused(retry_after=60)


@given(
    st.integers(1, 5),
    st.integers(1, 100),
    st.lists(st.floats(0, 50, allow_nan=False), min_size=1, max_size=60),
)
def test_no_stretch_of_time_lets_through_more_than_the_rule_says(
    count: int, seconds: int, pauses: list[float]
) -> None:
    store = MemoryStore()
    rule = Rule("votes", count, seconds)
    now, passed = NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        match check(rule, "ada", now, store=store):
            case Allowed():
                passed.append(now)
            case Refused(retry_after=wait):
                assert 1 <= wait <= seconds

    for first, begun in enumerate(passed):
        for last, ended in enumerate(passed[first:], first):
            stretch = (ended - begun).total_seconds()
            assert last - first + 1 <= count + stretch * count / seconds + 0.001


def test_a_clock_that_is_set_back_shuts_nobody_out() -> None:
    store = MemoryStore()
    for _ in range(3):
        check(COMMENTS, "ada", NOON, store=store)

    assert check(COMMENTS, "ada", after(-3600), store=store) == Refused(retry_after=20)


def test_memory_is_bounded_and_the_oldest_is_forgotten_first() -> None:
    store = MemoryStore(most_keys=10)
    once = Rule("reports", 1, 3600)
    for visitor in range(1000):
        check(once, str(visitor), after(visitor / 1000), store=store)

    assert len(store) == 10
    assert check(once, "999", after(1), store=store) == Refused(retry_after=3600)
    assert check(once, "0", after(1), store=store) == Allowed()


def test_whoever_came_back_is_not_the_oldest() -> None:
    store = MemoryStore(most_keys=2)
    twice = Rule("reports", 2, 3600)
    for visitor in ["ada", "bob", "ada", "cem"]:
        check(twice, visitor, NOON, store=store)

    assert check(twice, "ada", NOON, store=store) == Refused(retry_after=1800)


def test_threads_that_ask_at_the_same_moment_get_no_more_than_the_count() -> None:
    store = MemoryStore()
    rule = Rule("votes", 2000, 3600)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns in the middle of everything
    try:
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: check(rule, "ada", NOON, store=store), range(4000)))
    finally:
        sys.setswitchinterval(usual)

    assert answers.count(Allowed()) == 2000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("203.0.113.7", "::ffff:203.0.113.7"),
        ("2001:DB8::1", "2001:db8:0:0::2"),
        ("fe80::1%eth0", "fe80::2"),
    ],
)
def test_addresses_of_one_household_are_one(one: str, other: str) -> None:
    assert address_key(one, "secret") == address_key(other, "secret")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.8"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("203.0.113.7", "::203.0.113.7"),
    ],
)
def test_other_addresses_are_others(one: str, other: str) -> None:
    assert address_key(one, "secret") != address_key(other, "secret")


def test_without_the_secret_an_address_cannot_be_found_by_trying_all() -> None:
    assert address_key("203.0.113.7", "secret") != address_key("203.0.113.7", "another")
    assert len(address_key("203.0.113.7", "secret")) == 64


@pytest.mark.parametrize("ip", ["", "unknown", "203.0.113.7:80", "203.0.113.300", "203.0.113.7, 10.0.0.1"])
def test_what_is_no_address_is_refused(ip: str) -> None:
    with pytest.raises(ValueError, match="IPv4 or IPv6"):
        address_key(ip, "secret")
