"""Saving the first reviews of many films at once, as they come from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from verite.catalogue import keys, review_changes
from verite.catalogue.models import Film, Review, ReviewParagraph, ReviewRevision
from verite.catalogue.paragraphs import carry_keys
from verite.catalogue.review_texts import ReviewText
from verite.core import db, freshness
from verite.core.text import SANITISER_VERSION


@dataclass(frozen=True, slots=True)
class FirstReview:
    """A review for a film that may have none yet."""

    film_id: int
    author_id: int
    text: ReviewText
    saved_at: datetime


def save_first_reviews(reviews: Sequence[FirstReview]) -> set[int]:
    """Give films that have no review one, in a number of statements that does not depend on how many they are.

    Only where something that moved in before already waits for the words (``review_changes``), it takes more.

    Returns:
        The films that have got theirs. Those that had one keep it; those that are gone get none.
    """
    wanted = {review.film_id: review for review in reviews}
    with db.write():
        films = Film.objects.filter(id__in=wanted, review__isnull=True).values_list("id", flat=True)
        new = [wanted[film_id] for film_id in sorted(films)]
        made = Review.objects.bulk_create(_review(review) for review in new)
        pairs = list(zip(made, new, strict=True))
        ReviewRevision.objects.bulk_create(
            ReviewRevision(
                review=row,
                number=1,
                author_id=review.author_id,
                markdown=review.text.markdown,
                saved_at=review.saved_at,
            )
            for row, review in pairs
        )
        written = [(review.film_id, _paragraphs(row, review.text)) for row, review in pairs]
        ReviewParagraph.objects.bulk_create(each for _film, paragraphs in written for each in paragraphs)
        followed = review_changes.followed([film_id for film_id, _paragraphs in written])
        for film_id, paragraphs in written:
            if film_id in followed:
                _place(film_id, paragraphs)
        freshness.touch(*(keys.film(review.film_id) for review in new))
    return {review.film_id for review in new}


def _place(film_id: int, paragraphs: Sequence[ReviewParagraph]) -> None:
    text = [(paragraph.key, paragraph.html) for paragraph in paragraphs]
    for write in review_changes.prepare(film_id, text):
        write()


def _review(said: FirstReview) -> Review:
    return Review(
        film_id=said.film_id,
        author_id=said.author_id,
        markdown=said.text.markdown,
        sanitiser_version=SANITISER_VERSION,
        published_at=said.saved_at,
        revised_at=said.saved_at,
    )


def _paragraphs(review: Review, text: ReviewText) -> list[ReviewParagraph]:
    names = carry_keys([], [block.markdown for block in text.blocks])
    return [
        ReviewParagraph(review=review, key=key, position=position, markdown=block.markdown, html=block.html)
        for position, (key, block) in enumerate(zip(names, text.blocks, strict=True), start=1)
    ]
