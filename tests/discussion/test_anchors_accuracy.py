"""How often a quote is found again, counted over random quotes of one word to a paragraph and random edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from tests.discussion import edited_reviews as edits
from tests.discussion.edited_reviews import Edit, Verdict, encyclopedic, english, german, trials
from verite.discussion.anchors import place

QUOTES = 400

SAME_WORDS = [
    [edits.nothing],
    [edits.order_of_paragraphs],
    [edits.every_paragraph_in_two],
    [edits.two_paragraphs_into_one],
    [edits.new_text_before],
]
A_TENTH_CHANGED = [
    [edits.a_tenth_of_the_words],
    [edits.order_of_paragraphs, edits.a_tenth_of_the_words],
]
GONE = [
    [edits.without_the_paragraph],
    [edits.another_paragraph_instead],
    [edits.without_the_paragraph, edits.a_tenth_of_the_words],
    [edits.another_paragraph_instead, edits.order_of_paragraphs],
    [edits.without_the_sentences],
]


def named(steps: list[Edit]) -> str:
    return " and ".join(step.__name__.replace("_", " ") for step in steps)


@pytest.fixture(params=[english, german], ids=["english", "german"])
def reviews(request: pytest.FixtureRequest) -> list[list[str]]:
    read: Callable[[], list[list[str]]] = request.param
    return read()


def shares(reviews: list[list[str]], steps: list[Edit], quotes: int = QUOTES) -> dict[Verdict, float]:
    """Percent of each verdict."""
    counts: Counter[Verdict] = Counter()
    for trial in trials(reviews, steps, quotes, named(steps)):
        paragraphs = trial.paragraphs
        counts[trial.verdict(place(trial.quote, paragraphs), paragraphs)] += 1
    return {verdict: 100 * counts[verdict] / quotes for verdict in get_args(Verdict)}


@pytest.mark.parametrize("steps", SAME_WORDS, ids=named)
def test_words_that_stayed_are_found_wherever_they_went(reviews: list[list[str]], steps: list[Edit]) -> None:
    assert shares(reviews, steps)["right"] >= 99.5


@pytest.mark.parametrize("steps", A_TENTH_CHANGED, ids=named)
def test_with_a_tenth_of_the_words_changed_a_quote_stands_where_it_stood(
    reviews: list[list[str]], steps: list[Edit]
) -> None:
    found = shares(reviews, steps, 2 * QUOTES)

    assert found["right"] + found["unsure, right"] >= 99, found
    assert found["unsure, right"] <= 5, found


@pytest.mark.parametrize("steps", GONE, ids=named)
def test_a_quote_whose_passage_is_gone_is_not_put_elsewhere(
    reviews: list[list[str]], steps: list[Edit]
) -> None:
    found = shares(reviews, steps)

    assert found["wrong"] <= 2, found
    assert found["unsure, wrong"] <= 4, found


@pytest.mark.parametrize(
    ("steps", "least", "most"),
    [(A_TENTH_CHANGED[0], 98, 1), (SAME_WORDS[2], 99.5, 0.5), (GONE[0], 0, 2), (GONE[1], 0, 2)],
    ids=["a tenth of the words", "every paragraph in two", "without the paragraph", "another instead"],
)
def test_among_articles_that_all_begin_alike_few_quotes_go_astray(
    shared_data: Path, steps: list[Edit], least: float, most: float
) -> None:
    found = shares(encyclopedic(shared_data), steps)

    assert found["right"] + found["unsure, right"] >= least, found
    assert found["wrong"] <= most, found
