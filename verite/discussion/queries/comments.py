"""A comment as pages show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from verite.accounts.models import Participant
from verite.accounts.names import guest_mark
from verite.core.text import Html, as_stored
from verite.discussion.models import Comment
from verite.discussion.orders import Place, Sort

T = TypeVar("T")


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
        author: None, as ``html`` is empty, where only the comment's place is kept (see ``state``).
        helpful, not_helpful: votes given here and taken over from elsewhere.
        reply_count, descendant_count: what is published right below and anywhere below.
        hidden_count: how many of the latter the list leaves out here, behind "show more replies".
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


COLUMNS = (
    "id",
    "film_id",
    "parent_id",
    "root_id",
    "depth",
    "kind",
    "state",
    "created_at",
    "edited_at",
    "helpful",
    "not_helpful",
    "imported_helpful",
    "imported_not_helpful",
    "score",
    "best",
    "controversial",
    "reply_count",
    "descendant_count",
    "version",
    "participant_id",
    "participant__slug",
    "name",
    "html",
)


def read(comments: QuerySet[Comment]) -> list[CommentLine]:
    """These comments in one query, each with all that is published below it hidden."""
    return [_line(**dict(zip(COLUMNS, row, strict=True))) for row in comments.values_list(*COLUMNS)]


def take(
    comments: QuerySet[Comment],
    sort: Sort,
    after: Place | None,
    limit: int,
    reading: Callable[[QuerySet[Comment]], Iterable[T]],
) -> list[T]:
    """The first ``limit`` of these comments in an order, or of those after a place in it.

    In one or two calls of ``reading``, each of which reads one range of an index: one condition for both
    would make the database walk past all that was shown before.
    """
    in_order = comments.order_by(*sort.by)
    if after is None:
        return list(reading(in_order[:limit]))
    value, comment_id = after
    than = "lt" if sort.is_descending else "gt"
    tied = list(reading(in_order.filter(**{sort.column: value, f"id__{than}": comment_id})[:limit]))
    if len(tied) == limit:
        return tied
    beyond = in_order.filter(**{f"{sort.column}__{than}": value})
    return [*tied, *reading(beyond[: limit - len(tied)])]


def _line(
    *,
    id: int,  # noqa: A002 (the column's name)
    film_id: int,
    root_id: int | None,
    state: str,
    descendant_count: int,
    helpful: int,
    not_helpful: int,
    imported_helpful: int,
    imported_not_helpful: int,
    participant_id: int | None,
    participant__slug: str | None,
    name: str,
    html: str,
    **others: Any,
) -> CommentLine:
    is_published = state == Comment.State.PUBLISHED
    return CommentLine(
        id=id,
        film_id=film_id,
        root_id=root_id or id,
        state=state,
        descendant_count=descendant_count,
        hidden_count=descendant_count,
        author=_author(film_id, participant_id, participant__slug or "", name) if is_published else None,
        html=as_stored(html if is_published else ""),
        helpful=helpful + imported_helpful,
        not_helpful=not_helpful + imported_not_helpful,
        **others,
    )


def _author(film_id: int, participant_id: int | None, slug: str, name: str) -> Author:
    is_guest = participant_id is not None and not slug
    mark = guest_mark(participant_id, thread_id=film_id) if is_guest and participant_id else ""
    return Author(participant_id, name, slug, mark)
