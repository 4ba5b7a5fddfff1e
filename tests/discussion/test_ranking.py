"""The formulas by which comments are ordered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verite.discussion.ranking import Z, best, controversial, most_voted, wilson_lower_bound

votes = st.integers(0, 10_000)


@given(votes, votes)
def test_the_wilson_bound_solves_the_equation_it_comes_from(favourable: int, against: int) -> None:
    total = favourable + against
    if favourable == 0:
        return
    bound = wilson_lower_bound(favourable, total)
    share = favourable / total
    # At the bound p the observed share lies exactly z standard deviations of p above p.
    assert abs((share - bound) ** 2 - Z**2 * bound * (1 - bound) / total) < 1e-9
    assert bound <= share


@given(votes, votes)
def test_one_more_helpful_vote_never_lowers_a_comment(helpful: int, against: int) -> None:
    assert best(helpful + 1, against) > best(helpful, against)
    assert most_voted(helpful + 1, against) > most_voted(helpful, against)


@given(votes, votes)
def test_one_more_vote_against_never_lifts_a_comment_among_the_best(helpful: int, against: int) -> None:
    assert best(helpful, against + 1) < best(helpful, against) or helpful == 0 == against


def test_a_comment_that_only_displeased_stands_below_one_nobody_voted_on() -> None:
    assert best(0, 1) < best(0, 0) < best(1, 0)
    assert best(0, 10) < best(0, 1)


def test_many_votes_say_more_than_few_of_the_same_share() -> None:
    assert best(90, 10) > best(9, 1)


@given(votes)
def test_nothing_is_controversial_on_which_all_agree(number: int) -> None:
    assert controversial(number, 0) == controversial(0, number) == 0


@given(st.integers(1, 5_000), st.integers(1, 5_000))
def test_an_even_split_is_the_most_controversial_of_its_size(one: int, other: int) -> None:
    half = (one + other) // 2
    assert controversial(one, other) <= controversial(half, one + other - half)
    assert controversial(one, other) == controversial(other, one)
