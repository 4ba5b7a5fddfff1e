"""Where a comment stands in its film's thread."""

from __future__ import annotations

from verite.discussion.orders import Sort, cursor
from verite.discussion.queries.comments import CommentLine


def cursor_before(root: CommentLine, sort: Sort) -> str:
    """The cursor with which ``thread`` begins at a comment that answers none, wherever it stands."""
    just_before = root._replace(id=root.id + (1 if sort.is_descending else -1))
    return cursor(f"talk-{root.film_id}", sort, just_before)
