"""Which comments a page shows: SQL that lists their ids, for ``comments.read``.

However long a thread is, each of these reads short ranges of indexes. It names what it is asked with:
``film`` or ``parent``, ``viewer``, and what ``after`` gives. How many comments it may list is written into it:
SQLite prepares a statement anew, every time, whose LIMIT it is told beside it (built with ENABLE_STAT4, it looks
at the number to choose a plan), and here that took three times as long as running it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from verite.core import db
from verite.discussion.orders import Place, Sort

FIRST_REPLIES = 5
MOST_WAITING = 20

ROOTS = "film_id = %(film)s AND parent_id IS NULL AND NOT is_sticky"
REPLIES = "parent_id = %(parent)s"

# What waits for a moderator, for the eyes of its author; without a viewer it is nothing.
_WAITING = f"""
SELECT id FROM (
    SELECT id FROM discussion_comment
    WHERE participant_id = %(viewer)s AND film_id = {{film}} AND state = 'held' AND NOT is_shown
    ORDER BY id DESC LIMIT {MOST_WAITING}
) AS waiting
"""  # noqa: S608 (names and numbers of ours, as everywhere in here)
_FILM_OF = {ROOTS: "%(film)s", REPLIES: "(SELECT film_id FROM discussion_comment WHERE id = %(parent)s)"}

# One range of an index, which ends where the page does; after a place it is two, of which the first holds what
# is equal there. One condition for both would make the database walk past all that was shown before, and
# without a LIMIT of its own PostgreSQL would read all that is equal.
_SIBLINGS = """
SELECT id, {column} FROM discussion_comment
WHERE {of} AND is_shown {condition} ORDER BY {column} {way}, id {way} LIMIT {most}
"""
_EQUAL, _BEYOND = "AND {column} = %(value)s AND id {than} %(id)s", "AND {column} {than} %(value)s"
_AFTER_A_PLACE = """
SELECT id, {column} FROM ({equal}) AS equal UNION ALL SELECT id, {column} FROM ({beyond}) AS beyond
ORDER BY {column} {way}, id {way} LIMIT {most}
"""

# A seek for each of the first replies to each comment: SQLite has no LIMIT for each, and a window function
# reads all there are.
_REPLY = """
SELECT (
    SELECT id FROM discussion_comment
    WHERE parent_id = heads.id AND is_shown ORDER BY {column} {way}, id {way} LIMIT 1 OFFSET {number}
) FROM heads
"""

# What stands before all others on the first page, and there alone.
_STICKY = "SELECT id FROM discussion_comment WHERE film_id = %(film)s AND is_sticky AND is_shown"

# Of a short thread: found among all comments on the film, of which no more are read than are shown.
_BELOW = """
SELECT id FROM (
    SELECT id FROM discussion_comment
    WHERE film_id = %(film)s AND is_shown AND root_id IN (SELECT id FROM heads) LIMIT {most_below}
) AS below
"""


def branches(sort: Sort, place: Place | None, *, most: int, most_below: int) -> str:
    """The first ``most`` roots in an order, or the first after a place, with ``most_below`` of what is below them.

    It reads every comment on the film once, so it is for short threads.
    """
    below = _BELOW.format(most_below=most_below)
    listed = ["SELECT id FROM heads", below, _WAITING.format(film=_FILM_OF[ROOTS])]
    return f"WITH heads AS ({_heads(ROOTS, sort, place, most)}) {' UNION ALL '.join(listed)}"


def page(of: str, sort: Sort, place: Place | None, *, most: int) -> str:
    """The first ``most`` of ``ROOTS`` or ``REPLIES`` in an order, or after a place, with their first replies."""
    heads = _heads(of, sort, place, most)
    replies = [_REPLY.format(number=number, **_words(sort.of_replies)) for number in range(FIRST_REPLIES)]
    listed = ["SELECT id FROM heads", *replies, _WAITING.format(film=_FILM_OF[of])]
    return f"WITH heads AS ({heads}) {' UNION ALL '.join(listed)}"


def after(place: Place | None) -> Mapping[str, object]:
    """What ``page`` asks for by name to go on after a place."""
    if place is None:
        return {}
    value, comment_id = place
    return {"value": db.moment(value) if isinstance(value, datetime) else value, "id": comment_id}


def these(comment_ids: Iterable[int]) -> str:
    """Comments whose ids are known."""
    return f"SELECT id FROM discussion_comment WHERE id IN ({', '.join(map(str, comment_ids))})"  # noqa: S608


def _heads(of: str, sort: Sort, place: Place | None, most: int) -> str:
    if place is not None:
        return _after_a_place(of, sort, most)
    if of is not ROOTS:
        return _siblings(of, sort, most)
    return f"SELECT id FROM ({_siblings(of, sort, most)}) AS shown UNION ALL {_STICKY}"  # noqa: S608


def _siblings(of: str, sort: Sort, most: int, condition: str = "") -> str:
    words = _words(sort)
    return _SIBLINGS.format(of=of, most=most, condition=condition.format(**words), **words)


def _after_a_place(of: str, sort: Sort, most: int) -> str:
    equal, beyond = _siblings(of, sort, most, _EQUAL), _siblings(of, sort, most, _BEYOND)
    return _AFTER_A_PLACE.format(equal=equal, beyond=beyond, most=most, **_words(sort))


def _words(sort: Sort) -> dict[str, str]:
    way, than = ("DESC", "<") if sort.is_descending else ("ASC", ">")
    return {"column": sort.column, "way": way, "than": than}
