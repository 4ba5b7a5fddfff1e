"""A film's thread, and pieces of it.

A page shows some comments that answer none: of a short thread with all that is below them, of a long one each
with its first replies, saying how much more there is. What it costs does not depend on how long the thread is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from django.db.models import Q

from verite.catalogue import keys as catalogue_keys
from verite.catalogue.models import Film
from verite.core import freshness
from verite.discussion import keys
from verite.discussion.counting import ancestor_ids
from verite.discussion.models import Comment, FilmTalk
from verite.discussion.orders import Place, Sort, cursor, is_after, place_of, read_cursor
from verite.discussion.queries import selection
from verite.discussion.queries.comments import CommentLine, read
from verite.discussion.queries.selection import MOST_WAITING

PER_PAGE = 20
READ_WHOLE = 200
MOST_AT_ONCE = 2 * READ_WHOLE + MOST_WAITING
NEAREST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """How much is said about a film, of which kinds, and whether more may be said.

    ``anchor_count`` counts passages and moments that have, or once had, notes or a question.
    """

    comment_count: int = 0
    root_count: int = 0
    participant_count: int = 0
    is_closed: bool = False
    question_count: int = 0
    asks_count: int = 0
    source_count: int = 0
    correction_count: int = 0
    review_note_count: int = 0
    part_note_count: int = 0
    anchor_count: int = 0


COUNTS_OF_TALK = tuple(field.name for field in fields(Talk))
"""The columns of ``FilmTalk`` that a ``Talk`` is made of."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Some comments in the order in which they are shown, each right after what it answers.

    The reader's own that wait for a moderator are on the page of what they answer, in their order; those that
    answer none, on the first page.

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
    row = FilmTalk.objects.filter(film=film_id).values_list(*COUNTS_OF_TALK).first()
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
    """``limit`` comments on a film that answer none, with replies, in one statement.

    It takes a second one if ``talk`` is not told, and a third if most of a short thread has been removed.

    Args:
        after: the ``next`` of the page before.
        talk: ``talk_of(film_id)``, where it has been read already.
        viewer_id: the participant who reads, if they are one: see ``CommentLine.own_vote`` and ``Thread``.

    Raises:
        BadCursor: ``after`` belongs to another order or another film.
    """
    kind = _of_film(film_id)
    place = read_cursor(after, kind, sort) if after is not None else None
    talk = talk or talk_of(film_id)
    freshness.depends_on(keys.talk(film_id))
    given = {"film": film_id, **selection.after(place)}
    if talk.comment_count <= READ_WHOLE:
        whole = selection.branches(sort, place, most=limit + 1, most_below=MOST_AT_ONCE)
        branches = read(whole, given, viewer_id=viewer_id)
        if len(branches) < MOST_AT_ONCE:
            return _page(branches, kind, sort, place, limit)
    found = read(selection.page(selection.ROOTS, sort, place, most=limit + 1), given, viewer_id=viewer_id)
    return _page(found, kind, sort, place, limit)


def replies(
    comment_id: int,
    sort: Sort,
    *,
    after: str | None = None,
    limit: int = PER_PAGE,
    viewer_id: int | None = None,
) -> Thread:
    """``limit`` direct replies to a comment, each with its own first replies, in one statement.

    For "show more replies": they come in the order of replies under ``sort``, after those that a page shows.

    Args:
        after: ``CommentLine.replies_after``, or the ``next`` of the page before.
        viewer_id: the participant who reads, as for ``thread``.

    Raises:
        BadCursor: ``after`` belongs to another order or another comment.
    """
    kind, sort = _of_comment(comment_id), sort.of_replies
    place = read_cursor(after, kind, sort) if after is not None else None
    given = {"parent": comment_id, **selection.after(place)}
    found = read(selection.page(selection.REPLIES, sort, place, most=limit + 1), given, viewer_id=viewer_id)
    freshness.depends_on(*(keys.talk(line.film_id) for line in found[:1]))
    return _page(found, kind, sort, place, limit, parent_id=comment_id)


def cursor_before(root: CommentLine, sort: Sort) -> str:
    """The cursor with which ``thread`` begins at a comment that answers none, wherever it stands."""
    just_before = root._replace(id=root.id + (1 if sort.is_descending else -1))
    return cursor(_of_film(root.film_id), sort, just_before)


def cursor_below(reply: CommentLine, sort: Sort) -> str:
    """The cursor with which ``replies`` to the same comment goes on after one that is shown."""
    return cursor(_of_comment(reply.parent_id), sort.of_replies, reply)


def _of_film(film_id: int) -> str:
    return f"talk-{film_id}"


def _of_comment(comment_id: int | None) -> str:
    return f"replies-{comment_id}"


def comment_with_ancestors(comment_id: int, *, viewer_id: int | None = None) -> Lineage | None:
    """A comment on a public film and what it answers, in two queries; None if it has no place on pages.

    One that waits for a moderator has a place on the pages of its author, ``viewer_id``.
    """
    has_a_place = Q(is_shown=True)
    if viewer_id is not None:
        has_a_place |= Q(state=Comment.State.HELD, participant=viewer_id)
    comment = (
        Comment.objects.filter(has_a_place, pk=comment_id, film__state=Film.State.PUBLISHED)
        .values_list("film_id", "film__slug", "film__title", "path")
        .first()
    )
    if comment is None:
        return None
    film_id, slug, title, path = comment
    freshness.depends_on(keys.talk(film_id), catalogue_keys.film(film_id))
    above = ancestor_ids(path)
    kept = above if len(above) <= NEAREST_ANCESTORS + 1 else [above[0], *above[-NEAREST_ANCESTORS:]]
    found = read(selection.these([*kept, comment_id]), {}, viewer_id=viewer_id)
    *ancestors, own = sorted(found, key=lambda line: line.depth)
    return Lineage(slug, title, ancestors, own, len(above) - len(kept))


def _page(
    found: Iterable[CommentLine],
    kind: str,
    sort: Sort,
    place: Place | None,
    limit: int,
    parent_id: int | None = None,
) -> Thread:
    """``limit`` of the comments right below one (None: of those that answer none), with all that is found below.

    What only the reader sees comes in addition to those, and what sticks, before them; they have no part in
    cursors.
    """
    siblings: defaultdict[int | None, list[CommentLine]] = defaultdict(list)
    for line in found:
        siblings[line.parent_id].append(line)
    heads = _sorted(siblings.pop(parent_id, ()), sort)
    if place is not None:
        comes_later = is_after(sort, place)
        heads = [head for head in heads if head.is_counted and comes_later(place_of(head, sort))]
    counted = [head for head in heads if head.is_counted]
    beyond = {head.id for head in counted[limit:]}
    here = [head for head in heads if head.id not in beyond]
    here.sort(key=lambda head: not head.is_sticky)
    following = cursor(kind, sort, counted[limit - 1]) if beyond else None
    below = {above: _sorted(lines, sort.of_replies) for above, lines in siblings.items()}
    return Thread(_flat(here, below, sort), following)


def _flat(
    lines: Sequence[CommentLine], below: Mapping[int | None, Sequence[CommentLine]], sort: Sort
) -> list[CommentLine]:
    """Every line right before its replies, told how much of what is below is not here, and where that begins."""
    flat: list[CommentLine] = []
    waiting = list(reversed(lines))
    while waiting:
        line = waiting.pop()
        if direct := below.get(line.id):
            line = _with_fold(line, direct, sort)
            waiting.extend(reversed(direct))
        flat.append(line)
    return flat


def _with_fold(line: CommentLine, direct: Sequence[CommentLine], sort: Sort) -> CommentLine:
    here = sum(reply.descendant_count + (reply.state == Comment.State.PUBLISHED) for reply in direct)
    hidden = line.descendant_count - here
    others = [reply for reply in direct if not reply.is_for_its_author]
    after = cursor_below(others[-1], sort) if hidden and others else None
    return line._replace(hidden_count=hidden, replies_after=after)


def _sorted(lines: Iterable[CommentLine], sort: Sort) -> list[CommentLine]:
    return sorted(lines, key=attrgetter(sort.column, "id"), reverse=sort.is_descending)
