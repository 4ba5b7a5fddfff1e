"""Which SQLite library speaks for us, and what that means for the site.

SQLite 3.7.0 to 3.51.2 can lose a commit when a checkpoint resets the write-ahead log at the wrong instant
(https://sqlite.org/wal.html, "The WAL-reset bug"), and some systems build it without the full-text search
that ``discovery`` wants. Where the system's library has either fault and the ``pysqlite3`` wheel, which
bundles a current SQLite, is installed, the wheel serves.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from types import ModuleType

WAL_RESET_BUG = ((3, 7, 0), (3, 51, 2))


@cache
def sqlite_module() -> ModuleType:
    """The module to use for SQLite: the standard library's, or the bundled one where that is sounder."""
    system = import_module("sqlite3.dbapi2")
    if not _faults(system):
        return system
    try:
        bundled = import_module("pysqlite3.dbapi2")
    except ImportError:
        return system
    return bundled if len(_faults(bundled)) < len(_faults(system)) else system


def install_sqlite() -> None:
    """Make ``import sqlite3`` mean ``sqlite_module()`` from here on: Django's engine imports that name."""
    module = sqlite_module()
    package = module.__name__.partition(".")[0]
    sys.modules["sqlite3"] = sys.modules[package]
    sys.modules["sqlite3.dbapi2"] = module


def sqlite_report() -> str:
    """One line for the server's start and for ``verite doctor``: which SQLite, and what is wrong with it."""
    module = sqlite_module()
    origin = "bundled by pysqlite3" if module.__name__.startswith("pysqlite3") else "the system's"
    line = f"SQLite {module.sqlite_version} ({origin})"
    faults = _faults(module)
    return f"{line}: {'; '.join(faults)}" if faults else line


def _faults(module: ModuleType) -> list[str]:
    faults = []
    first, last = WAL_RESET_BUG
    if first <= module.sqlite_version_info <= last:
        faults.append(
            "its write-ahead log has a rare fault that can lose a commit, mended in 3.51.3; update SQLite"
        )
    if not _has_full_text_search(module):
        faults.append("it was built without FTS5, so search finds titles only")
    return faults


def _has_full_text_search(module: ModuleType) -> bool:
    connection = module.connect(":memory:")
    try:
        options = connection.execute("PRAGMA compile_options").fetchall()
    finally:
        connection.close()
    return ("ENABLE_FTS5",) in options
