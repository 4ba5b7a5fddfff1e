"""Which page numbers stand under a list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.web.browsing.numbers import page_numbers


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, []),
        (1, 3, [1, 2, 3]),
        (1, 100, [1, 2, 3, None, 100]),
        (5, 100, [1, 2, 3, 4, 5, 6, 7, None, 100]),
        (50, 100, [1, None, 48, 49, 50, 51, 52, None, 100]),
        (100, 100, [1, None, 98, 99, 100]),
        (None, 100, [1, 2, 3, None, 100]),
    ],
)
def test_it_shows_the_ends_and_those_around(number: int | None, last: int, shown: list[int | None]) -> None:
    assert list(page_numbers(number, last)) == shown


@given(st.integers(2, 200).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_numbers_rise_and_every_gap_hides_more_than_one(at: tuple[int, int]) -> None:
    number, last = at
    shown = page_numbers(number, last)

    numbers = [n for n in shown if n is not None]
    assert numbers == sorted(set(numbers))
    assert {1, number, last} <= set(numbers)
    for before, after in pairwise(shown):
        assert before is None or after is None or after == before + 1
    for place, n in enumerate(shown):
        if n is None:
            assert shown[place + 1] - shown[place - 1] > 2  # type: ignore[operator]
