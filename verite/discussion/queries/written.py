"""One comment as its author wrote it, for those who answer it, vote on it or change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from verite.catalogue import keys as catalogue_keys
from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.models import Comment

_WRITTEN = """
SELECT
    comment.id, comment.film_id, film.slug, film.title, comment.participant_id, comment.name, comment.state,
    comment.created_at, comment.markdown, comment.descendant_count
FROM discussion_comment AS comment JOIN catalogue_film AS film ON film.id = comment.film_id
WHERE comment.id = %s AND film.state = 'published'
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A comment in whatever state, and where it stands.

    Attributes:
        author_id: None for somebody of whom an import told only the name.
        author_name: as the comment is signed; may be empty.
        descendant_count: how much is published below it.
    """

    id: int
    film_id: int
    film_slug: str
    film_title: str
    author_id: int | None
    author_name: str
    state: str
    created_at: datetime
    markdown: str
    descendant_count: int

    @property
    def is_published(self) -> bool:
        return self.state == Comment.State.PUBLISHED

    @property
    def is_removed(self) -> bool:
        """Whether its author or a moderator took it away."""
        return self.state in (Comment.State.REMOVED, Comment.State.REMOVED_BY_AUTHOR)


def as_written(comment_id: int) -> Written | None:
    """A comment on a public film, in one query. What is not published is for its author's eyes only."""
    row = db.row(_WRITTEN, [comment_id])
    if row is None:
        return None
    written = Written(*row)
    freshness.depends_on(keys.talk(written.film_id), catalogue_keys.film(written.film_id))
    return replace(written, created_at=db.aware(written.created_at))
