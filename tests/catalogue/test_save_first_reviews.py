"""Many first reviews at once."""

from __future__ import annotations

import pytest

from tests.catalogue.sayings import LATER, NOW, curator, film, film_id, statements, touched, writes
from verite.catalogue import keys
from verite.catalogue.actions import FirstReview, review_text, save_first_reviews, save_review
from verite.catalogue.models import Review
from verite.catalogue.queries.film_page import film_page

pytestmark = pytest.mark.django_db

WORDS = "The *first* paragraph.\n\nThe second."


def test_reviews_saved_together_are_what_they_would_be_saved_alone() -> None:
    author, films = curator(), [film_id(film(title)) for title in ("Rain", "Snow", "Hail")]
    save_review(films[0], author, WORDS, now=LATER)

    with touched(*map(keys.film, films)) as told:
        done = save_first_reviews(
            [FirstReview(film_id, author, review_text(WORDS), LATER) for film_id in films[1:]]
        )

    assert done == set(films[1:])
    assert told == {keys.film(film_id) for film_id in films[1:]}
    pages = [film_page(slug) for slug in ("rain", "snow", "hail")]
    alone, *together = [page.review for page in pages if page]
    assert alone is not None
    for review in together:
        assert review is not None
        assert [block.html for block in review.paragraphs] == [block.html for block in alone.paragraphs]
        assert (review.author, review.revised_at) == (alone.author, alone.revised_at)
    # The next edit finds a revision to build upon.
    assert save_review(films[1], author, "Other words.", now=LATER) == 2


def test_a_review_that_is_there_and_a_film_that_is_gone_are_passed_over() -> None:
    author, rain = curator(), film_id(film("Rain"))
    save_review(rain, author, "Mine.", now=NOW)

    done = save_first_reviews(
        [FirstReview(number, author, review_text(WORDS), NOW) for number in (rain, 999)]
    )

    assert done == set()
    assert Review.objects.get().markdown == "Mine."


def test_ten_reviews_take_no_more_statements_than_two() -> None:
    author, films = curator(), [film_id(film(f"Film {number}")) for number in range(12)]
    counts = []
    for some in (films[:2], films[2:]):
        with statements() as sql:
            save_first_reviews([FirstReview(each, author, review_text(WORDS), NOW) for each in some])
        counts.append(len(writes(sql)))

    assert counts[0] == counts[1]
