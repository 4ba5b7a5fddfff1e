"""The measured processes: each does one thing in the data folder that ``VERITE_DATA`` names, and prints JSON.

It says "ready" first, and waits for a line, so that several begin at one moment.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

SIZES = (13, 1_000, 10_000, 100_000)
DEEP_PAGE = 1_000
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


def threads() -> dict[str, Any]:
    """Fill threads of each size.

    Returns:
        ``films`` and their ``slugs`` by the length of their threads; of the longest, in each order, the ``cursors``
        of a page far down, and how many comments are ``shown`` on the first page and there.
    """
    from tests.discussion.crowd import fill_thread
    from tests.talking import NOON, a_film, a_guest
    from verite.catalogue.models import Film
    from verite.core import db
    from verite.discussion.orders import Sort
    from verite.discussion.queries import talk_of, thread

    _ready()
    films = {}
    for size in SIZES:
        films[size] = film = a_film()
        fill_thread(film, size, participant_id=a_guest(), since=NOON)
    db.look_at_tables_anew()
    talk, cursors, shown = talk_of(film), {}, {}
    for sort in Sort:
        page = first = thread(film, sort, talk=talk)
        for _page in range(DEEP_PAGE - 1):
            cursors[sort], page = page.next, thread(film, sort, after=page.next, talk=talk)
        shown[sort] = len(first.items), len(page.items)
    slugs = {size: Film.objects.values_list("slug", flat=True).get(pk=films[size]) for size in SIZES}
    return {"films": films, "slugs": slugs, "cursors": cursors, "shown": shown}


def crowd(count: int) -> float:
    """Fill the site up to so many comments, under films of their own; seconds that it takes."""
    from tests.discussion.crowd import crowd_thread
    from tests.talking import NOON, a_film, a_guest
    from verite.core import db
    from verite.discussion.models import Comment

    _ready()
    begun = time.perf_counter()
    left = count - Comment.objects.count()
    while left > 0:
        size = min(SIZES[-2], left)
        crowd_thread(a_film(), size, participant_id=a_guest(), since=NOON)
        left -= size
    db.look_at_tables_anew()
    return time.perf_counter() - begun


def read(films: dict[str, int], cursors: dict[str, str], samples: int) -> dict[str, list[float]]:
    """Milliseconds of processor time of pages' queries, with all that is made of their rows, many times in turn."""
    from verite.discussion.orders import Sort
    from verite.discussion.queries import thread

    _ready()
    reads: dict[str, Callable[[], object]] = {}
    for sort in Sort:
        for size, film in films.items():
            reads[f"{sort}, {size}"] = partial(thread, film, sort)
        reads[f"{sort}, deep"] = partial(thread, film, sort, after=cursors[sort])
    taken: dict[str, list[float]] = {name: [] for name in reads}
    for _sample in range(samples):
        for name, act in reads.items():
            begun = time.process_time()
            act()
            taken[name].append(1000 * (time.process_time() - begun))
    return taken


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
        case ["threads"]:
            found = threads()
        case ["crowd", count]:
            found = crowd(int(count))
        case ["read", given]:
            found = read(*json.loads(given))
        case ["film"]:
            from tests.talking import a_film

            _ready()
            found = a_film()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
