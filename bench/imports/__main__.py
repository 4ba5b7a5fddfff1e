"""``python -m bench.imports [FILMS]``: writes a CSV, imports it twice in a process of its own, prints the figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.imports.films import write_films
from bench.report import Figure, publish

FILMS = 100_000
EARLY = 10_000
GOAL_PER_SECOND = 500
# Memory may not grow by more than this from the first ten thousand films to the last.
GOAL_GROWTH_MB = 16


def main() -> bool:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILMS
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as folder:
        sheet = Path(folder) / "films.csv"
        write_films(sheet, count)
        measured = json.loads(
            subprocess.run(
                [sys.executable, "-m", "bench.imports.measured", str(sheet), str(min(EARLY, count // 2))],
                env={**os.environ, "VERITE_DATA": str(Path(folder) / "data")},
                stdout=subprocess.PIPE,
                check=True,
            ).stdout
        )
    first, second = measured["first"], measured["second"]
    speed, again = count / first["seconds"], count / second["seconds"]
    growth = first["late_mb"] - first["early_mb"]
    return publish(
        "imports",
        "Import of a film CSV",
        [
            Figure(
                f"{count:,} generated films, {measured['database']}",
                f"≥ {GOAL_PER_SECOND}/s",
                f"{speed:,.0f}/s",
                speed >= GOAL_PER_SECOND,
            ),
            Figure(
                "the same, by processor time alone",
                "",
                f"{count / first['processor_seconds']:,.0f}/s",
            ),
            Figure(
                f"memory (RSS) after {first['early_films']:,} and after all",
                f"≤ {GOAL_GROWTH_MB} MB more",
                f"{first['early_mb']:.0f} MB, {first['late_mb']:.0f} MB",
                growth <= GOAL_GROWTH_MB,
            ),
            Figure("the same file again, which changes nothing", "", f"{again:,.0f}/s"),
            Figure("the longest write transaction of the first run", "", f"{first['longest_ms']:,.0f} ms"),
        ],
        [
            f"{second['changed']} films changed in the second run (there may be none).",
            f"Load of the machine at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors.",
        ],
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
