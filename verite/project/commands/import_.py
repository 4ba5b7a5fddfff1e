"""``verite import``."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from verite.transfer.importing import Progress
    from verite.transfer.report import Report

HELP = (
    "Take films in from files. What is in already stays as it is, so an import may be run again at any time."
)
EXAMPLES = (
    "verite import films.csv",
    "verite import films.csv --dry-run",
    "verite import first.csv second.csv --report report.txt",
    "verite import corrected.csv --replace --json",
    "verite import site.WordPress.xml --dry-run",
    "verite import site.WordPress.xml --tolerant --report report.json",
    "verite import site.sql.gz --dry-run",
)

PLAIN_LINE_EVERY = 5.0  # seconds
NARROWEST = 40  # columns


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="file to import")
    parser.add_argument("--format", default="", metavar="F", help="format of the files (default: recognised)")
    parser.add_argument("--dry-run", action="store_true", help="report what would be done, and write nothing")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="where a file and the catalogue differ, the file is right (default: the catalogue is)",
    )
    parser.add_argument(
        "--tolerant", action="store_true", help="read past damage in the file, and say what was skipped"
    )
    parser.add_argument(
        "--keep-years",
        action="store_true",
        help="WordPress: categories and tags that are years stay subjects (default: they become years)",
    )
    parser.add_argument(
        "--all-posts",
        action="store_true",
        help="WordPress: posts that show no sign of a film are films too (default: they are left out and named)",
    )
    parser.add_argument(
        "--best-rating",
        type=int,
        choices=range(2, 101),
        default=0,
        metavar="N",
        help="WordPress: the highest rating that readers could give there (default: what a dump says, else 10)",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write everything left out there; as JSON if it ends in .json",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder
    from verite.project.command_line import WRONG_USAGE, Refused, complain

    data_folder.start()
    from verite.transfer.importing import FORMATS

    names = [known.name for known in FORMATS]
    if args.format and args.format not in names:
        complain(f"There is no format {args.format!r}. Known are: {', '.join(names)}.")
        return WRONG_USAGE
    if args.report is not None:
        _be_writable(args.report)
    data_folder.prepare_database()
    reports: list[Report] = []
    failures: list[str] = []
    try:
        for source in args.sources:
            failures += _import(source, args, reports)
    finally:
        # Also when stopped: what is in is in, and what was left out should be known.
        _write_report(reports, failures, args.report)
        with suppress(BrokenPipeError):  # what failed is told whether or not somebody reads what did not
            _tell(reports, failures, args)
    if failures:
        raise Refused("\n".join(failures))
    return 0


def _import(source: Path, args: argparse.Namespace, reports: list[Report]) -> list[str]:
    """Import one file and append its report. What went wrong with this file alone is the answer."""
    from verite.core import clock
    from verite.core.db import DatabaseTrouble
    from verite.project.command_line import Refused
    from verite.transfer.formats import Unreadable
    from verite.transfer.importing import import_file
    from verite.transfer.options import Options

    before = len(reports)

    try:
        with _progress(source) as show:

            def note(bytes_read: int, report: Report) -> None:
                reports[before:] = [report]
                show(bytes_read, report)

            import_file(
                source,
                now=clock.now(),
                format_name=args.format,
                options=Options(
                    tolerant=args.tolerant,
                    keep_years=args.keep_years,
                    all_posts=args.all_posts,
                    best_rating=args.best_rating,
                ),
                said_wins=args.replace,
                dry_run=args.dry_run,
                progress=note,
            )
    except Unreadable as error:
        return [f"{source}: {error}"]
    except OSError as error:
        return [f"{source} cannot be read: {error.strerror}."]
    except DatabaseTrouble as error:
        raise Refused(f"{error} {_where(source, reports[before:])}") from error
    except KeyboardInterrupt:
        raise Refused(f"Stopped. {_where(source, reports[before:])}") from None
    if reports[before].is_empty:
        return [
            f"{source}: nothing could be imported; all {reports[before].entry_count:,} films were refused."
        ]
    return []


def _where(source: Path, reports: list[Report]) -> str:
    if reports and reports[0].is_dry_run:
        return "Nothing was written."
    done = (
        f"Everything up to line {reports[0].last_line} of {source}"
        if reports and reports[0].last_line
        else f"Nothing of {source}"
    )
    return f"{done} is in. Run the same command again to go on: what is in will not change."


@contextmanager
def _progress(source: Path) -> Iterator[Progress]:
    if sys.stderr.isatty():
        with _bar(source) as show:
            yield show
    else:
        yield _lines(source)


@contextmanager
def _bar(source: Path) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(source.name, total=source.stat().st_size)

        def show(bytes_read: int, report: Report) -> None:
            bar.update(task, completed=bytes_read, description=f"{source.name}: {report.entry_count:,} films")

        yield show


def _lines(source: Path) -> Progress:
    size = source.stat().st_size
    said_at = -PLAIN_LINE_EVERY

    def show(bytes_read: int, report: Report) -> None:
        nonlocal said_at
        now = time.monotonic()
        if bytes_read < size and now - said_at >= PLAIN_LINE_EVERY:
            said_at = now
            done = f"{100 * bytes_read // size} %, {report.entry_count:,} films read"
            print(f"{source.name}: {done}", file=sys.stderr, flush=True)

    return show


def _be_writable(report: Path) -> None:
    """Find out before a long import, not after it."""
    from verite.project.command_line import Refused

    try:
        report.write_text("", encoding="utf-8")
    except OSError as error:
        raise Refused(f"The report {report} cannot be written: {error.strerror}.") from error


def _tell(reports: list[Report], failures: list[str], args: argparse.Namespace) -> None:
    if args.json:
        _write_json(reports, failures, sys.stdout)
    else:
        for report in reports:
            print(_wrapped(report.summary()) if sys.stdout.isatty() else report.summary())


def _write_report(reports: list[Report], failures: list[str], path: Path | None) -> None:
    if path is None:
        return
    with path.open("w", encoding="utf-8") as file:
        if path.suffix == ".json":
            _write_json(reports, failures, file)
            return
        for report in reports:
            report.write_text(file)
        file.writelines(f"{failure}\n" for failure in failures)


def _wrapped(text: str) -> str:
    """Lines no wider than the terminal; what goes on below a line stands a little to the right of it."""
    width = max(shutil.get_terminal_size().columns, NARROWEST)
    return "\n".join(
        piece
        for line in text.splitlines()
        for piece in textwrap.wrap(
            line,
            width,
            subsequent_indent=" " * (len(line) - len(line.lstrip()) + 4),
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _write_json(reports: list[Report], failures: list[str], out: TextIO) -> None:
    out.write('{"sources": [')
    for place, report in enumerate(reports):
        out.write(",\n" if place else "")
        report.write_json(out)
    out.write(f'], "failures": {json.dumps(failures, ensure_ascii=False)}}}\n')
