"""What is new in a film's thread: for pages that stay open, and for whoever comes again.

Only the latest comments are looked at, so that it costs the same however long the thread is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from verite.core import freshness
from verite.discussion import keys
from verite.discussion.queries.comments import CommentLine, read
from verite.discussion.queries.selection import these

MOST = 100

LATEST = f"""
SELECT id, participant_id FROM discussion_comment
WHERE film_id = %(film)s AND is_shown AND state = 'published'
ORDER BY created_at DESC, id DESC LIMIT {MOST}
"""  # noqa: S608 (a number of ours)
_NEWER = f"SELECT id FROM ({LATEST}) AS latest WHERE id > %(after)s ORDER BY id DESC"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Latest:
    """Where a thread stands.

    Attributes:
        newest_id: the highest id among its latest comments; 0 without any.
        seen_id: up to which comment the reader has read it; None for somebody who never did.
        new_count: how many others have been posted since, ``MOST`` at most.
        first_new_id: the first of those.
    """

    newest_id: int = 0
    seen_id: int | None = None
    new_count: int = 0
    first_new_id: int | None = None


def newer_ids(film_id: int, after: int) -> Sequence[int]:
    """The ids beyond ``after`` among the ``MOST`` latest comments on a film, highest first."""
    freshness.depends_on(keys.talk(film_id))
    with connection.cursor() as cursor:
        cursor.execute(_NEWER, {"film": film_id, "after": after})
        return [comment_id for (comment_id,) in cursor.fetchall()]


def lines_of(ids: Sequence[int], *, viewer_id: int | None) -> list[CommentLine]:
    """Comments whose ids are known, lowest first, in one statement or none."""
    found = read(these(ids), {}, viewer_id=viewer_id) if ids else []
    return sorted(found, key=lambda line: line.id)
