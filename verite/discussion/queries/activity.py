"""What one participant said, listed on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from verite.accounts.keys import participant
from verite.catalogue.keys import film
from verite.catalogue.models import Film
from verite.core import freshness
from verite.core.text import Html, as_stored
from verite.discussion.models import Comment
from verite.discussion.orders import Place, Sort, cursor, read_cursor

PER_PAGE = 20

State = Comment.State


@dataclass(frozen=True, slots=True)
class Said:
    """A comment in a list of one participant's."""

    id: int
    film_slug: str
    film_title: str
    state: str
    html: Html
    created_at: datetime
    edited_at: datetime | None
    helpful: int
    not_helpful: int
    reply_count: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Some of a participant's comments, latest first; ``next`` is the cursor of those that follow, if any."""

    items: Sequence[Said]
    next: str | None


def activity_of(
    participant_id: int, *, is_own: bool, after: str | None = None, limit: int = PER_PAGE
) -> Activity:
    """A participant's comments on public films, latest first, in at most two queries.

    Args:
        is_own: for the participant's own eyes, with what waits and what moderators removed.

    Raises:
        BadCursor: ``after`` is no cursor of this list.
    """
    kind = f"activity-{participant_id}"
    comments = (
        Comment.objects.filter(participant=participant_id, film__state=Film.State.PUBLISHED)
        .filter(~Q(state=State.REMOVED_BY_AUTHOR) if is_own else Q(state=State.PUBLISHED))
        .select_related("film")
    )
    place = read_cursor(after, kind, Sort.NEWEST) if after is not None else None
    found = _latest(comments, place, limit + 1)
    shown = found[:limit]
    freshness.depends_on(participant(participant_id), *(film(comment.film_id) for comment in shown))
    following = cursor(kind, Sort.NEWEST, shown[-1]) if found[limit:] else None
    return Activity([_said(comment) for comment in shown], following)


def _latest(comments: QuerySet[Comment], before: Place | None, limit: int) -> list[Comment]:
    in_order = comments.order_by(*Sort.NEWEST.by)
    if before is None:
        return list(in_order[:limit])
    moment, comment_id = before
    # Two range reads: one condition for both would make the database walk past all that was shown before.
    at_that_moment = in_order.filter(Q(created_at=moment), id__lt=comment_id)[:limit]
    earlier = in_order.filter(Q(created_at__lt=moment))[: limit - len(at_that_moment)]
    return [*at_that_moment, *earlier]


def _said(comment: Comment) -> Said:
    return Said(
        id=comment.pk,
        film_slug=comment.film.slug,
        film_title=comment.film.title,
        state=comment.state,
        html=as_stored(comment.html),
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        helpful=comment.helpful + comment.imported_helpful,
        not_helpful=comment.not_helpful + comment.imported_not_helpful,
        reply_count=comment.reply_count,
    )
