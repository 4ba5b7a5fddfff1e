"""The mean as it is shown."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from verite.ratings.score import Score

NONE_GIVEN = (0,) * 10


def given_here(*values: int) -> tuple[int, ...]:
    return tuple(values.count(value) for value in range(1, 11))


def test_a_total_from_elsewhere_shows_its_mean() -> None:
    score = Score(NONE_GIVEN, imported_count=49, imported_sum=373)
    assert (score.mean, score.count) == (Decimal("7.61"), 49)


def test_one_more_rating_joins_the_total_from_elsewhere() -> None:
    score = Score(given_here(10), imported_count=49, imported_sum=373)
    assert (score.mean, score.count, score.own_count) == (Decimal("7.66"), 50, 1)


def test_without_ratings_there_is_no_mean() -> None:
    assert Score(NONE_GIVEN).mean is None


def test_a_half_hundredth_is_rounded_up() -> None:
    assert Score(NONE_GIVEN, imported_count=200, imported_sum=1501).mean == Decimal("7.51")


@given(st.lists(st.integers(1, 10), min_size=1, max_size=300))
def test_the_mean_is_that_of_the_single_ratings(values: list[int]) -> None:
    mean = Score(given_here(*values)).mean
    assert mean is not None
    assert abs(mean - Decimal(sum(values)) / len(values)) <= Decimal("0.005")
