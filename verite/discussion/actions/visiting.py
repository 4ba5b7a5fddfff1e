"""Somebody has read what is said about a film."""

from __future__ import annotations

from datetime import datetime

from verite.core import db

# Only up to a comment that there is, and never back.
_SEEN = """
INSERT INTO discussion_visit (participant_id, film_id, seen_id, seen_at)
SELECT %s, film_id, id, %s FROM discussion_comment WHERE id = %s AND film_id = %s
ON CONFLICT (participant_id, film_id) DO UPDATE SET seen_id = excluded.seen_id, seen_at = excluded.seen_at
WHERE discussion_visit.seen_id < excluded.seen_id
"""


def seen(film_id: int, participant_id: int, comment_id: int, *, now: datetime) -> None:
    """Remember that a participant has read a film's thread up to a comment, which was the latest."""
    with db.write():
        db.run(_SEEN, [participant_id, db.moment(now), comment_id, film_id])
