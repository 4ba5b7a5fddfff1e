"""Finding what a note is on before the transaction opens, and holding on to it inside.

Finding takes as long as searching a review does. Inside, only what may have changed since is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verite.catalogue.queries.parts import part_at
from verite.catalogue.queries.reviews import PresentReview, present_review
from verite.core import db
from verite.discussion.anchors import Paragraph, Quote, plain_text, quoted, whole_paragraph
from verite.discussion.notes import Beside, Moment, On, Passage, within
from verite.discussion.refusals import AnchorRefused

_SAME_WORDS = """
SELECT id FROM discussion_anchor
WHERE film_id = %s AND target = 'review' AND paragraph = %s AND start_char = %s AND end_char = %s
    AND exact = %s AND state <> 'orphan' ORDER BY id LIMIT 1
"""
_SAME_MOMENT = """
SELECT id FROM discussion_anchor
WHERE part_id = %s AND start_seconds = %s AND COALESCE(end_seconds, -1) = %s ORDER BY id LIMIT 1
"""
_NEW = """
INSERT INTO discussion_anchor (
    film_id, target, state, score, paragraph, start_char, end_char, part_id, start_seconds, end_seconds,
    note_count, is_open, created_at, question, prefix, suffix, exact
) VALUES (%s, %s, 'exact', 1, %s, %s, %s, %s, %s, %s, 0, TRUE, %s, '', %s, %s, %s) RETURNING id
"""
_COUNT = "UPDATE discussion_film_talk SET anchor_count = anchor_count + 1 WHERE film_id = %s"
_BESIDE = """
SELECT film_id, state, target, part_id, question, is_open FROM discussion_anchor WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class _Words:
    """What was asked for, what it is in the review, and the revision in which it was found."""

    asked: Passage
    quote: Quote
    revision: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    part_id: int
    moment: Moment


Found = _Words | _Stretch | Beside


@dataclass(frozen=True, slots=True)
class Held:
    """An anchor, and whether words of the review are what it holds on to."""

    id: int
    is_on_review: bool


def find(film_id: int, on: On) -> Found:
    """What the note is on, as everything stands now; for ``hold``.

    Raises:
        AnchorRefused: there is no such part, or the moment is not in it.
        NotThere: the words are not in the review.
    """
    match on:
        case Passage():
            return _find_words(film_id, on)
        case Moment():
            part = part_at(film_id, on.part)
            if part is None:
                raise AnchorRefused(_("This film has no such part. Choose one of its parts."))
            return _Stretch(part.id, within(on, part.length_seconds))
        case Beside():
            return on


def hold(film_id: int, found: Found, *, now: datetime) -> Held:
    """An anchor for what was found. The film's thread is held, so no other is made for the same place.

    Raises:
        AnchorRefused: the place is gone, or its question is answered no more.
        NotThere: the review was saved since, and the words are no longer in it.
    """
    match found:
        case _Words(asked, quote, revision):
            if present_review(film_id).revision != revision:
                quote = _find_words(film_id, asked).quote
            return Held(_for_words(film_id, quote, now), is_on_review=True)
        case _Stretch(part_id, moment):
            return Held(_for_moment(film_id, part_id, moment, now), is_on_review=False)
        case Beside(anchor_id):
            return _beside(film_id, anchor_id)


def paragraphs_of(review: PresentReview) -> list[Paragraph]:
    """A review's paragraphs as anchors are placed in them."""
    return [Paragraph(key, plain_text(html)) for key, html in review.paragraphs]


def _find_words(film_id: int, on: Passage) -> _Words:
    review = present_review(film_id)
    paragraphs = paragraphs_of(review)
    if on.exact or on.paragraph is None:
        quote = quoted(paragraphs, on.exact, on.prefix, on.suffix, on.paragraph, on.start)
    else:
        quote = whole_paragraph(paragraphs, on.paragraph)
    return _Words(on, quote, review.revision)


def _for_words(film_id: int, quote: Quote, now: datetime) -> int:
    place = quote.paragraph, quote.start, quote.start + len(quote.exact)
    if same := db.row(_SAME_WORDS, [film_id, *place, quote.exact]):
        return int(same[0])
    words = quote.prefix, quote.suffix, quote.exact
    return _made(film_id, "review", *place, None, None, None, db.moment(now), *words)


def _for_moment(film_id: int, part_id: int, moment: Moment, now: datetime) -> int:
    start, end = moment.start_seconds, moment.end_seconds
    if same := db.row(_SAME_MOMENT, [part_id, start, -1 if end is None else end]):
        return int(same[0])
    return _made(film_id, "part", "", None, None, part_id, start, end, db.moment(now), "", "", "")


def _made(film_id: int, *columns: object) -> int:
    (anchor_id,) = db.one(_NEW, [film_id, *columns])
    db.run(_COUNT, [film_id])
    return int(anchor_id)


def _beside(film_id: int, anchor_id: int) -> Held:
    row = db.row(_BESIDE, [anchor_id])
    if row is None or row[0] != film_id:
        raise AnchorRefused(_("There are no notes at such a place. Choose the passage again."))
    _film_id, state, target, part_id, question, is_open = row
    if state == "orphan" or (target == "part" and part_id is None):
        raise AnchorRefused(
            _("What this note would be on is gone. Post it as a comment, or choose another passage.")
        )
    if question and not is_open:
        raise AnchorRefused(_("This question is answered no more. Post a comment of its own."))
    return Held(anchor_id, is_on_review=target == "review")
