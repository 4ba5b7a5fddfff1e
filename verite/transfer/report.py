"""What an import did, and everything that it could not do. Its memory does not grow with the file."""

from __future__ import annotations

import json
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from verite.catalogue.actions import Outcome, Remark, Stored
from verite.core.text import clean_line
from verite.transfer.formats import Entry, Reading
from verite.transfer.notes import Note, Sorts

MOST_SHOWN = 300  # characters
MOST_MAPPED = 500


def _shown(text: str) -> str:
    """Words of a file, fit for a terminal: one short line without control characters."""
    return clean_line(text, MOST_SHOWN)


class Report:
    """The account of one source: how many films, what became of each, and a note for all that was left out."""

    def __init__(self, source: Path, format_name: str, reading: Reading, *, is_dry_run: bool) -> None:
        self.source = source
        self.format_name = format_name
        self.understood = reading.understood
        self.unmapped = tuple(map(_shown, reading.unmapped))
        self.is_dry_run = is_dry_run
        self.last_line = 0
        self._outcomes: Counter[Outcome] = Counter()
        self._tallies: Counter[str] = Counter()
        self._mapped: Counter[tuple[str, str]] = Counter()
        self._mapped_beyond = 0
        self._sorts = Sorts()
        # Notes wait on disk: a broken file of a million rows has a million of them.
        self._notes: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (lives as long as we)
        weakref.finalize(self, self._notes.close)

    @property
    def entry_count(self) -> int:
        return self._outcomes.total()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the source is in the catalogue, neither now nor from an earlier run."""
        return self.entry_count == self._outcomes[Outcome.REFUSED]

    def count(self, outcome: Outcome) -> int:
        return self._outcomes[outcome]

    def add(self, entry: Entry, stored: Stored | None) -> None:
        """Take note of one entry and of what became of it, if it is a film."""
        self.last_line = max(self.last_line, entry.line)
        if stored is not None:
            self._outcomes[stored.outcome] += 1
            if stored.refusal:
                self._note(Note(entry.line, "", "", _shown(stored.refusal)))
        self._tallies.update(entry.tallies)
        for mapped in entry.mapped:
            if mapped in self._mapped or len(self._mapped) < MOST_MAPPED:
                self._mapped[mapped] += 1
            else:
                self._mapped_beyond += 1
        for remark in (*entry.remarks, *(stored.remarks if stored else ())):
            self._remark(entry.line, remark)

    def add_done(self, remarks: Iterable[tuple[int, Remark]], tallies: Mapping[str, int]) -> None:
        """Take note of what became of all that belongs to a batch of films."""
        self._tallies.update(tallies)
        for line, remark in remarks:
            self._remark(line, remark)

    def tally(self, name: str) -> int:
        """How many there are of something beside films; see ``_tally_names``."""
        return self._tallies[name]

    @property
    def mapped(self) -> Mapping[tuple[str, str], int]:
        """What was understood as what, and how often."""
        return self._mapped

    def notes(self) -> Iterator[Note]:
        """Every note, in the order of the source."""
        self._notes.seek(0)
        for line in self._notes:
            yield Note(**json.loads(line))

    def summary(self) -> str:
        """For people: the counts, what was understood as what, and the first notes of each sort."""
        lines = [f"{self.source.name}: {self.understood}", self._counts()]
        if self.unmapped:
            lines.append(_("Columns without a place here: %s") % ", ".join(self.unmapped))
        lines += self._beside()
        lines += self._sorts.lines()
        return "\n  ".join(lines)

    def write_text(self, out: IO[str]) -> None:
        """The whole report for people, every note a line."""
        out.write(f"{self.source}: {self.understood}\n{self._counts()}\n")
        if self.unmapped:
            out.write(_("Columns without a place here: %s") % ", ".join(self.unmapped) + "\n")
        out.writelines(f"{line}\n" for line in self._beside())
        out.writelines(f"{note}\n" for note in self.notes())

    def write_json(self, out: IO[str]) -> None:
        """The whole report as one JSON object, note by note."""
        facts = {
            "source": str(self.source),
            "format": self.format_name,
            "understood": self.understood,
            "dry_run": self.is_dry_run,
            "entries": self.entry_count,
            **{outcome.value: self._outcomes[outcome] for outcome in Outcome},
            "unmapped_columns": self.unmapped,
            "beside_films": dict(self._tallies),
            "understood_as": [
                {"said": said, "as": meant, "films": n} for (said, meant), n in self._mapped.items()
            ],
        }
        out.write(json.dumps(facts, ensure_ascii=False).removesuffix("}") + ', "notes": [')
        for place, note in enumerate(self.notes()):
            out.write((",\n" if place else "\n") + json.dumps(asdict(note), ensure_ascii=False))
        out.write("]}")

    def _counts(self) -> str:
        counts = _(
            "%(all)s films read: %(made)s made, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused"
        )
        said = counts % {
            "all": f"{self.entry_count:,}",
            **{outcome.value: f"{self._outcomes[outcome]:,}" for outcome in Outcome},
        }
        how = _("dry run: nothing was written")
        return f"{said} ({how})" if self.is_dry_run else said

    def _beside(self) -> Iterator[str]:
        """What came, or stayed out, beside films; and what was understood as what."""
        names = _tally_names()
        counted = [(said, number) for name, said in names.items() if (number := self._tallies[name])]
        if counted:
            yield _("Beside films:")
            width = max(len(f"{number:,}") for _said, number in counted)
            yield from (f"  {number:>{width},} {said}" for said, number in counted)
        for (said, meant), number in sorted(self._mapped.items()):
            yield _("%(said)s was read as %(meant)s (%(number)d)") % {
                "said": said,
                "meant": meant,
                "number": number,
            }
        if self._mapped_beyond:
            yield _("…and %d more were read so.") % self._mapped_beyond

    def _remark(self, line: int, remark: Remark) -> None:
        self._note(Note(line, remark.field, _shown(remark.value), remark.text, _shown(remark.kept)))

    def _note(self, note: Note) -> None:
        self._sorts.add(note)
        self._notes.write(json.dumps(asdict(note), ensure_ascii=False) + "\n")


def _tally_names() -> dict[str, str]:
    """What is counted beside films, in the words and the order of the summary."""
    return {
        "drafts": _("of the films are drafts"),
        "reviews": _("new reviews"),
        "comments": _("new comments"),
        "totals": _("new totals of ratings"),
        "ratings": _("new single ratings"),
        "votes": _("new single votes on comments"),
        "subscriptions": _("new subscriptions"),
        "asked": _("subscriptions wait for their addresses to say that they are still wanted"),
        "passages": _("passages that readers were asked about"),
        "shown": _("comments in the file were shown"),
        "held": _("comments in the file were waiting, and wait here"),
        "ratings_said": _("single ratings in the file"),
        "votes_said": _("single votes in the file"),
        "spam": _("comments left out: spam"),
        "trash": _("comments left out: in the bin"),
        "pingbacks": _("comments left out: pingbacks"),
        "unknown": _("comments left out: of unknown kinds"),
        "unconfirmed": _("subscriptions left out: never confirmed"),
        "left_out": _("posts left out: no films"),
    }
