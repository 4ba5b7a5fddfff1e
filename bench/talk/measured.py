"""The measured processes: each does one thing in the data folder that ``VERITE_DATA`` names, and prints JSON.

It says "ready" first, and waits for a line, so that several begin at one moment.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verite.discussion.orders import Sort

SIZES = (13, 1_000, 10_000, 100_000)
DEEP_PAGE = 1_000
ROUNDS = 100
GUESTS = 20
COMMENT = "The maps are the *most honest* thing here: they do not pretend to be photographs. Number {number}."

Statement = tuple[str, Any]


def write(count: int, film: int, *, tag: str) -> dict[str, Any]:
    """Post comments while others do the same: seconds of each, and what went wrong."""
    from verite.core.db import DatabaseTrouble

    guests = _guests()
    _ready()
    seconds, errors = [], []
    posting = _posting(count, film, guests, tag)
    for _number in range(count):
        begun = time.perf_counter()
        try:
            next(posting)
        except DatabaseTrouble as error:
            errors.append(str(error))
            posting = _posting(count, film, guests, tag)
        seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds, "errors": errors}


def alone(count: int) -> dict[str, float]:
    """Comments posted by one process, and the very statements that they take, on a copy of the database."""
    from django.db import connection

    from tests.talking import a_film
    from verite.core.db.driver import sqlite_module
    from verite.core.db.sqlite.base import PRAGMAS

    _ready()
    film, guests = a_film(), _guests()
    list(_posting(count, film, guests, "warm"))
    copy = f"{connection.settings_dict['NAME']}.copy"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [copy])
    statements = _recorded(_posting(count, film, guests, "recorded"))
    rate, processor = _measured(lambda: list(_posting(count, film, guests, "measured")), count)
    bare = sqlite_module().connect(copy, isolation_level=None)
    bare.executescript(PRAGMAS)
    bare_rate, bare_processor = _measured(lambda: _repeat(bare, statements), count)
    return {"rate": rate, "processor": processor, "bare_rate": bare_rate, "bare_processor": bare_processor}


def _guests() -> list[int]:
    from tests.talking import a_guest

    return [a_guest() for _ in range(GUESTS)]


def _posting(count: int, film: int, guests: list[int], tag: str) -> Iterator[int]:
    """Comments and answers to the comment before, in turn, one at each step."""
    from verite.core import clock
    from verite.discussion.actions import post_comment

    root = None
    for number in range(count):
        words = COMMENT.format(number=f"{tag}.{number}")
        posted = post_comment(film, guests[number % GUESTS], words, parent_id=root, now=clock.now())
        root = None if root else posted.comment_id
        yield posted.comment_id


def _recorded(posting: Iterator[int]) -> list[Statement]:
    """The statements of each step, as SQLite's own module takes them."""
    from django.db import connection

    statements: list[Statement] = []

    def record(execute: Callable[..., Any], sql: str, given: Any, *others: Any) -> Any:
        statements.append((sql.replace("%s", "?"), tuple(given or ())))
        return execute(sql, given, *others)

    with connection.execute_wrapper(record):
        for _comment in posting:
            statements += [("COMMIT", ())]
    return statements


def _repeat(bare: Any, statements: list[Statement]) -> None:
    for sql, given in statements:
        bare.execute(sql, given).fetchall()


def read() -> dict[str, Any]:
    """Fill threads of each size, and read pages of them in every order.

    Returns:
        ``slugs`` of the films by the length of their threads, ``queries`` (milliseconds for
        first pages, and for deep ones of the longest), and the ``cursor`` of a deep page, newest first.
    """
    from tests.discussion.crowd import fill_thread
    from tests.talking import NOON, a_film, a_guest
    from verite.catalogue.models import Film
    from verite.discussion.orders import Sort
    from verite.discussion.queries import thread

    _ready()
    queries: dict[str, dict[str, float]] = {}
    slugs = {}
    for size in SIZES:
        film = a_film()
        slugs[str(size)] = Film.objects.values_list("slug", flat=True).get(pk=film)
        fill_thread(film, size, participant_id=a_guest(), since=NOON)
        queries[str(size)] = {f"first, {sort}": _milliseconds(film, sort, None) for sort in Sort}
    cursors = {}
    for sort in Sort:
        cursor = thread(film, sort).next
        for _page in range(DEEP_PAGE - 2):
            cursor = thread(film, sort, after=cursor).next
        queries[str(size)][f"deep, {sort}"] = _milliseconds(film, sort, cursor)
        cursors[sort] = cursor
    return {"slugs": slugs, "queries": queries, "cursor": cursors[Sort.NEWEST]}


def fill(slug: str, count: int) -> int:
    """Give a film a thread, in place of what the demo says of it."""
    from tests.discussion.crowd import fill_thread
    from tests.talking import NOON, a_guest
    from verite.catalogue.models import Film
    from verite.core import db, freshness
    from verite.discussion import keys
    from verite.discussion.models import Comment, FilmTalk

    _ready()
    film = Film.objects.values_list("pk", flat=True).get(slug=slug)
    with db.write():
        Comment.objects.filter(film=film, parent=None).delete()
        FilmTalk.objects.filter(film=film).delete()
        fill_thread(film, count, participant_id=a_guest(), since=NOON)
        freshness.touch(keys.talk(film))
    return count


def _ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def _measured(act: Callable[[], object], count: int) -> tuple[float, float]:
    """How many of ``count`` things that ``act`` does are done a second, and milliseconds of processor time of one."""
    begun, processor = time.perf_counter(), time.process_time()
    act()
    processor = time.process_time() - processor
    return count / (time.perf_counter() - begun), 1000 * processor / count


def _milliseconds(film: int, sort: Sort, after: str | None) -> float:
    """Processor time of a page's query, with all that is made of its rows."""
    from verite.discussion.queries import thread

    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        thread(film, sort, after=after)
        taken.append(time.process_time() - begun)
    return 1000 * median(taken)


def main() -> None:
    from verite.project import data_folder

    data_folder.start()
    data_folder.prepare_database()
    match sys.argv[1:]:
        case ["write", count, film, tag]:
            found: Any = write(int(count), int(film), tag=tag)
        case ["alone", count]:
            found = alone(int(count))
        case ["fill", slug, count]:
            found = fill(slug, int(count))
        case ["read"]:
            found = read()
        case ["film"]:
            from tests.talking import a_film

            _ready()
            found = a_film()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
