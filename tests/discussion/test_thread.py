"""Reading threads: every comment once, in every order, at a cost that does not grow with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.discussion.crowd import fill_thread
from tests.talking import NOON, a_film, a_guest, after
from verite.accounts.keys import LABELS
from verite.catalogue import keys as catalogue_keys
from verite.catalogue.models import Film
from verite.core.freshness import recording
from verite.core.paging import BadCursor
from verite.discussion import keys
from verite.discussion.actions import cast_vote, delete_comment, hold_comment, post_comment
from verite.discussion.models import Comment
from verite.discussion.orders import Sort, place_of
from verite.discussion.queries import (
    CommentLine,
    Thread,
    activity_of,
    comment_with_ancestors,
    recount,
    replies,
    talk_of,
    thread,
    threads,
)
from verite.discussion.queries.latest import latest_of_film
from verite.discussion.queries.selection import FIRST_REPLIES
from verite.discussion.queries.threads import cursor_below

pytestmark = pytest.mark.django_db

MANY = 3_000
SIZES = (13, 200, 201, 1_000)
every_sort = pytest.mark.parametrize("sort", Sort)


def filled(count: int, *, who: int | None = None) -> int:
    film = a_film()
    fill_thread(film, count, participant_id=who or a_guest(), since=NOON)
    return film


def pages(read: Callable[[str | None], Thread]) -> Iterator[Thread]:
    page = read(None)
    yield page
    while page.next:
        page = read(page.next)
        yield page


def in_order(lines: list[CommentLine], sort: Sort) -> bool:
    places = [place_of(line, sort) for line in lines]
    return places == sorted(places, reverse=sort.is_descending)


@pytest.mark.parametrize("count", SIZES)
def test_what_fills_threads_for_tests_keeps_every_count(count: int) -> None:
    assert not recount(filled(count))


@every_sort
@pytest.mark.parametrize("count", SIZES)
def test_every_root_is_met_once_in_order_and_each_reply_stands_below_its_parent(
    count: int, sort: Sort
) -> None:
    film = filled(count)
    seen = [line for page in pages(lambda after: thread(film, sort, after=after)) for line in page.items]

    roots = [line for line in seen if line.parent_id is None]
    assert in_order(roots, sort)
    assert {root.id for root in roots} == set(
        Comment.objects.filter(film=film, parent=None).values_list("pk", flat=True)
    )
    assert len({line.id for line in seen}) == len(seen)
    for root in roots:
        direct = [line for line in seen if line.parent_id == root.id]
        assert in_order(direct, sort.of_replies)
        below = [line for line in seen if line.root_id == root.id and line.id != root.id]
        hidden = sum(line.hidden_count for line in [root, *below])
        assert len(below) + hidden == root.descendant_count
    stack: list[int] = []
    for line in seen:
        del stack[line.depth :]
        assert line.parent_id == (stack[-1] if stack else None)
        stack.append(line.id)


@every_sort
def test_a_long_thread_shows_the_first_replies_and_a_fold_goes_on_where_they_end(sort: Sort) -> None:
    film = filled(1_000)
    busiest = max(
        (
            line
            for page in pages(lambda after: thread(film, sort, after=after))
            for line in page.items
            if not line.depth
        ),
        key=lambda line: line.reply_count,
    )
    assert busiest.reply_count > 50
    page = next(
        page for page in pages(lambda after: thread(film, sort, after=after)) if busiest in page.items
    )
    shown = [line for line in page.items if line.parent_id == busiest.id]
    assert len(shown) == FIRST_REPLIES

    def go_on(after: str | None) -> Thread:
        return replies(busiest.id, sort, after=after or cursor_below(shown[-1], sort), limit=20)

    rest = [line for page in pages(go_on) for line in page.items if line.parent_id == busiest.id]
    met = [line.id for line in shown + rest]
    assert len(met) == len(set(met)) == busiest.reply_count
    assert in_order(shown + rest, sort.of_replies)


@every_sort
def test_short_and_long_threads_come_in_the_same_order(sort: Sort, monkeypatch: pytest.MonkeyPatch) -> None:
    film = filled(150)

    def roots() -> list[int]:
        return [line.id for line in thread(film, sort, limit=50).items if line.parent_id is None]

    whole = roots()
    monkeypatch.setattr(threads, "READ_WHOLE", -1)

    assert roots() == whole


@every_sort
def test_a_cursor_belongs_to_one_order_of_one_list(sort: Sort) -> None:
    film, other = filled(300), filled(300)
    cursor = thread(film, sort).next
    assert cursor

    wrongly: list[Callable[[], Thread]] = [
        *(partial(thread, film, another, after=cursor) for another in Sort if another is not sort),
        lambda: thread(other, sort, after=cursor),
        lambda: replies(1, sort, after=cursor),
        lambda: thread(film, sort, after=""),
        lambda: thread(film, sort, after=cursor[:-1]),
    ]
    for wrong in wrongly:
        with pytest.raises(BadCursor):
            wrong()


def test_a_comment_that_arrives_while_somebody_reads_is_met_at_most_once_and_hides_no_other() -> None:
    film = filled(300)
    first = thread(film, Sort.NEWEST)
    post_comment(film, a_guest(), "meanwhile", now=after(10_000))

    rest = [
        line
        for page in pages(lambda after: thread(film, Sort.NEWEST, after=after or first.next))
        for line in page.items
    ]

    roots = [line.id for line in [*first.items, *rest] if not line.depth]
    assert len(roots) == len(set(roots)) == talk_of(film).root_count - 1


@every_sort
@pytest.mark.parametrize("count", [13, MANY])
def test_statements_are_few_whatever_the_length(count: int, sort: Sort) -> None:
    guest = a_guest()
    film = filled(count, who=guest)
    page = thread(film, sort)
    top = page.items[0]
    deep = Comment.objects.filter(film=film).order_by("-depth").values_list("pk", flat=True)[0]
    talk = talk_of(film)
    reads: list[tuple[Callable[[], object], int]] = [
        (lambda: thread(film, sort, talk=talk), 1),
        (lambda: thread(film, sort, talk=talk, after=page.next, viewer_id=guest), 1),
        (lambda: thread(film, sort), 2),
        (lambda: replies(top.id, sort, viewer_id=guest), 1),
        (lambda: comment_with_ancestors(deep, viewer_id=guest), 2),
        (lambda: latest_of_film(film, limit=20), 1),
        (lambda: talk_of(film), 1),
        (lambda: activity_of(guest, is_own=True), 1),
        (lambda: activity_of(guest, is_own=False, after=activity_of(guest, is_own=False, limit=5).next), 3),
    ]
    for read, most in reads:
        with CaptureQueriesContext(connection) as asked:
            read()
        assert len(asked) <= most, [query["sql"] for query in asked]


SHORT_LISTS = ("heads", "listed", "equal", "beyond", "shown", "waiting")


def faults(plan: list[str]) -> list[str]:
    """Steps of SQLite's plan that read rows which are not asked for, or sort more than a page of them."""
    scans = [step for step in plan if step.startswith("SCAN ") and step.split()[1] not in SHORT_LISTS]
    sorts = [step for before, step in pairwise(plan) if "TEMP B-TREE" in step and "SCAN " not in before]
    return scans + sorts


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The planner of PostgreSQL decides by the data.")
@every_sort
def test_no_statement_of_a_long_thread_scans_or_sorts_siblings(sort: Sort) -> None:
    guest = a_guest()
    film = filled(MANY, who=guest)
    next_page = thread(film, sort).next
    busiest = Comment.objects.filter(film=film).order_by("-reply_count")[0].pk
    after_five = replies(busiest, sort, limit=5).next
    with CaptureQueriesContext(connection) as asked:
        thread(film, sort, viewer_id=guest)
        thread(film, sort, after=next_page, viewer_id=guest)
        replies(busiest, sort, viewer_id=guest)
        replies(busiest, sort, after=after_five, viewer_id=guest)
        latest_of_film(film, limit=20)
        activity_of(guest, is_own=True)
    for query in asked:
        plan = plan_of(query["sql"])
        assert not faults(plan), (plan, query["sql"])


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def test_a_page_of_a_thread_depends_on_it() -> None:
    film = filled(13)
    busiest = Comment.objects.filter(film=film).order_by("-reply_count")[0].pk
    reads: list[tuple[Callable[[], object], set[str]]] = [
        (lambda: thread(film, Sort.BEST), {LABELS}),
        (lambda: replies(busiest, Sort.BEST), {LABELS}),
        (lambda: latest_of_film(film, limit=20), set()),
        (lambda: talk_of(film), set()),
    ]
    for read, more in reads:
        with recording() as shown:
            read()
        assert shown.keys == {keys.talk(film), *more}


def test_a_comment_in_its_place_depends_on_its_film_too_which_it_names() -> None:
    film = filled(13)
    comment = thread(film, Sort.BEST).items[0].id

    with recording() as shown:
        comment_with_ancestors(comment)

    assert shown.keys == {keys.talk(film), catalogue_keys.film(film), LABELS}


def test_a_comment_is_read_with_all_that_it_answers() -> None:
    film, guest = a_film("Nanook of the North"), a_guest()
    above: list[int] = []
    for number in range(30):
        above.append(
            post_comment(
                film, guest, f"{number}", parent_id=above[-1] if above else None, now=after(number)
            ).comment_id
        )
    delete_comment(above[27], guest)

    lineage = comment_with_ancestors(above[29])

    assert lineage is not None
    assert lineage.film_title == "Nanook of the North"
    assert [line.id for line in lineage.ancestors] == [above[0], *above[9:29]]
    assert lineage.left_out == 8
    assert lineage.comment.id == above[29]
    assert [line.author is None for line in lineage.ancestors][-2:] == [True, False]


def test_a_comment_without_a_place_has_no_page() -> None:
    film, guest = a_film(), a_guest()
    held, deleted = (post_comment(film, guest, f"{number}", now=NOON).comment_id for number in range(2))
    hold_comment(held)
    delete_comment(deleted, guest)
    draft = post_comment(film, guest, "of a draft", now=NOON).comment_id
    assert comment_with_ancestors(draft)
    Film.objects.filter(pk=film).update(state=Film.State.DRAFT)

    assert [comment_with_ancestors(each) for each in (held, deleted, draft, 10**9)] == [None] * 4


def test_everybody_sees_what_somebody_said_and_only_they_what_waits() -> None:
    film, guest = a_film("Nanook of the North"), a_guest()
    said = [post_comment(film, guest, f"{number}", now=after(number // 2)).comment_id for number in range(6)]
    hold_comment(said[1])
    delete_comment(said[2], guest)

    def ids(*, is_own: bool) -> list[int]:
        found: list[int] = []
        page = activity_of(guest, is_own=is_own, limit=2)
        found += [each.id for each in page.items]
        while page.next:
            page = activity_of(guest, is_own=is_own, limit=2, after=page.next)
            found += [each.id for each in page.items]
        return found

    assert ids(is_own=False) == [said[number] for number in (5, 4, 3, 0)]
    assert ids(is_own=True) == [said[number] for number in (5, 4, 3, 1, 0)]
    (latest, *_others) = activity_of(guest, is_own=True).items
    assert (latest.film_title, latest.html, latest.state) == (
        "Nanook of the North",
        "<p>5</p>\n",
        "published",
    )


def test_votes_move_comments_in_the_orders_that_count_them() -> None:
    film = a_film()
    first, second, third = (
        post_comment(film, a_guest(), f"{number}", now=after(number)).comment_id for number in range(3)
    )
    people = [a_guest() for _ in range(6)]
    for voter in people[:4]:
        cast_vote(first, voter, 1, now=NOON)
    for voter in people[4:]:
        cast_vote(first, voter, -1, now=NOON)
    cast_vote(second, people[0], -1, now=NOON)

    orders = {sort: [line.id for line in thread(film, sort).items] for sort in Sort}

    assert orders == {
        Sort.NEWEST: [third, second, first],
        Sort.OLDEST: [first, second, third],
        Sort.MOST_VOTED: [first, third, second],
        Sort.BEST: [first, third, second],
        Sort.CONTROVERSIAL: [first, third, second],
    }
