"""``python -m bench.moving_in [FILMS COMMENTS]``: writes a site, imports it twice in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.moving_in.site import write_site
from bench.report import Figure, publish

FILMS, COMMENTS = 10_000, 200_000
GOAL_SECONDS = 300
# From a tenth of the films to the last; what grows is the database's own page cache, which has a cap.
GOAL_GROWTH_MB = 32


def main() -> bool:
    films, comments = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (FILMS, COMMENTS)
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as folder:
        site = Path(folder) / "site.xml"
        write_site(site, films, comments)
        size = site.stat().st_size / 1024**2
        measured = json.loads(
            subprocess.run(
                [sys.executable, "-m", "bench.imports.measured", str(site), str(films // 10)],
                env={**os.environ, "VERITE_DATA": str(Path(folder) / "data")},
                stdout=subprocess.PIPE,
                check=True,
            ).stdout
        )
    first, second = measured["first"], measured["second"]
    goal = GOAL_SECONDS * max(films / FILMS, comments / COMMENTS)
    growth = first["late_mb"] - first["early_mb"]
    return publish(
        "moving_in",
        "A WordPress site moves in",
        [
            Figure(
                f"{films:,} films with {comments:,} comments ({size:,.0f} MB), {measured['database']}",
                f"≤ {goal:,.0f} s",
                f"{first['seconds']:,.0f} s",
                first["seconds"] <= goal,
            ),
            Figure("the same, by processor time alone", "", f"{first['processor_seconds']:,.0f} s"),
            Figure(
                f"memory (RSS) after {first['early_films']:,} films and after all",
                f"≤ {GOAL_GROWTH_MB} MB more",
                f"{first['early_mb']:.0f} MB, {first['late_mb']:.0f} MB",
                growth <= GOAL_GROWTH_MB,
            ),
            Figure("the same file again, which changes nothing", "", f"{second['seconds']:,.0f} s"),
            Figure("the longest batch of the first run", "", f"{first['longest_ms']:,.0f} ms"),
        ],
        [
            f"{second['changed']} films changed in the second run (there may be none).",
            f"Load of the machine at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors.",
        ],
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
