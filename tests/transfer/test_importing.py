"""Taking a whole file in."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.catalogue.sayings import NOW, film, statements, stored, writes
from verite.catalogue.actions import Outcome
from verite.catalogue.facts import FilmFacts
from verite.catalogue.models import ExternalId, Film
from verite.catalogue.storing.records import read_records
from verite.core.db import DiskFull
from verite.transfer.formats import Unreadable
from verite.transfer.importing import FILMS_PER_BATCH, import_file
from verite.transfer.report import Report

pytestmark = pytest.mark.django_db


def write(path: Path, rows: Iterable[str], header: str = "title,year,directors,url") -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Three batches, in which films come again a batch later."""
    rows = (
        f"Film {number % 500},{1900 + number % 100},Person {number % 40},https://archive.org/details/f{number % 500}"
        for number in range(FILMS_PER_BATCH * 3)
    )
    return write(tmp_path / "many.csv", rows)


def counts(report: Report) -> tuple[int, ...]:
    return tuple(report.count(outcome) for outcome in Outcome)


def catalogue() -> dict[str, FilmFacts]:
    return {record.slug: record.facts for record in read_records(Film.objects.values_list("id", flat=True))}


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    rows = ["Rain,1929,Ann,", "Rain,1929,Ben,", "Rain,3000,,", "too,few", "River,1938,,https://example.org/"]
    source = write(tmp_path / "films.csv", rows)

    report = import_file(source, now=NOW)

    assert counts(report) == (2, 0, 1, 2)
    assert report.entry_count == 5
    assert [(note.line, note.field, note.value, note.kept) for note in report.notes()] == [
        (3, "director", "Ben", "Ann"),
        (4, "", "", ""),
        (5, "", "", ""),
        (6, "address", "https://example.org/", ""),
    ]


def test_the_same_file_again_changes_nothing(many: Path) -> None:
    import_file(many, now=NOW)

    with statements() as sql:
        report = import_file(many, now=NOW)

    assert counts(report) == (0, 0, 750, 0)
    assert writes(sql) == []


def test_an_import_that_was_cut_short_is_completed_by_importing_again(many: Path) -> None:
    def stop(_bytes_read: int, report: Report) -> None:
        if report.entry_count == 2 * FILMS_PER_BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(many, now=NOW, progress=stop)
    assert Film.objects.count() == 500

    report = import_file(many, now=NOW)

    assert report.entry_count == 750
    interrupted = catalogue()
    Film.objects.all().delete()
    import_file(many, now=NOW)
    assert catalogue() == interrupted


def test_what_was_written_before_a_failure_stays(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_bytes_read: int, report: Report) -> None:
        raise DiskFull("planted")

    with pytest.raises(DiskFull):
        import_file(many, now=NOW, progress=fail)

    assert Film.objects.count() == FILMS_PER_BATCH


def test_a_dry_run_tells_what_would_be_done_and_writes_nothing(many: Path) -> None:
    with statements() as sql:
        planned = import_file(many, now=NOW, dry_run=True)

    assert writes(sql) == []
    assert planned.is_dry_run
    assert counts(planned) == counts(import_file(many, now=NOW))


def test_the_file_wins_where_it_is_told_to(tmp_path: Path) -> None:
    stored(film("Rain", 1929, credits={"director": ("Ann",)}))
    source = write(tmp_path / "films.csv", ["Rain,1929,Ben,"])

    assert counts(import_file(source, now=NOW)) == (0, 0, 1, 0)
    assert counts(import_file(source, now=NOW, said_wins=True)) == (0, 1, 0, 0)
    assert catalogue()["rain"].credits == {"director": ("Ben",)}


def test_progress_ends_at_the_size_of_the_file(many: Path) -> None:
    seen: list[int] = []

    import_file(many, now=NOW, progress=lambda bytes_read, _report: seen.append(bytes_read))

    assert len(seen) == 3
    assert seen == sorted(seen)
    assert seen[-1] == many.stat().st_size


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"title,year\n", "There is nothing to import"),
        (b"title,year\n\n,\n", "There is nothing to import"),
        (
            b"<rss></rss>",
            r"No format .* Known are: wordpress, wordpress-sql, films-csv\. Of a WordPress site take what Tools",
        ),
        (b"name of something\n1\n", "No column is called"),
    ],
)
def test_a_file_with_nothing_to_import_is_an_error(content: bytes, message: str, tmp_path: Path) -> None:
    source = tmp_path / "films.csv"
    source.write_bytes(content)

    with pytest.raises(Unreadable, match=message):
        import_file(source, now=NOW)


def test_a_report_names_everything_in_text_and_in_json(tmp_path: Path) -> None:
    source = write(
        tmp_path / "films.csv", [f"Film,{year}" for year in range(2097, 2109)], header="title,year"
    )
    report = import_file(source, now=NOW)
    text, as_json = io.StringIO(), io.StringIO()

    report.write_text(text)
    report.write_json(as_json)

    assert "12 films read: 4 made, 0 changed, 0 unchanged, 8 refused" in text.getvalue()
    assert text.getvalue().count("The year “21") == 8
    told = json.loads(as_json.getvalue())
    assert (told["entries"], told["made"], told["refused"]) == (12, 4, 8)
    assert [note["line"] for note in told["notes"]] == list(range(6, 14))
    summary = report.summary()
    assert summary.count("The year “21") == 3
    assert "Refused (8)" in summary


def test_a_file_cannot_steer_the_terminal_that_shows_its_report(tmp_path: Path) -> None:
    source = write(tmp_path / "films.csv", ["Rain,\x1b[2Jsoon,x"], header="title,year,\x1b]0;bad\x07")

    report = import_file(source, now=NOW)

    assert report.count(Outcome.REFUSED) == 1
    assert report.summary().replace("\n", "").isprintable()
    assert all(note.text.isprintable() for note in report.notes())


def test_what_can_be_read_only_once_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(Unreadable, match="read only once"):
        import_file(tmp_path / "pipe", now=NOW)


def test_the_real_lists_come_in_whole_and_the_second_joins_the_first(shared_data: Path) -> None:
    documentaries, free = (
        shared_data / "films" / name for name in ("documentaries.csv", "free_to_show_films.csv")
    )

    first = import_file(documentaries, now=NOW)
    assert counts(first) == (2725, 1, 0, 0)  # "Arturo Toscanini" is "Hymn of the Nations" by its ids
    assert first.unmapped == ("wikipedia_title", "awards", "sources")

    second = import_file(free, now=NOW)
    assert second.entry_count == 2720
    untitled = [note for note in second.notes() if not note.field]
    assert len(untitled) == second.count(Outcome.REFUSED) == 11
    assert all("There is no title" in note.text for note in untitled)
    assert Film.objects.count() == 2725 + second.count(Outcome.MADE)
    assert (
        ExternalId.objects.get(scheme="imdb", value="tt1525784").film.slug == "6th-marine-division-on-okinawa"
    )
    # Two films of one title: another year is another film.
    assert set(Film.objects.filter(folded_title="babies").values_list("year", flat=True)) == {2010, 2020}

    with statements() as sql:
        for source in (documentaries, free):
            again = import_file(source, now=NOW)
            assert (again.count(Outcome.MADE), again.count(Outcome.CHANGED)) == (0, 0)
    assert writes(sql) == []
