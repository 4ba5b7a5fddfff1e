"""A comment as pages show it, and the one statement in which comments are read.

Written in SQL rather than with the ORM: a thread is read anew after every comment and every vote, and
compiling the queries would cost more than running them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from verite.accounts.models import Participant
from verite.accounts.names import guest_mark
from verite.core.text import Html, as_stored
from verite.discussion.models import Comment


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a comment.

    Attributes:
        participant_id: None for somebody of whom an import told only the name.
        name: as it was when the comment was written; may be empty.
        slug: the member's in ``/members/<slug>/``; empty for guests.
        mark: four letters that tell the guests of a thread apart, to be shown with the name, so that nobody
            passes for a member or another guest; empty for members.
    """

    participant_id: int | None
    name: str
    slug: str
    mark: str

    @property
    def kind(self) -> str:
        return Participant.Kind.MEMBER.value if self.slug else Participant.Kind.GUEST.value


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment in a list.

    Attributes:
        root_id: the comment at the head of its branch, perhaps itself.
        author: None, as ``html`` is empty, where only the comment's place is kept (see ``state``). Of one that
            waits for a moderator, its author alone reads both.
        helpful, not_helpful: votes given here and taken over from elsewhere.
        reply_count, descendant_count: what is published right below and anywhere below.
        hidden_count: how many of the latter the list leaves out here, behind "show more replies".
        replies_after: the cursor after which ``replies`` has those; None where it has them from its beginning.
        version: grows whenever the comment itself looks different.
        own_vote: how whoever it was read for voted on it: 1, -1, or 0 for not at all.
    """

    id: int
    film_id: int
    parent_id: int | None
    root_id: int
    depth: int
    kind: str
    state: str
    author: Author | None
    html: Html
    created_at: datetime
    edited_at: datetime | None
    helpful: int
    not_helpful: int
    score: int
    best: int
    controversial: int
    reply_count: int
    descendant_count: int
    hidden_count: int
    version: int
    own_vote: int = 0
    replies_after: str | None = None

    @property
    def is_for_its_author(self) -> bool:
        """Whether nobody else sees that it is there."""
        return self.state == Comment.State.HELD and not self.descendant_count


# Field of CommentLine, or what it is made from: where it stands.
_COLUMNS = {
    "id": "comment.id",
    "film_id": "comment.film_id",
    "parent_id": "comment.parent_id",
    "root_id": "comment.root_id",
    "depth": "comment.depth",
    "kind": "comment.kind",
    "state": "comment.state",
    "created_at": "comment.created_at",
    "edited_at": "comment.edited_at",
    "helpful": "comment.helpful + comment.imported_helpful",
    "not_helpful": "comment.not_helpful + comment.imported_not_helpful",
    "score": "comment.score",
    "best": "comment.best",
    "controversial": "comment.controversial",
    "reply_count": "comment.reply_count",
    "descendant_count": "comment.descendant_count",
    "version": "comment.version",
    "name": "comment.name",
    "html": "comment.html",
    "participant_id": "comment.participant_id",
    "slug": "author.slug",
    "own_vote": "COALESCE(vote.value, 0)",
}

_LINES = f"""
SELECT {", ".join(_COLUMNS.values())}
FROM ({{ids}}) AS listed
JOIN discussion_comment AS comment ON comment.id = listed.id
LEFT JOIN accounts_participant AS author ON author.id = comment.participant_id
LEFT JOIN discussion_comment_vote AS vote
    ON vote.comment_id = comment.id AND vote.participant_id = %(viewer)s
"""  # noqa: S608 (only the names above)


def read(ids: str, given: Mapping[str, Any], *, viewer_id: int | None) -> list[CommentLine]:
    """Some comments in one statement, in no order, each with all that is published below it hidden.

    Args:
        ids: SQL that lists their ids in a column ``id``.
        given: what it asks for by name, but ``viewer``.
        viewer_id: who reads: their votes come along, and the words of theirs that wait for a moderator.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(ids=ids), {**given, "viewer": viewer_id})
        rows = cursor.fetchall()
    return [_line(viewer_id, **dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def _line(
    viewer_id: int | None,
    *,
    id: int,  # noqa: A002 (the column's name)
    film_id: int,
    root_id: int | None,
    state: str,
    created_at: datetime,
    edited_at: datetime | None,
    descendant_count: int,
    name: str,
    html: str,
    participant_id: int | None,
    slug: str | None,
    **others: Any,
) -> CommentLine:
    is_own = participant_id is not None and participant_id == viewer_id
    can_be_read = state == Comment.State.PUBLISHED or (state == Comment.State.HELD and is_own)
    return CommentLine(
        id=id,
        film_id=film_id,
        root_id=root_id or id,
        state=state,
        created_at=_aware(created_at),
        edited_at=_aware(edited_at) if edited_at else None,
        descendant_count=descendant_count,
        hidden_count=descendant_count,
        author=_author(film_id, participant_id, slug or "", name) if can_be_read else None,
        html=as_stored(html if can_be_read else ""),
        **others,
    )


def _author(film_id: int, participant_id: int | None, slug: str, name: str) -> Author:
    is_guest = participant_id is not None and not slug
    mark = guest_mark(participant_id, thread_id=film_id) if is_guest and participant_id else ""
    return Author(participant_id, name, slug, mark)


def _aware(moment: datetime) -> datetime:
    # Stored in UTC; without the ORM one of the two databases hands them over without saying so.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
