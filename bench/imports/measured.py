"""The measured process: imports a CSV twice into an empty data folder and prints what it took as JSON."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verite.transfer.report import Report


def main() -> None:
    from verite.project import data_folder

    data_folder.start()
    data_folder.prepare_database()
    sheet, early = Path(sys.argv[1]), int(sys.argv[2])
    print(
        json.dumps({"database": _database(), "first": _import(sheet, early), "second": _import(sheet, early)})
    )


def measured_apart(source: Path, early: int) -> dict[str, Any]:
    """What ``main`` prints of a file, measured in a process and a data folder (beside the file) of its own."""
    measured: dict[str, Any] = json.loads(
        subprocess.run(
            [sys.executable, "-m", "bench.imports.measured", str(source), str(early)],
            env={**os.environ, "VERITE_DATA": str(source.parent / "data")},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
    )
    return measured


def _import(sheet: Path, early: int) -> dict[str, Any]:
    from verite.catalogue.actions import Outcome
    from verite.core import clock
    from verite.transfer.importing import import_file

    memory: list[tuple[int, float]] = []
    moments = [time.perf_counter()]
    processor = time.process_time()

    def watch(_bytes_read: int, report: Report) -> None:
        memory.append((report.entry_count, _resident_mb()))
        moments.append(time.perf_counter())

    report = import_file(sheet, now=clock.now(), progress=watch)
    early_films, early_mb = next(sample for sample in memory if sample[0] >= early)
    return {
        "seconds": moments[-1] - moments[0],
        "processor_seconds": time.process_time() - processor,
        "longest_ms": 1000 * max(after - before for before, after in itertools.pairwise(moments)),
        "early_films": early_films,
        "early_mb": early_mb,
        "late_mb": max(mb for films, mb in memory if films >= early),
        "changed": report.entry_count - report.count(Outcome.UNCHANGED),
    }


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _database() -> str:
    from django.db import connection

    if connection.vendor != "sqlite":
        return "PostgreSQL"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (level,) = cursor.fetchone()
    return f"SQLite, synchronous={ {1: 'NORMAL', 2: 'FULL'}.get(level, level) }"


if __name__ == "__main__":
    main()
