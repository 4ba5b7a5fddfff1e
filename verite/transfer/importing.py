"""Takes a file in: recognises its format and stores what it holds, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from verite.catalogue.actions import Outcome, Plan, Stored
from verite.core import db
from verite.transfer.films_csv import FilmsCsv
from verite.transfer.formats import HEAD_BYTES, Entry, Format, Reading, Unreadable
from verite.transfer.options import AS_USUAL, Options
from verite.transfer.report import Report
from verite.transfer.storing import Done, Store, plan_belongings
from verite.transfer.wordpress import WordPressDump, WordPressExport

FORMATS: tuple[Format, ...] = (WordPressExport(), WordPressDump(), FilmsCsv())

# One write transaction each: long enough for speed, short enough (a third of a second) for other writers.
FILMS_PER_BATCH = 250
# What a film with many comments weighs: memory is to hold a batch, whatever belongs to its films.
COMMENTS_PER_BATCH = 2_000
# From so many films and comments in a file on, the database looks at its tables anew.
MANY = 10_000

Progress = Callable[[int, Report], None]


def import_file(
    path: Path,
    *,
    now: datetime,
    format_name: str = "",
    options: Options = AS_USUAL,
    said_wins: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Store every film of a file, in constant memory.

    Each batch is one transaction, and storing the same again changes nothing: an import that was cut short is
    completed by importing again, and ends as if it had run through.

    Args:
        format_name: of one of ``FORMATS``; empty to recognise it.
        options: how the file is to be read.
        said_wins: where the file differs from the catalogue, the file is right.
        dry_run: write nothing, and keep in memory what would be written.
        progress: called after each batch with the bytes read so far and the report as it stands.

    Raises:
        Unreadable: nothing of the file can be imported: no format knows it, it is broken, or it holds no film.
        DatabaseTrouble: a batch could not be written; those before it are.
        OSError: the file cannot be read.
    """
    source = _format(path, format_name)
    reading = source.read(path, options)
    report = Report(path, source.name, reading, is_dry_run=dry_run)
    store = _planner(said_wins=said_wins) if dry_run else _storer(reading, now=now, said_wins=said_wins)
    for batch in _batches(reading.entries):
        done = store(batch)
        stored = iter(done.stored)
        for entry in batch:
            report.add(entry, _answer(entry, stored))
        report.add_done(done.remarks, done.tallies)
        if progress:
            progress(batch[-1].end, report)
    if not dry_run and _brought_much(report):
        db.look_at_tables_anew()
    if not report.entry_count:
        raise Unreadable(_("There is nothing to import: no film stands below the heading."))
    return report


def _storer(reading: Reading, *, now: datetime, said_wins: bool) -> Callable[[Sequence[Entry]], Done]:
    return Store(now=now, said_wins=said_wins, highest_comment=reading.highest_comment).store


def _planner(*, said_wins: bool) -> Callable[[Sequence[Entry]], Done]:
    plan = Plan(said_wins=said_wins)

    def planned(batch: Sequence[Entry]) -> Done:
        done = Done(plan.store([entry.facts for entry in batch if entry.facts is not None]))
        plan_belongings(batch, done, said_wins=said_wins)
        return done

    return planned


def _format(path: Path, name: str) -> Format:
    if path.is_fifo() or path.is_char_device():
        raise Unreadable(_("It can be read only once. Save it as a file and import that."))
    if name:
        return next(known for known in FORMATS if known.name == name)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise Unreadable(_("The file is empty."))
    found = next((known for known in FORMATS if known.recognise(head)), None)
    if found is None:
        names = ", ".join(known.name for known in FORMATS)
        raise Unreadable(
            _(
                "No format that we know begins like this. Known are: %s. Of a WordPress site take what Tools → Export"
                " writes, or a dump of its database; of anything else a table (CSV) whose first line names its columns."
            )
            % names
        )
    return found


def _batches(entries: Iterator[Entry]) -> Iterator[Sequence[Entry]]:
    """The entries in batches, also those that came before the place where a file is broken."""
    batch: list[Entry] = []
    comments = 0
    broken: Unreadable | None = None
    while True:
        try:
            entry = next(entries, None)
        except Unreadable as error:
            entry, broken = None, error
        if entry is not None:
            batch.append(entry)
            comments += len(entry.belongings.comments) if entry.belongings else 0
        if batch and (entry is None or len(batch) == FILMS_PER_BATCH or comments >= COMMENTS_PER_BATCH):
            yield batch
            batch, comments = [], 0
        if broken is not None:
            raise broken
        if entry is None:
            return


def _brought_much(report: Report) -> bool:
    """Also of an import that only completed one that was stopped."""
    is_large = report.entry_count + report.tally("shown") >= MANY
    return is_large and report.count(Outcome.MADE) + report.tally("comments") > 0


def _answer(entry: Entry, stored: Iterator[Stored]) -> Stored | None:
    """What became of an entry; None for what is no film."""
    if entry.facts is not None:
        return next(stored)
    return Stored(Outcome.REFUSED, refusal=entry.refusal) if entry.refusal else None
