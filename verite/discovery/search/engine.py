"""Which engine serves the database in use."""

from __future__ import annotations

from functools import cache

from django.db import connection

from verite.discovery.search.index import Engine
from verite.discovery.search.postgresql import PostgreSQL
from verite.discovery.search.sqlite import FTS5, TitlesOnly, has_fts5


def engine() -> Engine:
    """The engine for the database in use."""
    return _engine_of(connection.vendor)


@cache
def _engine_of(vendor: str) -> Engine:
    if vendor == "postgresql":
        return PostgreSQL()
    return FTS5() if has_fts5() else TitlesOnly()
