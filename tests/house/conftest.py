"""A small house in which a fault can be planted, to see that its rule would catch it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Plant = Callable[[str, str], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write one file of a package ``verite`` in a temporary folder; answers with the package's folder."""

    def write(name: str, text: str) -> Path:
        package = tmp_path / "verite"
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return package

    return write
