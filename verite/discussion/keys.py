"""Names under which the discussion says what became stale (see ``core.freshness``)."""

from __future__ import annotations


def talk(film_id: int) -> str:
    """Everything said about a film: its comments, their order, votes and counts.

    There is no key for a single comment: a version row for each of millions would outlive what it is for,
    and a page of one comment shows its thread's counts as well.
    """
    return f"talk:{film_id}"
