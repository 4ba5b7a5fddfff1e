"""`python -m bench`: every measurement, one after the other; exit status 1 when a goal is missed."""

from __future__ import annotations

import subprocess
import sys

MEASUREMENTS = (
    "starting",
    "serving",
    "twins",
    "talk",
    "anchors",
    "api",
    "imports",
    "moving_in",
    "notifications",
)


def main() -> int:
    """Run each in a process of its own, so that none weighs on the next."""
    missed = [name for name in MEASUREMENTS if not _reached(name)]
    print(f"Not reached or not measured: {', '.join(missed)}." if missed else "Every goal was reached.")
    return 1 if missed else 0


def _reached(name: str) -> bool:
    return subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
