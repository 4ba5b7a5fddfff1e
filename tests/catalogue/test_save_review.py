"""Saving a curator's review."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from tests.catalogue.sayings import LATER, NOW, curator, film, film_id, statements, touched, writes
from verite.accounts.actions import name_author
from verite.catalogue import keys
from verite.catalogue.actions import ReviewRefused, save_review
from verite.catalogue.models import Review, ReviewParagraph, ReviewRevision
from verite.core.text import SANITISER_VERSION, TextTooLong

pytestmark = pytest.mark.django_db

FIRST = """It begins with an *empty* cinema, and with a projector that is lit.

What it shows is ordinary: trams, and people in them."""
SECOND = FIRST.replace("ordinary", "quite ordinary") + "\n\n> See it twice."


def paragraphs() -> list[tuple[int, str, str]]:
    return list(ReviewParagraph.objects.order_by("position").values_list("position", "key", "html"))


def test_a_review_is_shown_by_its_paragraphs_and_kept_as_it_was_written() -> None:
    found, author = film_id(film()), curator()

    with touched(keys.film(found)) as stale:
        number = save_review(found, author, FIRST + "\n", now=NOW)

    review = Review.objects.get(film=found)
    assert (number, review.revision_count, review.author_id, review.markdown) == (1, 1, author, FIRST)
    assert (review.published_at, review.revised_at, review.sanitiser_version) == (NOW, NOW, SANITISER_VERSION)
    assert [(position, html) for position, _key, html in paragraphs()] == [
        (1, "<p>It begins with an <em>empty</em> cinema, and with a projector that is lit.</p>\n"),
        (2, "<p>What it shows is ordinary: trams, and people in them.</p>\n"),
    ]
    assert stale == {keys.film(found)}


def test_an_edit_keeps_what_was_said_and_the_keys_of_its_paragraphs() -> None:
    found, author = film_id(film()), curator()
    save_review(found, author, FIRST, now=NOW)
    before = [key for _position, key, _html in paragraphs()]
    editor = name_author("Ed Itor", now=NOW)

    assert save_review(found, editor, SECOND, now=LATER) == 2

    review = Review.objects.get(film=found)
    assert (review.author_id, review.published_at, review.revised_at) == (editor, NOW, LATER)
    assert [key for _position, key, _html in paragraphs()][:2] == before
    assert len(paragraphs()) == 3
    revisions = ReviewRevision.objects.order_by("number").values_list(
        "number", "author", "markdown", "saved_at"
    )
    assert list(revisions) == [(1, author, FIRST, NOW), (2, editor, SECOND, LATER)]


def test_the_same_words_again_change_nothing() -> None:
    found, author = film_id(film()), curator()
    save_review(found, author, FIRST, now=NOW)

    with statements() as sql:
        assert save_review(found, author, f"\r\n{FIRST}  \n", now=LATER) == 1

    assert writes(sql) == []


@pytest.mark.parametrize("markdown", ["", " \n\t\n ", "\x00"])
def test_a_review_of_nothing_is_refused(markdown: str) -> None:
    with pytest.raises(ReviewRefused, match="nothing to save"):
        save_review(film_id(film()), curator(), markdown, now=NOW)

    assert not Review.objects.exists()


def test_a_review_without_its_film_is_refused() -> None:
    with pytest.raises(ReviewRefused, match="no longer here"):
        save_review(film_id(film()) + 1, curator(), FIRST, now=NOW)


def test_a_review_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(TextTooLong, match="100000"):
        save_review(film_id(film()), curator(), "x" * 100_001, now=NOW)


def test_a_script_in_a_review_is_not_run() -> None:
    save_review(film_id(film()), curator(), "<script>alert(1)</script> [x](javascript:alert(1))", now=NOW)

    ((_position, _key, html),) = paragraphs()
    assert "<script" not in html
    assert "href" not in html


@pytest.mark.django_db(transaction=True)
def test_an_author_that_does_not_exist_is_an_error_and_leaves_nothing() -> None:
    found = film_id(film())

    with pytest.raises(IntegrityError):
        save_review(found, 999, FIRST, now=NOW)

    assert not Review.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_revisions_saved_in_one_moment_none_is_lost() -> None:
    found, author = film_id(film()), curator()
    together = Barrier(4)

    def save(text: str) -> int:
        try:
            together.wait(timeout=120)
            return save_review(found, author, text, now=NOW)
        finally:
            connection.close()

    texts = [f"{FIRST}\n\nNumber {number}." for number in range(4)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = sorted(pool.map(save, texts))

    assert numbers == [1, 2, 3, 4]
    assert Review.objects.get().revision_count == 4
    last = ReviewRevision.objects.get(number=4).markdown
    assert Review.objects.get().markdown == last
    assert set(ReviewRevision.objects.values_list("markdown", flat=True)) == set(texts)
