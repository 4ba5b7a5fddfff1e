"""``python -m bench.moving_in [FILMS COMMENTS]``: writes a site, as its export and as a dump of its database.

Each is imported twice in a process of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.imports.measured import measured_apart
from bench.moving_in.dump import write_dump
from bench.moving_in.site import write_site
from bench.report import Figure, publish

FILMS, COMMENTS = 10_000, 200_000
# Of each kind of file: its name, what writes it, and how many seconds it may take.
KINDS: tuple[tuple[str, Callable[[Path, int, int], None], int], ...] = (
    ("site.xml", write_site, 300),
    ("site.sql", write_dump, 480),
)
# From a tenth of the films to the last; what grows is the database's own page cache, which has a cap.
GOAL_GROWTH_MB = 32


def main() -> bool:
    films, comments = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (FILMS, COMMENTS)
    figures: list[Figure] = []
    changed = 0
    for name, write, goal in KINDS:
        with tempfile.TemporaryDirectory(prefix="verite-bench-") as folder:
            source = Path(folder) / name
            write(source, films, comments)
            measured = measured_apart(source, films // 10)
            said = f"{films:,} films with {comments:,} comments ({name}, {source.stat().st_size / 1024**2:,.0f} MB)"
        figures += _figures(said, measured, goal * max(films / FILMS, comments / COMMENTS))
        changed += measured["second"]["changed"]
    return publish(
        "moving_in",
        "A WordPress site moves in",
        figures,
        [
            f"{changed} films changed in the second runs (there may be none).",
            "Memory grows by the film with the most comments (a fifteenth of all), which is one batch of many writes.",
            "3 GB: see moving_in_large.md.",
            "The dump holds 10 single ratings for each film and 3 votes for every two comments beside.",
            f"Load of the machine at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors.",
        ],
    )


def _figures(said: str, measured: dict[str, Any], goal: float) -> Iterator[Figure]:
    first, second = measured["first"], measured["second"]
    yield Figure(
        f"{said}, {measured['database']}",
        f"≤ {goal:,.0f} s",
        f"{first['seconds']:,.0f} s",
        first["seconds"] <= goal,
    )
    yield Figure("the same, by processor time alone", "", f"{first['processor_seconds']:,.0f} s")
    yield Figure(
        f"memory (RSS) after {first['early_films']:,} films and after all",
        f"≤ {GOAL_GROWTH_MB} MB more",
        f"{first['early_mb']:.0f} MB, {first['late_mb']:.0f} MB",
        first["late_mb"] - first["early_mb"] <= GOAL_GROWTH_MB,
    )
    yield Figure(
        "the same file again, which changes nothing (by processor time)",
        "",
        f"{second['seconds']:,.0f} s ({second['processor_seconds']:,.0f} s)",
    )
    yield Figure("the longest batch of the first run", "", f"{first['longest_ms']:,.0f} ms")


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
