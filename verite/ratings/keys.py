"""Names under which ratings say what became stale (see ``core.freshness``)."""

from __future__ import annotations


def score(film_id: int) -> str:
    """A film's mean, number of ratings and histogram."""
    return f"score:{film_id}"
