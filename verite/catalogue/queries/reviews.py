"""A review as it was written."""

from __future__ import annotations

from verite.catalogue import keys
from verite.core import db, freshness

_MARKDOWN = "SELECT markdown FROM catalogue_review WHERE film_id = %s"


def review_markdown(film_id: int) -> str:
    """The whole text of a film's review, in one query; empty where there is none."""
    freshness.depends_on(keys.film(film_id))
    (markdown,) = db.row(_MARKDOWN, [film_id]) or ("",)
    return str(markdown)
