"""What each comment pays for being told to others, and what a minute costs in which nothing happened."""

from __future__ import annotations

from statistics import median
from time import process_time

from bench.report import Figure
from verite.core import clock
from verite.core.db import run, write
from verite.notifications import jobs
from verite.notifications.actions import announce
from verite.notifications.topics import Topic

ROUNDS, TIMES = 7, 2000
GOAL_MICROSECONDS = 60


def figure() -> Figure:
    """Processor time of one announcement under four topics, without the commit, which the comment pays anyway."""
    micro = median(_announced() for _round in range(ROUNDS))
    return Figure(
        "announcing one comment under four topics, in its transaction",
        f"≤ {GOAL_MICROSECONDS} µs",
        f"{micro:.0f} µs",
        micro <= GOAL_MICROSECONDS,
    )


def idle_figure() -> Figure:
    """Processor time of a look into the outbox when it is empty and no mail is due."""
    began = process_time()
    for _time in range(TIMES):
        jobs.look_into_outbox.call()
    return Figure(
        "a look into the empty outbox, each minute", "", f"{(process_time() - began) / TIMES * 1e6:.0f} µs"
    )


def _announced() -> float:
    now = clock.now()
    topics = [(Topic.FILM, 5), (Topic.THREAD, 77), (Topic.REPLIES, 9), (Topic.MENTIONS, 12)]
    with write():
        began = process_time()
        for number in range(TIMES):
            announce(topics, kind="comment", object_id=number, author_id=4, now=now)
        took = process_time() - began
        run("DELETE FROM notifications_announcement", [])
    return took / TIMES * 1e6
