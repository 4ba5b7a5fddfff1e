"""Figures beside their goals, on the screen and in ``docs/measurements/``."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from verite import __version__

REPOSITORY = Path(__file__).parents[1]
FOLDER = REPOSITORY / "docs" / "measurements"


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes:
        goal: what was to be reached, as the goals state it, or "" where there is none.
        measured: the figure with its unit.
        is_met: whether the goal was reached; None where there is none.
    """

    what: str
    goal: str
    measured: str
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "yes", False: "**no**", None: ""}[self.is_met]


def publish(name: str, title: str, figures: Sequence[Figure], remarks: Sequence[str] = ()) -> bool:
    """Print the figures and save them as ``docs/measurements/<name>.md``.

    Returns:
        Whether every goal was reached.
    """
    rows = [f"| {f.what} | {f.goal} | {f.measured} | {f.verdict} |" for f in figures]
    text = "\n".join(
        [
            f"# {title}",
            "",
            _circumstances(),
            "",
            "| what | goal | measured | reached |",
            "|---|---|---|---|",
            *rows,
            *(["", *(f"- {remark}" for remark in remarks)] if remarks else []),
            "",
        ]
    )
    print(text, flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    return all(figure.is_met is not False for figure in figures)


def _circumstances() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], check=False, cwd=REPOSITORY, capture_output=True, text=True
    ).stdout.strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, Vérité {__version__} at {commit or 'no commit'},"
        f" Python {platform.python_version()}, {_processor()}, {platform.system()} {platform.release()}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
