"""Where there are notes, or a curator asks: passages of a film's review, and moments of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from verite.core import freshness
from verite.discussion import keys

MOST = 200

# Those with the most notes, in the order in which they stand in the text and in the film.
_PLACES = f"""
SELECT anchor.id, anchor.target, anchor.state, anchor.exact, anchor.paragraph, anchor.start_char, anchor.end_char,
       part.position, anchor.start_seconds, anchor.end_seconds, anchor.note_count,
       anchor.question, anchor.is_open, asker.name, asker.slug
FROM (
    SELECT id FROM discussion_anchor
    WHERE film_id = %s AND (note_count > 0 OR question <> '')
    ORDER BY question = '', note_count DESC, id LIMIT {MOST}
) AS listed
JOIN discussion_anchor AS anchor ON anchor.id = listed.id
LEFT JOIN catalogue_part AS part ON part.id = anchor.part_id
LEFT JOIN accounts_participant AS asker ON asker.id = anchor.asked_by_id
ORDER BY anchor.target, part.position, anchor.start_seconds, anchor.paragraph, anchor.start_char, anchor.id
"""  # noqa: S608 (a number of ours)


@dataclass(frozen=True, slots=True)
class NotedPlace:
    """A passage or moment, and how much is noted on it.

    Attributes:
        target: ``review`` or ``part``.
        state: ``exact``, ``moved``, ``uncertain`` or ``orphan``, as ``anchors.Placed`` says.
        exact: the words as they were noted; empty for a moment.
        paragraph: the key of the paragraph in which they stand; of an orphan, stood last.
        start_char, end_char: where in the paragraph's plain text; None for an orphan and for a moment.
        part: the position of the part; None where it is gone, and for words.
        question: what a curator asks there; empty where nobody asks. ``asker_slug`` is theirs as a member.
        is_open: whether the question can be answered.
    """

    id: int
    target: str
    state: str
    exact: str
    paragraph: str
    start_char: int | None
    end_char: int | None
    part: int | None
    start_seconds: int | None
    end_seconds: int | None
    note_count: int
    question: str
    is_open: bool
    asker: str
    asker_slug: str

    @property
    def is_lost(self) -> bool:
        """Whether what it was on is gone."""
        return self.state == "orphan" or (self.target == "part" and self.part is None)


def noted_places(film_id: int) -> list[NotedPlace]:
    """Where a film and its review carry notes or questions, at most ``MOST`` places, in one query."""
    freshness.depends_on(keys.talk(film_id))
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [film_id])
        rows = cursor.fetchall()
    return [_place(*row) for row in rows]


def _place(*row: Any) -> NotedPlace:
    *facts, is_open, asker, slug = row
    return NotedPlace(*[*facts, bool(is_open), asker or "", slug or ""])
