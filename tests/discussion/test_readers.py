"""What one reader of a thread meets and no other: their votes, and their words that wait for a moderator."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.discussion.crowd import fill_thread
from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.discussion.actions import cast_vote, hold_comment, post_comment
from verite.discussion.models import Comment
from verite.discussion.orders import Sort
from verite.discussion.queries import (
    CommentLine,
    Thread,
    comment_with_ancestors,
    replies,
    thread,
    threads,
)
from verite.discussion.queries.latest import latest_of_film
from verite.discussion.queries.selection import FIRST_REPLIES, MOST_WAITING

pytestmark = pytest.mark.django_db

every_sort = pytest.mark.parametrize("sort", Sort)
LATE = 10_000


@pytest.fixture(params=["short", "long"])
def any_length(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads are read whole in one half of the tests and by ranges in the other."""
    if request.param == "long":
        monkeypatch.setattr(threads, "READ_WHOLE", -1)


def said(film: int, who: int, minute: float = 0, *, to: int | None = None) -> int:
    return post_comment(film, who, f"Said at {minute}.", parent_id=to, now=after(minute)).comment_id


def waiting(film: int, who: int, minute: float = 0, *, to: int | None = None) -> int:
    comment = said(film, who, minute, to=to)
    hold_comment(comment)
    return comment


def ids(page: Thread) -> list[int]:
    return [line.id for line in page.items]


def every_page(read: Callable[[str | None], Thread]) -> list[Thread]:
    pages = [read(None)]
    while pages[-1].next:
        pages.append(read(pages[-1].next))
    return pages


@pytest.mark.usefixtures("any_length")
def test_a_page_tells_its_reader_how_they_voted() -> None:
    film, reader = a_film(), a_guest()
    liked = said(film, a_guest())
    disliked, other = said(film, a_guest(), 1, to=liked), said(film, a_guest(), 2)
    cast_vote(liked, reader, 1, now=NOON)
    cast_vote(disliked, reader, -1, now=NOON)
    cast_vote(other, a_guest(), 1, now=NOON)

    def votes(lines: list[CommentLine]) -> dict[int, int]:
        return {line.id: line.own_vote for line in lines}

    theirs = {liked: 1, disliked: -1, other: 0}
    nobodys = dict.fromkeys(theirs, 0)
    assert votes(list(thread(film, Sort.BEST, viewer_id=reader).items)) == theirs
    assert votes(list(thread(film, Sort.BEST).items)) == nobodys
    assert votes(list(thread(film, Sort.BEST, viewer_id=a_guest()).items)) == nobodys
    assert votes(list(replies(liked, Sort.BEST, viewer_id=reader).items)) == {disliked: -1}
    lineage = comment_with_ancestors(disliked, viewer_id=reader)
    assert lineage is not None
    assert votes([*lineage.ancestors, lineage.comment]) == {liked: 1, disliked: -1}


@pytest.mark.usefixtures("any_length")
@every_sort
def test_what_waits_stands_in_its_place_for_its_author_and_is_not_there_for_others(sort: Sort) -> None:
    film, author = a_film(), a_member()
    first, second = said(film, a_guest(), 0), said(film, a_guest(), 10)
    reply = said(film, a_guest(), 11, to=second)
    answer = waiting(film, author, 12, to=second)
    later = said(film, a_guest(), 13, to=second)
    deep = waiting(film, author, 14, to=reply)
    root = waiting(film, author, 15)
    third = said(film, a_guest(), 20)

    def shown(viewer: int | None) -> list[int]:
        return ids(thread(film, sort, viewer_id=viewer))

    of_second = (
        [reply, deep, answer, later] if sort.of_replies is Sort.OLDEST else [later, answer, reply, deep]
    )
    in_order = [third, root, second, *of_second, first]
    if not sort.is_descending:
        in_order = [first, second, *of_second, root, third]
    assert shown(author) == in_order
    for other in (None, a_guest(), a_member()):
        assert shown(other) == [each for each in in_order if each not in (root, answer, deep)]


@pytest.mark.usefixtures("any_length")
def test_its_author_reads_what_waits_and_others_read_at_most_that_something_does() -> None:
    film, author = a_film(), a_guest()
    held = said(film, author)
    reply = said(film, a_guest(), 1, to=held)
    hold_comment(held)

    def lines(viewer: int | None) -> list[list[CommentLine]]:
        lineage = comment_with_ancestors(reply, viewer_id=viewer)
        assert lineage is not None
        return [
            list(thread(film, Sort.NEWEST, viewer_id=viewer).items),
            [*lineage.ancestors, lineage.comment],
        ]

    for own, answered in lines(author):
        assert (own.state, own.html, own.author is not None) == ("held", "<p>Said at 0.</p>\n", True)
        assert not own.is_for_its_author  # its place is kept for the reply
        assert answered.id == reply
    for viewer in (None, a_guest()):
        for others, answered in lines(viewer):
            assert (others.state, others.html, others.author) == ("held", "", None)
            assert answered.id == reply


def test_what_is_removed_is_read_by_nobody() -> None:
    film, author = a_film(), a_guest()
    removed = said(film, author)
    said(film, a_guest(), 1, to=removed)
    Comment.objects.filter(pk=removed).update(state="removed")

    line = thread(film, Sort.OLDEST, viewer_id=author).items[0]

    assert (line.state, line.html, line.author) == ("removed", "", None)


def test_a_comment_that_waits_has_a_page_for_its_author_alone() -> None:
    film, author = a_film(), a_guest()
    parent = said(film, a_guest())
    held = waiting(film, author, 1, to=parent)

    own = comment_with_ancestors(held, viewer_id=author)

    assert own is not None
    assert (own.comment.id, own.comment.is_for_its_author) == (held, True)
    assert [line.id for line in own.ancestors] == [parent]
    assert ids(replies(parent, Sort.NEWEST, viewer_id=author)) == [held]
    assert comment_with_ancestors(held) is None
    assert comment_with_ancestors(held, viewer_id=a_guest()) is None
    assert ids(replies(parent, Sort.NEWEST)) == []
    assert held not in latest_of_film(film, limit=20)


def test_what_waits_without_an_author_is_shown_to_nobody() -> None:
    film = a_film()
    held = waiting(film, a_guest())
    Comment.objects.filter(pk=held).update(participant=None)

    assert comment_with_ancestors(held) is None
    assert thread(film, Sort.NEWEST).items == []


@every_sort
def test_what_waits_is_met_once_and_moves_nothing_else(sort: Sort) -> None:
    film, author = a_film(), a_guest()
    fill_thread(film, 400, participant_id=a_guest(), since=NOON)
    busiest = Comment.objects.filter(film=film, parent=None).order_by("-reply_count")[0].pk
    own = {waiting(film, author, minute) for minute in (1, 50, LATE)}
    below = {waiting(film, author, minute, to=busiest) for minute in (1, LATE)}

    def pages(viewer: int | None) -> list[Thread]:
        return every_page(lambda after: thread(film, sort, after=after, viewer_id=viewer))

    def pages_below(viewer: int | None) -> list[Thread]:
        return every_page(lambda after: replies(busiest, sort, after=after, limit=7, viewer_id=viewer))

    for read, mine in ((pages, own | below), (pages_below, below)):
        theirs = [ids(page) for page in read(author)]
        assert sorted(each for page in theirs for each in page if each in mine) == sorted(mine)
        assert [[each for each in page if each not in mine] for page in theirs] == [
            ids(page) for page in read(None)
        ]
        assert own.isdisjoint(each for page in theirs[1:] for each in page)


@every_sort
def test_a_fold_goes_on_after_what_everybody_sees(sort: Sort) -> None:
    film, author = a_film(), a_guest()
    fill_thread(film, 400, participant_id=a_guest(), since=NOON)
    busiest = Comment.objects.filter(film=film, parent=None).order_by("-reply_count")[0]
    waiting(film, author, LATE, to=busiest.pk)

    def folded(viewer: int | None) -> tuple[list[int], CommentLine]:
        for page in every_page(lambda after: thread(film, sort, after=after, viewer_id=viewer)):
            for line in page.items:
                if line.id == busiest.pk:
                    return [each.id for each in page.items if each.parent_id == line.id], line
        raise AssertionError("It stands on no page.")

    shown, line = folded(None)
    of_author, same_line = folded(author)

    assert len(shown) == FIRST_REPLIES == len(of_author) - 1
    assert (line.hidden_count, line.replies_after) == (same_line.hidden_count, same_line.replies_after)
    rest = every_page(
        lambda after: replies(busiest.pk, sort, after=after or line.replies_after, viewer_id=author)
    )
    met = [each.id for page in rest for each in page.items if each.parent_id == busiest.pk]
    assert len({*shown, *met}) == len([*shown, *met]) == busiest.reply_count


def test_whoever_floods_a_thread_meets_the_latest_that_wait() -> None:
    film, flooder = a_film(), a_guest()
    held = [waiting(film, flooder, minute) for minute in range(MOST_WAITING + 3)]

    assert ids(thread(film, Sort.OLDEST, viewer_id=flooder)) == held[3:]
