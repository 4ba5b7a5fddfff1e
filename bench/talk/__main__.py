"""`python -m bench.talk`: comments written and threads read; exit status 1 when a goal is missed."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from bench.report import publish
from bench.serving.machine import CLIENT_CORE, NotMeasurable
from bench.talk import hot_films, long_threads, posting

REMARKS = (
    "One core for the server, the other for whoever asks it; medians of the rounds. Rate limits are off.",
    "Over HTTP every second comment is a reply, all are on one film, each client is a guest of its own.",
    "In process, on both cores: the action itself, and its very statements, recorded and played to SQLite alone.",
    "Hot films: a request is due at its instant whether or not the server keeps up, and waits from then on.",
    "Threads: processor time of the query with all that is made of its rows; pages past the page cache, to one client.",
    "Threads are read in turn, so that noise meets all alike; a page costs by how many comments stand on it.",
)


def run(*, seconds: int, rounds: int) -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as name:
        data = Path(name)
        everywhere = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {CLIENT_CORE})
        found = posting.over_http(data / "posting", seconds=seconds, rounds=rounds)
        hot = hot_films.figures(data / "hot", seconds=seconds, rounds=rounds)
        os.sched_setaffinity(0, everywhere)
        found += posting.in_process(data / "processes")
        found += [*hot, *long_threads.figures(data / "threads")]
    return publish("talk", "Talk", found, REMARKS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.talk", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run (default: 5)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    args = parser.parse_args()
    if missing := [tool for tool in ("taskset", "wrk") if shutil.which(tool) is None]:
        sys.exit(f"bench.talk: {', '.join(missing)} missing: apt-get install util-linux wrk")
    try:
        sys.exit(0 if run(seconds=args.seconds, rounds=args.rounds) else 1)
    except NotMeasurable as error:
        sys.exit(f"bench.talk: {error}")
