"""The measured processes: each does one thing in the data folder that ``VERITE_DATA`` names, and prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verite.discussion.queries import Thread

SIZES = (13, 1_000, 10_000, 100_000)
DEEP_PAGE = 1_000
ROUNDS = 200
COMMENT = "The maps are the *most honest* thing here: they do not pretend to be photographs. Number {number}."


def write(count: int, film: int, *, tag: str) -> None:
    """Post comments one after the other, half of them replies; prints seconds of each, and what went wrong."""
    from tests.talking import a_guest
    from verite.core import clock
    from verite.core.db import DatabaseTrouble
    from verite.discussion.actions import post_comment

    guests = [a_guest() for _ in range(20)]
    parent = post_comment(film, guests[0], f"The first of {tag}", now=clock.now()).comment_id
    sys.stdin.readline()
    seconds, errors = [], []
    processor = time.process_time()
    for number in range(count):
        begun = time.perf_counter()
        try:
            post_comment(
                film,
                guests[number % 20],
                COMMENT.format(number=f"{tag}.{number}"),
                parent_id=parent if number % 2 else None,
                now=clock.now(),
            )
        except DatabaseTrouble as error:
            errors.append(str(error))
        seconds.append(time.perf_counter() - begun)
    print(json.dumps({"seconds": seconds, "errors": errors, "processor": time.process_time() - processor}))


def read() -> None:
    """Fill threads of each size; prints median milliseconds for each comment on first pages and on a deep one."""
    from tests.discussion.crowd import fill_thread
    from tests.talking import NOON, a_film, a_guest
    from verite.discussion.orders import Sort
    from verite.discussion.queries import thread

    found: dict[str, dict[str, float]] = {}
    for size in SIZES:
        film = a_film()
        fill_thread(film, size, participant_id=a_guest(), since=NOON)
        found[str(size)] = {
            f"first, {sort}": _milliseconds(lambda film=film, sort=sort: thread(film, sort)) for sort in Sort
        }
    for sort in (Sort.BEST, Sort.NEWEST):
        cursor = thread(film, sort).next
        for _page in range(DEEP_PAGE - 2):
            cursor = thread(film, sort, after=cursor).next
        found[str(size)][f"deep, {sort}"] = _milliseconds(
            lambda sort=sort, cursor=cursor: thread(film, sort, after=cursor)
        )
    print(json.dumps(found))


def _milliseconds(act: Callable[[], Thread]) -> float:
    """Processor time for each comment that a page shows: pages differ in how many replies stand on them."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        shown = len(act().items)
        taken.append((time.process_time() - begun) / shown)
    return 1000 * median(taken)


def main() -> None:
    from verite.project import data_folder

    data_folder.start()
    data_folder.prepare_database()
    match sys.argv[1:]:
        case ["write", count, film, tag]:
            write(int(count), int(film), tag=tag)
        case ["read"]:
            read()
        case ["film"]:
            from tests.talking import a_film

            print(json.dumps(a_film()))


if __name__ == "__main__":
    main()
