"""Which single ratings can be part of a total that a site showed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verite.transfer.belongings import RatingSaid
from verite.transfer.storing.ratings import fitting, latest_of_each

VALUES = st.integers(1, 10)


def said(*values: int) -> list[RatingSaid]:
    return [RatingSaid(place, f"reader {place}", value, None) for place, value in enumerate(values)]


@given(st.lists(VALUES, min_size=1), st.lists(VALUES))
def test_what_is_taken_and_what_is_left_are_the_total(within: list[int], single: list[int]) -> None:
    total = (len(within), sum(within))

    fit = fitting(total, (), said(*single))

    assert fit.rest is not None
    count, amount = fit.rest
    assert (count + len(fit.ratings), amount + sum(each.value for each in fit.ratings)) == total
    assert count <= amount <= 10 * count
    assert len(fit.ratings) + fit.too_many == len(single)


@given(st.lists(VALUES, min_size=1), st.data())
def test_ratings_that_are_part_of_the_total_all_fit(within: list[int], data: st.DataObject) -> None:
    known = data.draw(st.integers(0, len(within)))
    present = data.draw(st.integers(0, known))

    fit = fitting((len(within), sum(within)), within[:present], said(*within[present:known]))

    assert fit.too_many == 0
    assert fit.rest == (len(within) - known, sum(within[known:]))


def test_without_a_total_every_rating_is_taken() -> None:
    assert len(fitting(None, (), said(3, 4)).ratings) == 2


def test_a_total_that_cannot_be_true_limits_nothing_and_is_told() -> None:
    fit = fitting((2, 500), (), said(3, 4))

    assert (len(fit.ratings), fit.rest) == (2, (2, 500))


def test_of_each_reader_the_latest_rating_counts_and_of_unknown_ones_none() -> None:
    first, second, unknown, third = (
        RatingSaid(place, voter, place + 1, None) for place, voter in enumerate(["a", "b", "", "a"])
    )

    assert latest_of_each([first, second, unknown, third]) == [third, second]
