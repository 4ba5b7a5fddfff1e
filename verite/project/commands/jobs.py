"""``verite jobs``."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verite.core.jobs.queue import Kept

HELP = (
    "List the jobs that were given up, that run and that wait: number, kind, attempts, and what went wrong last."
    " A job is given up when all of its attempts failed; mend the cause, then let it be tried again."
)
EXAMPLES = ("verite jobs", "verite jobs --json", "verite jobs --retry 812", "verite jobs --retry all")

MOST = 200
ALL = "all"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--retry",
        type=_which,
        metavar="ID",
        help="bring back the job of this number, or `all` that were given up",
    )
    parser.add_argument(
        "--json", action="store_true", help=f"print the list as JSON; it has {MOST} jobs at most, as without"
    )


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder

    data_folder.start()
    data_folder.prepare_database()
    from verite.core.jobs import queue

    if args.retry is not None:
        return _retry(args.retry)
    found = queue.kept(most=MOST + 1)
    shown = found[:MOST]
    if args.json:
        jobs = [{**asdict(job), "due_at": _moment(job)} for job in shown]
        print(json.dumps(jobs, indent=2))
    else:
        print("\n".join(map(_line, shown)) or "There are no jobs.")
        if len(found) > MOST:
            print("There are more.")
    return 0


def _which(text: str) -> int | str:
    if text == ALL:
        return ALL
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is neither the number of a job nor `{ALL}`")
    return int(text)


def _retry(which: int | str) -> int:
    from verite.core import clock
    from verite.core.jobs import queue
    from verite.project.command_line import Refused

    count = queue.bring_back(None if which == ALL else int(which), now=clock.now())
    if not count and which != ALL:
        raise Refused(f"No job {which} was given up. `verite jobs` lists those that were.")
    print(
        f"{count:,} brought back. A worker begins them when it comes to them."
        if count
        else "None was given up."
    )
    return 0


def _line(job: Kept) -> str:
    words = f"{job.state:<7}  {job.id:>6}  {_moment(job)}  {job.path}  attempts: {job.attempts}"
    return f"{words}  {job.last_error}" if job.last_error else words


def _moment(job: Kept) -> str:
    return job.due_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
