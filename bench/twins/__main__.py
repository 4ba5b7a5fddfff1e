"""`python -m bench.twins`: the film page against its twins; exit status 1 when a goal is missed."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from bench.report import Figure, publish
from bench.serving.machine import Load, NotMeasurable, load, wait_until_quiet
from bench.serving.servers import film_path, verite_server

# (which of our answers, which twin) → how many times its rate ours has to be.
GOALS = {
    ("kept", "ordinary"): 300,
    ("kept", "tuned"): 25,
    ("anew", "ordinary"): 25,
}
WORDS = {
    "kept": "film page from the page cache",
    "anew": "film page rendered anew",
    "ordinary": "ordinary Django",
    "tuned": "tuned Django with Jinja2",
}
# A cookie of ours takes a request past the page cache, into the view.
PAST_THE_CACHE = "verite-bench=1"
CONNECTIONS = 16

REMARKS = (
    "The twins show the same facts of the same film, from the same database, through the same server.",
    "Rendered anew: the request carries a cookie of ours, so the view answers, from pieces that still stand.",
    "There are no comments yet: they come with the second issue, and so does goal 5 with fifty of them.",
    "One core for the server, the other for whoever asks it; medians of the ratios of each round.",
)


def run(*, seconds: int, rounds: int) -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    loads: defaultdict[str, list[Load]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as name:
        data = Path(name)
        with (
            verite_server(data) as ours,
            verite_server(data, settings="bench.twins.settings_ordinary") as ordinary,
            verite_server(data, settings="bench.twins.settings_tuned") as tuned,
        ):
            path = film_path(ours)
            for _ in range(rounds):
                wait_until_quiet()
                for which, server in {
                    "kept": ours,
                    "anew": ours,
                    "ordinary": ordinary,
                    "tuned": tuned,
                }.items():
                    cookie = PAST_THE_CACHE if which == "anew" else ""
                    loads[which].append(
                        load(server.url(path), CONNECTIONS, seconds, server.process, cookie=cookie)
                    )
    return publish(
        "twins", "The film page and its twins", [_compared(loads, *pair) for pair in GOALS], REMARKS
    )


def _compared(loads: dict[str, list[Load]], ours: str, twin: str) -> Figure:
    goal = GOALS[ours, twin]
    ratio = median(mine.rate / theirs.rate for mine, theirs in zip(loads[ours], loads[twin], strict=True))
    return Figure(
        f"{WORDS[ours]} / {WORDS[twin]}",
        f"≥ {goal}",
        f"{ratio:,.0f} ({_rate(loads[ours])} / {_rate(loads[twin])})",
        ratio >= goal,
    )


def _rate(loads: list[Load]) -> str:
    return f"{median(each.rate for each in loads):,.0f}/s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.twins", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run (default: 5)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    args = parser.parse_args()
    if missing := [tool for tool in ("taskset", "wrk") if shutil.which(tool) is None]:
        sys.exit(f"bench.twins: {', '.join(missing)} missing: apt-get install util-linux wrk")
    try:
        sys.exit(0 if run(seconds=args.seconds, rounds=args.rounds) else 1)
    except NotMeasurable as error:
        sys.exit(f"bench.twins: {error}")
