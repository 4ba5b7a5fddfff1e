"""The data files of the samples, as they were written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent

Table = Mapping[str, Any]


def read_tables(place: str, kind: str) -> list[Table]:
    """All tables of one kind in the files that a pattern names (``films/*.toml``), file by file."""
    return [
        table
        for file in sorted(DATA.glob(place))
        for table in tomllib.loads(file.read_text(encoding="utf-8"))[kind]
    ]


def days_before(now: datetime, days: float) -> datetime:
    """The moment at which something in the files was done: they count in days back from the filling."""
    return now - timedelta(days=days)
