"""``python -m bench.talk``: writes comments, alone and in four processes, and reads threads of up to 100,000."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.report import Figure, publish

WRITERS = 4
EACH = 500
GOAL_PER_SECOND = 350
MOST_P99_MS, MOST_MS = 30, 80
MOST_GROWTH, MOST_DEEPER = 2.0, 1.5
KINDS = ("best", "newest", "oldest", "most-voted", "controversial")


def main() -> bool:
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as folder:
        data = Path(folder)
        film = str(_measured(data, "film"))
        (alone,) = _written(data, film, 1)
        together = _written(data, film, WRITERS)
        read = _measured(data, "read")
    return publish("talk", "Talk", [*_writing(alone, together), *_reading(read)], REMARKS)


REMARKS = (
    "Writing: the action itself, in process, with `synchronous=FULL`, every second comment a reply, all on one film.",
    "Reading: processor time of `thread` for each comment shown, SQL and dataclasses; median of 200.",
)


def _writing(alone: dict[str, Any], together: list[dict[str, Any]]) -> list[Figure]:
    rate = len(alone["seconds"]) / sum(alone["seconds"])
    waits = sorted(1000 * second for writer in together for second in writer["seconds"])
    p99 = quantiles(waits, n=100)[98]
    errors = sum(len(writer["errors"]) for writer in together)
    return [
        Figure(
            "comments in a bare loop", f"≥ {GOAL_PER_SECOND}/s", f"{rate:,.0f}/s", rate >= GOAL_PER_SECOND
        ),
        Figure(
            "processor time of one of them", "", f"{1000 * alone['processor'] / len(alone['seconds']):.2f} ms"
        ),
        Figure(
            f"{WRITERS} processes at once, one comment",
            f"p99 ≤ {MOST_P99_MS} ms, max ≤ {MOST_MS} ms",
            f"p99 {p99:.1f} ms, max {waits[-1]:.1f} ms",
            p99 <= MOST_P99_MS and waits[-1] <= MOST_MS,
        ),
        Figure("lock errors among them", "0", str(errors), errors == 0),
    ]


def _reading(read: dict[str, dict[str, float]]) -> list[Figure]:
    figures = [
        Figure(
            f"first page of a thread of {int(size):,}, {kind}",
            "",
            f"{1000 * read[size][f'first, {kind}']:.0f} µs",
        )
        for kind in KINDS
        for size in read
    ]
    for kind in KINDS:
        growth = read["100000"][f"first, {kind}"] / read["10000"][f"first, {kind}"]
        figures.append(
            Figure(
                f"of 100,000 to that of 10,000, {kind}",
                f"≤ {MOST_GROWTH} ×",
                f"{growth:.2f} ×",
                growth <= MOST_GROWTH,
            )
        )
    for kind in ("best", "newest"):
        deep, first = read["100000"][f"deep, {kind}"], read["100000"][f"first, {kind}"]
        figures.append(
            Figure(
                f"page 1,000 of 100,000 by cursor, {kind}, to the first",
                f"≤ {MOST_DEEPER} ×",
                f"{1000 * deep:.0f} µs, {deep / first:.2f} ×",
                deep <= MOST_DEEPER * first,
            )
        )
    return figures


def _written(data: Path, film: str, writers: int) -> list[dict[str, Any]]:
    running = [_start(data, "write", str(EACH), film, f"{writers}.{number}") for number in range(writers)]
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return [json.loads(process.communicate()[0]) for process in running]


def _measured(data: Path, *arguments: str) -> Any:
    return json.loads(_start(data, *arguments).communicate()[0])


def _start(data: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.talk.measured", *arguments],
        env={**os.environ, "VERITE_DATA": str(data)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
