"""A review as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from verite.catalogue import keys
from verite.core import db, freshness

_PRESENT = """
SELECT review.revision_count, paragraph.key, paragraph.html
FROM catalogue_review AS review
JOIN catalogue_review_paragraph AS paragraph ON paragraph.review_id = review.id
WHERE review.film_id = %s ORDER BY paragraph.position
"""
_MARKDOWN = "SELECT markdown FROM catalogue_review WHERE film_id = %s"


def review_markdown(film_id: int) -> str:
    """The whole text of a film's review, in one query; empty where there is none."""
    freshness.depends_on(keys.film(film_id))
    (markdown,) = db.row(_MARKDOWN, [film_id]) or ("",)
    return str(markdown)


@dataclass(frozen=True, slots=True)
class PresentReview:
    """A review as it stands: its revision's number (0 where there is none), and key and HTML of each paragraph."""

    revision: int
    paragraphs: Sequence[tuple[str, str]]


def present_review(film_id: int) -> PresentReview:
    """What a film's review says now, in one query."""
    freshness.depends_on(keys.film(film_id))
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, [film_id])
        rows = cursor.fetchall()
    return PresentReview(rows[0][0] if rows else 0, [(key, html) for _revision, key, html in rows])
