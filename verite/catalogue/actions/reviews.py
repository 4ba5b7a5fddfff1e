"""Saving a curator's review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from verite.catalogue import keys, review_changes
from verite.catalogue.models import Film, Review, ReviewParagraph, ReviewRevision
from verite.catalogue.paragraphs import carry_keys
from verite.catalogue.review_texts import Block, ReviewRefused, review_text
from verite.core import db, freshness
from verite.core.text import SANITISER_VERSION


def save_review(film_id: int, author_id: int, markdown: str, *, now: datetime) -> int:
    """Make this the film's review; what it said before stays among its revisions.

    Paragraphs keep their keys (``paragraphs.carry_keys``), and what holds on to words of the text is placed anew
    (``review_changes``). Saving the same text again changes nothing.

    Args:
        author_id: the participant who wrote this revision.

    Returns:
        The number of the revision, from 1.

    Raises:
        ReviewRefused: nothing is written, or there is no such film.
        TextTooLong: the text is longer than a review may be.
    """
    text = review_text(markdown)
    while (saved := _save_upon_what_is_there(film_id, author_id, text.markdown, text.blocks, now)) is None:
        pass  # somebody else saved in the same moment; now their revision is the one before ours
    return saved


def _save_upon_what_is_there(
    film_id: int, author_id: int, text: str, blocks: Sequence[Block], now: datetime
) -> int | None:
    """The number of the revision; None when the review was changed since it was read here."""
    review = Review.objects.filter(film=film_id).first()
    if review is not None and review.markdown == text:
        return review.revision_count
    present = ReviewParagraph.objects.filter(review=review).order_by("position") if review else ()
    block_keys = carry_keys(
        [(old.key, old.markdown) for old in present], [block.markdown for block in blocks]
    )
    paragraphs = [(key, block.html) for key, block in zip(block_keys, blocks, strict=True)]
    follow = review_changes.prepare(film_id, paragraphs)
    try:
        with db.write():
            if not Film.objects.filter(pk=film_id).exists():
                raise ReviewRefused(_("This film is no longer here, so its review cannot be saved."))
            number = review.revision_count + 1 if review else 1
            review_id = _make(film_id, author_id, text, now) if review is None else review.pk
            if review is not None and not _replace(review, author_id, text, now):
                return None
            ReviewRevision.objects.create(
                review_id=review_id, number=number, author_id=author_id, markdown=text, saved_at=now
            )
            _write_blocks(review_id, blocks, block_keys)
            for write in follow:
                write()
            freshness.touch(keys.film(film_id))
    except IntegrityError:
        if review is None and Review.objects.filter(film=film_id).exists():
            return None
        raise
    return number


def _make(film_id: int, author_id: int, text: str, now: datetime) -> int:
    return Review.objects.create(
        film_id=film_id,
        author_id=author_id,
        markdown=text,
        sanitiser_version=SANITISER_VERSION,
        published_at=now,
        revised_at=now,
    ).pk


def _replace(review: Review, author_id: int, text: str, now: datetime) -> bool:
    return bool(
        Review.objects.filter(pk=review.pk, revision_count=review.revision_count).update(
            author_id=author_id,
            markdown=text,
            revision_count=review.revision_count + 1,
            sanitiser_version=SANITISER_VERSION,
            revised_at=now,
        )
    )


def _write_blocks(review_id: int, blocks: Sequence[Block], block_keys: Sequence[str]) -> None:
    ReviewParagraph.objects.filter(review=review_id).delete()
    ReviewParagraph.objects.bulk_create(
        ReviewParagraph(
            review_id=review_id, key=key, position=position, markdown=block.markdown, html=block.html
        )
        for position, (key, block) in enumerate(zip(block_keys, blocks, strict=True), start=1)
    )
