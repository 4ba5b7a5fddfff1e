"""``verite doctor``."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
from dataclasses import asdict, dataclass
from datetime import timedelta

HELP = "Check versions, settings, data folder and database. Exit status 1 when something is wrong."
EXAMPLES = ("verite doctor", "verite doctor --json")

LITTLE_SPACE = 512 * 1024 * 1024
LONG_WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what it is, whether it is well, and what was seen."""

    what: str
    is_well: bool
    seen: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder

    data_folder.start()
    tables = _tables()
    findings = [_versions(), _folder(), _space(), tables, _integrity()]
    if tables.is_well:
        findings.append(_jobs())
    if args.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{'well ' if finding.is_well else 'WRONG'}  {finding.what}: {finding.seen}")
    return 0 if all(finding.is_well for finding in findings) else 1


def _versions() -> Finding:
    import django
    from django.conf import settings

    from verite import __version__
    from verite.core.db.driver import sqlite_report

    report = "PostgreSQL" if settings.VERITE.database_url else sqlite_report()
    # A report that has a colon goes on to say what is wrong with this SQLite.
    seen = f"Vérité {__version__}, Python {platform.python_version()}, Django {django.__version__}, {report}"
    return Finding("versions", ": " not in report, seen)


def _folder() -> Finding:
    from django.conf import settings

    data = settings.VERITE.data
    mode = (data / "secret-key").stat().st_mode & 0o077
    if mode:
        return Finding("data folder", False, f"others may read {data / 'secret-key'}: chmod 600 it")
    return Finding("data folder", True, str(data))


def _space() -> Finding:
    from django.conf import settings

    free = shutil.disk_usage(settings.VERITE.data).free
    return Finding("disk", free >= LITTLE_SPACE, f"{free // 1024**2:,} MB free")


def _tables() -> Finding:
    from verite.project.data_folder import BadDataFolder, pending_migrations

    try:
        waiting = pending_migrations()
    except BadDataFolder as error:
        return Finding("tables", False, str(error))
    return Finding(
        "tables", not waiting, f"{len(waiting)} changes wait: `verite migrate`" if waiting else "up to date"
    )


def _integrity() -> Finding:
    from verite.core.db import DatabaseTrouble
    from verite.core.db.integrity import integrity_faults

    try:
        faults = integrity_faults()
    except DatabaseTrouble as error:
        faults = [str(error)]
    return Finding("integrity", not faults, "; ".join(faults) or "no fault found")


def _jobs() -> Finding:
    from verite.core import clock
    from verite.core.jobs.queue import standing

    found = standing(overdue_since=clock.now() - LONG_WAIT)
    seen = []
    if found.dead:
        seen.append(f"{found.dead:,} were given up; `verite jobs` says which and why")
    if found.overdue:
        seen.append(f"{found.overdue:,} wait for a worker: start `verite serve`, or `verite worker`")
    return Finding("jobs", not seen, "; ".join(seen) or "none waits or was given up")
