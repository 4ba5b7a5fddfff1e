"""Where there are notes, or a curator asks: passages of a film's review, and moments of its parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from verite.accounts.keys import participant
from verite.core import freshness
from verite.discussion import keys
from verite.discussion.models import Anchor

MOST = 200

# Columns of a place, and what is joined to the rows of ``discussion_anchor AS anchor`` for them.
COLUMNS = """
anchor.id, anchor.target, anchor.state, anchor.exact, anchor.paragraph, anchor.start_char, anchor.end_char,
part.position, anchor.start_seconds, anchor.end_seconds, anchor.note_count,
anchor.question, anchor.is_open, anchor.asked_by_id, asker.name, asker.slug
"""
JOINED = """
LEFT JOIN catalogue_part AS part ON part.id = anchor.part_id
LEFT JOIN accounts_participant AS asker ON asker.id = anchor.asked_by_id
"""
# Those with the most notes …
LISTED = f"""
SELECT id FROM discussion_anchor
WHERE film_id = %(film)s AND (note_count > 0 OR question <> '')
ORDER BY question = '', note_count DESC, id LIMIT {MOST}
"""  # noqa: S608 (a number of ours)
# … in the order in which they stand in the text and in the film.
ORDER = "anchor.target, part.position, anchor.start_seconds, anchor.paragraph, anchor.start_char, anchor.id"

_PLACES = f"""
SELECT {COLUMNS} FROM ({LISTED}) AS listed JOIN discussion_anchor AS anchor ON anchor.id = listed.id {JOINED}
ORDER BY {ORDER}
"""  # noqa: S608 (only the words above)
_PLACE = f"""
SELECT {COLUMNS} FROM discussion_anchor AS anchor {JOINED}
WHERE anchor.id = %(anchor)s AND anchor.film_id = %(film)s
"""  # noqa: S608 (likewise)


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
    return [place_of(*row) for row in _rows(_PLACES, {"film": film_id})]


def noted_place(film_id: int, anchor_id: int) -> NotedPlace | None:
    """One such place of a film, whether or not there are notes at it now; None where it has none of this id."""
    freshness.depends_on(keys.talk(film_id))
    rows = _rows(_PLACE, {"film": film_id, "anchor": anchor_id})
    return place_of(*rows[0]) if rows else None


def with_passages(film_ids: Collection[int]) -> set[int]:
    """The films among these that have anchors on the review, also on one that is not there yet."""
    freshness.depends_on(*map(keys.talk, film_ids))
    on_review = Anchor.objects.filter(film__in=film_ids, target=Anchor.Target.REVIEW)
    return set(on_review.values_list("film", flat=True).distinct())


def place_of(*row: Any) -> NotedPlace:
    """A place out of its ``COLUMNS``."""
    *facts, is_open, asker_id, asker, slug = row
    if asker_id is not None:
        freshness.depends_on(participant(asker_id))  # who may come to be called otherwise
    return NotedPlace(*[*facts, bool(is_open), asker or "", slug or ""])


def _rows(sql: str, given: Mapping[str, int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
