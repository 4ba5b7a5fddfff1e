"""Tokens and marks."""

from __future__ import annotations

from base64 import urlsafe_b64decode

import pytest

from verite.core.ids import new_token, short_mark


@pytest.mark.parametrize(("bits", "least"), [(128, 16), (130, 17), (256, 32)])
def test_a_token_has_at_least_the_bits_asked_for_and_fits_into_an_address(bits: int, least: int) -> None:
    token = new_token(bits)

    assert len(urlsafe_b64decode(token + "=" * (-len(token) % 4))) == least
    assert "=" not in token


def test_no_token_comes_twice() -> None:
    assert len({new_token(128) for _ in range(1000)}) == 1000


def test_a_guest_keeps_the_mark_within_a_thread_and_has_another_in_the_next() -> None:
    assert short_mark(12, 7, "secret") == short_mark(12, 7, "secret")
    assert short_mark(12, 7, "secret") != short_mark(12, 8, "secret")
    assert short_mark(12, 7, "secret") != short_mark(13, 7, "secret")
    assert short_mark(12, 7, "secret") != short_mark(12, 7, "another")


def test_a_mark_of_one_guest_is_not_that_of_another_whose_numbers_look_alike() -> None:
    assert short_mark(1, 23, "secret") != short_mark(12, 3, "secret")


def test_marks_are_four_letters_that_make_no_words_and_are_spread_evenly() -> None:
    marks = [short_mark(guest, 1, "secret") for guest in range(3000)]

    assert {len(mark) for mark in marks} == {4}
    assert set("".join(marks)) == set("bcdfghjkmnpqrstvwxz")
    assert len(set(marks)) > 2900
