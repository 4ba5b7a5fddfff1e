"""`python -m bench.serving`: prints each figure beside its goal; exit status 1 when one is missed."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench.report import publish
from bench.serving import against_nginx, slow_clients
from bench.serving.machine import NotMeasurable

REMARKS = (
    "One core for each server, the other for whoever asks it (`taskset`); medians of the ratios of each round.",
    "Microseconds are processor time per request, and wander less than rates do when others use the machine.",
    "The visitor asks 100 times a second; a wait counts from the instant at which the request was due.",
)


def run(*, seconds: int, rounds: int) -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    missing = [tool for tool in ("nginx", "taskset", "wrk") if shutil.which(tool) is None]
    if missing:
        raise NotMeasurable(f"{', '.join(missing)} missing: apt-get install nginx util-linux wrk")
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as name:
        data, files = Path(name, "data"), Path(name, "nginx")
        files.mkdir()
        Path(name).chmod(0o755)  # nginx reads as another user when it is started by root
        found = against_nginx.figures(data, files, seconds=seconds, rounds=rounds)
        found += slow_clients.figures(data, seconds=seconds, rounds=rounds)
    return publish("serving", "Serving", found, REMARKS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run (default: 5)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    args = parser.parse_args()
    try:
        sys.exit(0 if run(seconds=args.seconds, rounds=args.rounds) else 1)
    except NotMeasurable as error:
        sys.exit(f"bench.serving: {error}")
