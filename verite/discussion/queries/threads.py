"""A film's thread, and pieces of it.

A short thread is read whole. Of a long one a page shows some comments that answer none, each with its first
replies, and says how much more there is; what it costs does not depend on how long the thread is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from verite.catalogue.models import Film
from verite.core import freshness
from verite.discussion import keys
from verite.discussion.counting import ancestor_ids
from verite.discussion.models import Comment, FilmTalk
from verite.discussion.orders import Place, Sort, cursor, is_after, place_of, read_cursor
from verite.discussion.queries.activity import own_votes
from verite.discussion.queries.comments import CommentLine, read, take

PER_PAGE = 20
READ_WHOLE = 200
FIRST_REPLIES = 5
NEAREST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """How much is said about a film, and whether more may be."""

    comment_count: int = 0
    root_count: int = 0
    participant_count: int = 0
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """Some comments in the order in which they are shown, each right after what it answers.

    Attributes:
        next: the cursor of what follows, if anything does.
    """

    items: Sequence[CommentLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """A comment with what it answers.

    Attributes:
        ancestors: from the root down; of a very deep one the root and the nearest ``NEAREST_ANCESTORS``.
        left_out: how many stand between that root and the nearest.
    """

    film_slug: str
    film_title: str
    ancestors: Sequence[CommentLine]
    comment: CommentLine
    left_out: int


def talk_of(film_id: int) -> Talk:
    """What is counted of a film's thread, in one query."""
    freshness.depends_on(keys.talk(film_id))
    row = (
        FilmTalk.objects.filter(film=film_id)
        .values_list("comment_count", "root_count", "participant_count", "is_closed")
        .first()
    )
    return Talk(*row) if row else Talk()


def thread(
    film_id: int,
    sort: Sort,
    *,
    after: str | None = None,
    limit: int = PER_PAGE,
    talk: Talk | None = None,
    viewer_id: int | None = None,
) -> Thread:
    """``limit`` comments on a film that answer none, with replies, in at most five queries.

    Args:
        after: the ``next`` of the page before.
        talk: ``talk_of(film_id)``, where it has been read already.
        viewer_id: the participant who reads, if they are one: what is theirs is told to them.

    Raises:
        BadCursor: ``after`` belongs to another order or another film.
    """
    kind = f"talk-{film_id}"
    place = read_cursor(after, kind, sort) if after is not None else None
    talk = talk or talk_of(film_id)
    freshness.depends_on(keys.talk(film_id))
    if talk.comment_count <= READ_WHOLE:
        shown = read(Comment.objects.filter(film=film_id, is_shown=True)[: 2 * READ_WHOLE + 1])
        if len(shown) <= 2 * READ_WHOLE:
            return _for(viewer_id, _whole(shown, kind, sort, place, limit))
    roots = Comment.objects.filter(film=film_id, parent__isnull=True, is_shown=True)
    found = take(roots, sort, place, limit + 1, read)
    return _for(viewer_id, _page(found, kind, sort, limit))


def replies(
    comment_id: int,
    sort: Sort,
    *,
    after: str | None = None,
    limit: int = PER_PAGE,
    viewer_id: int | None = None,
) -> Thread:
    """``limit`` direct replies to a comment, each with its own first replies, in at most four queries.

    For "show more replies": they come in the order of replies under ``sort``, after those that a page shows.

    Raises:
        BadCursor: ``after`` belongs to another order or another comment.
    """
    kind, sort = f"replies-{comment_id}", sort.of_replies
    place = read_cursor(after, kind, sort) if after is not None else None
    direct = Comment.objects.filter(parent=comment_id, is_shown=True)
    found = take(direct, sort, place, limit + 1, read)
    freshness.depends_on(*(keys.talk(line.film_id) for line in found[:1]))
    return _for(viewer_id, _page(found, kind, sort, limit))


def cursor_below(comment: CommentLine, sort: Sort) -> str:
    """The cursor with which ``replies`` of its parent goes on after a reply that is shown."""
    return cursor(f"replies-{comment.parent_id}", sort.of_replies, comment)


def comment_with_ancestors(comment_id: int, *, viewer_id: int | None = None) -> Lineage | None:
    """A comment on a public film and what it answers, in two queries; None if it has no place on pages."""
    comment = (
        Comment.objects.filter(pk=comment_id, is_shown=True, film__state=Film.State.PUBLISHED)
        .values_list("film_id", "film__slug", "film__title", "path")
        .first()
    )
    if comment is None:
        return None
    film_id, slug, title, path = comment
    freshness.depends_on(keys.talk(film_id))
    above = ancestor_ids(path)
    kept = above if len(above) <= NEAREST_ANCESTORS + 1 else [above[0], *above[-NEAREST_ANCESTORS:]]
    *ancestors, own = read(Comment.objects.filter(pk__in=[*kept, comment_id]).order_by("depth"))
    *ancestors, own = _for(viewer_id, Thread([*ancestors, own], None)).items
    return Lineage(slug, title, ancestors, own, len(above) - len(kept))


def _for(viewer_id: int | None, page: Thread) -> Thread:
    if viewer_id is None:
        return page
    votes = own_votes(viewer_id, [line.id for line in page.items])
    return Thread([replace(line, own_vote=votes.get(line.id, 0)) for line in page.items], page.next)


def newest(film_id: int, *, limit: int = PER_PAGE) -> list[CommentLine]:
    """The latest published comments on a film, replies among them, in one query."""
    freshness.depends_on(keys.talk(film_id))
    published = Comment.objects.filter(film=film_id, is_shown=True, state=Comment.State.PUBLISHED)
    return read(published.order_by("-created_at", "-id")[:limit])


def _whole(shown: Iterable[CommentLine], kind: str, sort: Sort, place: Place | None, limit: int) -> Thread:
    below: defaultdict[int | None, list[CommentLine]] = defaultdict(list)
    for line in shown:
        below[line.parent_id].append(line)
    roots = _sorted(below[None], sort)
    if place is not None:
        comes_later = is_after(sort, place)
        roots = [root for root in roots if comes_later(place_of(root, sort))]
    following = cursor(kind, sort, roots[limit - 1]) if roots[limit:] else None
    return Thread(_flat(roots[:limit], lambda line: _sorted(below[line.id], sort.of_replies)), following)


def _page(found: list[CommentLine], kind: str, sort: Sort, limit: int) -> Thread:
    heads = found[:limit]
    below: defaultdict[int | None, list[CommentLine]] = defaultdict(list)
    for line in _first_replies([head.id for head in heads if head.descendant_count], sort.of_replies):
        below[line.parent_id].append(line)
    following = cursor(kind, sort, heads[-1]) if found[limit:] else None
    return Thread(_flat(heads, lambda line: _sorted(below[line.id], sort.of_replies)), following)


def _flat(
    lines: Sequence[CommentLine], replies_of: Callable[[CommentLine], Sequence[CommentLine]]
) -> list[CommentLine]:
    """Every line right before its replies, told how much of what is below is not here."""
    flat: list[CommentLine] = []
    waiting = list(reversed(lines))
    while waiting:
        line = waiting.pop()
        direct = replies_of(line)
        here = sum(reply.descendant_count + (reply.state == Comment.State.PUBLISHED) for reply in direct)
        flat.append(replace(line, hidden_count=line.descendant_count - here))
        waiting.extend(reversed(direct))
    return flat


def _sorted(lines: Iterable[CommentLine], sort: Sort) -> list[CommentLine]:
    return sorted(lines, key=lambda line: place_of(line, sort), reverse=sort.is_descending)


def _first_replies(parent_ids: Sequence[int], sort: Sort) -> list[CommentLine]:
    """The first ``FIRST_REPLIES`` replies to each of these comments, one short range read per parent."""
    if not parent_ids:
        return []
    direction = "DESC" if sort.is_descending else "ASC"
    one = (
        "SELECT id FROM (SELECT id FROM discussion_comment"  # noqa: S608 (names of ours)
        f" WHERE parent_id = %s AND is_shown ORDER BY {sort.column} {direction}, id {direction}"
        f" LIMIT {FIRST_REPLIES}) AS first"
    )
    with connection.cursor() as asking:
        asking.execute(" UNION ALL ".join([one] * len(parent_ids)), list(parent_ids))
        ids: list[Any] = asking.fetchall()
    return read(Comment.objects.filter(pk__in=[comment_id for (comment_id,) in ids]))
