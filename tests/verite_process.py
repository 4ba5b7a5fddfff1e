"""Real ``verite`` processes, as an operator starts them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PATIENCE_SECONDS = 60


def environment(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a fresh operator: no setting of ours but the data folder and ``more``."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("VERITE_", "DJANGO_"))}
    return plain | {"VERITE_DATA": str(data)} | dict(more or {})


def verite(
    *arguments: str, data: Path, more: Mapping[str, str] | None = None, bound_by_permissions: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end.

    Args:
        bound_by_permissions: let file permissions count even where the tests run as root.
    """
    command = [sys.executable, "-m", "verite", *arguments]
    if bound_by_permissions and os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        assert setpriv, "setpriv (util-linux) is needed to test permissions as root"
        command = [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environment(data, more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
    )
