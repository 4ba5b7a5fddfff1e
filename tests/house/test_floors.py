"""Rooms import only from the floors below; the import linter is the judge."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.source import HOUSE, REPOSITORY

FAULTS = {
    "Rooms import only from the floors below": ("core/planted.py", "from verite.web import urls"),
    "Inside a room: actions above queries above models": (
        "pages/queries.py",
        "from verite.pages import actions",
    ),
    "The web and the API go through queries and actions, never models": (
        "web/planted.py",
        "from verite.catalogue.models import Film",
    ),
    "No cycles anywhere": ("core/one.py", "from verite.core import two"),
}


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-cache",
            "--config",
            REPOSITORY / ".importlinter",
        ],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
    )


def test_every_arrow_between_rooms_points_down() -> None:
    linted = lint(REPOSITORY)

    assert linted.returncode == 0, (
        f"{linted.stdout}\nA room knows only the floors below it (docs: CONTRIBUTING.md). Move what both need"
        " down, or let the upper room call the lower one and hand it what it needs."
    )


def test_an_arrow_that_points_up_is_caught(tmp_path: Path) -> None:
    shutil.copytree(HOUSE, tmp_path / "verite", ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name, text in FAULTS.values():
        (tmp_path / "verite" / name).write_text(text, encoding="utf-8")
    (tmp_path / "verite/core/two.py").write_text("from verite.core import one", encoding="utf-8")
    (tmp_path / "verite/pages/actions.py").write_text("", encoding="utf-8")

    linted = lint(tmp_path)

    assert linted.returncode == 1
    for contract in FAULTS:
        assert f"{contract} BROKEN" in linted.stdout
