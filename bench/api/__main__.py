"""`python -m bench.api`: prints each figure beside its goal; exit status 1 when one is missed."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from bench.report import Figure, publish
from bench.serving.machine import Load, NotMeasurable, load
from bench.serving.servers import film_path, verite_server

CONNECTIONS = 16
# A cookie of ours takes a request past the page cache, into the view.
COOKIES = {"made anew": "verite-bench=1", "kept": ""}
GOALS = {"made anew": 0.8, "kept": 1.0}
PAGE, CALL = "page", "API"

REMARKS = (
    "One core for the server, the other for whoever asks it; both kinds in turn, medians of the ratios of rounds.",
    "The film page of the demo that weighs most, and the same film by the API.",
    "Made anew: past the page cache, as for whoever has a cookie of the site.",
    "Microseconds are processor time per request, and wander less than rates do when others use the machine.",
)


def run(*, seconds: int, rounds: int) -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    loads: defaultdict[tuple[str, str], list[Load]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as data, verite_server(Path(data)) as server:
        path = film_path(server)
        paths = {PAGE: path, CALL: f"/api/v1{path}".removesuffix("/")}
        for _ in range(rounds):
            for how, cookie in COOKIES.items():
                for what, asked in paths.items():
                    found = load(server.url(asked), CONNECTIONS, seconds, server.process, cookie=cookie)
                    loads[what, how].append(found)
    figures = [_figure(how, loads[CALL, how], loads[PAGE, how]) for how in COOKIES]
    worst = max(each.disturbance for runs in loads.values() for each in runs)
    figures.append(Figure("cores that other programs kept busy, at worst", "", f"{worst:.2f}"))
    return publish("api", "The API", figures, REMARKS)


def _figure(how: str, calls: list[Load], pages: list[Load]) -> Figure:
    ratio = median(call.rate / page.rate for call, page in zip(calls, pages, strict=True))
    return Figure(
        f"film by the API / film page, {how}, {CONNECTIONS} connections",
        f"≥ {GOALS[how]:.2f}",
        f"{ratio:.2f} ({_rate(calls)} / {_rate(pages)}; {_cpu(calls)} / {_cpu(pages)})",
        ratio >= GOALS[how],
    )


def _rate(loads: list[Load]) -> str:
    return f"{median(each.rate for each in loads):,.0f}/s"


def _cpu(loads: list[Load]) -> str:
    return f"{median(each.cpu for each in loads):,.1f} µs"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run (default: 5)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    args = parser.parse_args()
    if missing := [tool for tool in ("taskset", "wrk") if shutil.which(tool) is None]:
        sys.exit(f"bench.api: {', '.join(missing)} missing: apt-get install util-linux wrk")
    try:
        sys.exit(0 if run(seconds=args.seconds, rounds=args.rounds) else 1)
    except NotMeasurable as error:
        sys.exit(f"bench.api: {error}")
