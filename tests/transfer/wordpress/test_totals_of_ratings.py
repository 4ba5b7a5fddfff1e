"""Totals of ratings: from files of one site in any order, from older ones, and from two sites."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.sayings import NOW, statements, writes
from tests.transfer.wordpress import dumps
from tests.transfer.wordpress.exports import FIXTURE, VIDEO, meta, post, site, taken_in
from tests.transfer.wordpress.test_whole_dump import DUMP
from verite.accounts.models import Participant
from verite.catalogue.models import Film
from verite.discussion.models import Comment
from verite.ratings.actions import rate
from verite.ratings.models import Rating
from verite.ratings.queries import recount, score_of
from verite.transfer.importing import import_file
from verite.transfer.report import Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def shown() -> dict[str, Any]:
    """What films show of their ratings, and comments of their votes."""
    votes = ("helpful", "imported_helpful", "not_helpful", "imported_not_helpful", "score")
    return {
        **{film.title: (score_of(film.pk).count, score_of(film.pk).mean) for film in Film.objects.all()},
        "votes": [
            (helpful + more_helpful, against + more_against, score)
            for helpful, more_helpful, against, more_against, score in Comment.objects.order_by(
                "pk"
            ).values_list(*votes)
        ],
    }


@pytest.mark.parametrize(
    "order", [(FIXTURE, DUMP), (DUMP, FIXTURE)], ids=["export and dump", "dump and export"]
)
def test_export_and_dump_again_and_again_change_nothing(order: tuple[Path, Path]) -> None:
    import_file(order[0], now=NOW)
    first = shown()
    import_file(order[1], now=NOW)
    assert shown() == first

    for source in islice(cycle(order), 4):
        with statements() as sql:
            planned = import_file(source, now=NOW, dry_run=True)
            done = import_file(source, now=NOW)
        assert writes(sql) == []
        for tallied in ("totals", "ratings", "reviews", "comments"):
            assert planned.tally(tallied) == done.tally(tallied) == 0

    assert shown() == first
    assert all(recount(film.pk) == [] for film in Film.objects.all())


def test_a_rating_given_here_stays_beside_those_of_the_site() -> None:
    import_file(FIXTURE, now=NOW)
    film = Film.objects.get(title="Nanook of the North")
    reader = Participant.objects.create(kind="guest", created_at=NOW, token_digest="x")
    rate(film.pk, reader.pk, 10, now=NOW)

    for source in (DUMP, FIXTURE, DUMP):
        import_file(source, now=NOW)

    # 49 ratings that add up to 373, and one more 10.
    assert (score_of(film.pk).count, str(score_of(film.pk).mean)) == (50, "7.66")


# Films of two sites are the same where both say an id of another catalogue.
def rated(number: int, count: int, amount: int, host: str = "films") -> str:
    said = {"ratings_users": str(count), "ratings_score": str(amount), "imdb": "tt0020304"}
    fields = [meta(*each) for each in said.items()]
    return site(
        post(number, "Rain", VIDEO, *fields, link=f"https://{host}.example/rain/"),
        address=f"https://{host}.example",
    )


def told(report: Report) -> list[str]:
    return [note.value for note in report.notes() if note.field == "ratings"]


def test_a_newer_total_replaces_an_older_one_and_never_the_other_way(tmp_path: Path) -> None:
    taken_in(tmp_path, rated(1, 40, 300))
    taken_in(tmp_path, rated(1, 49, 373))
    film = Film.objects.get()
    assert (score_of(film.pk).count, str(score_of(film.pk).mean)) == (49, "7.61")

    older = taken_in(tmp_path, rated(1, 40, 300))

    assert (score_of(film.pk).count, told(older), older.tally("totals")) == (49, ["300 / 40"], 0)
    assert told(taken_in(tmp_path, rated(1, 40, 300), dry_run=True)) == ["300 / 40"]
    taken_in(tmp_path, rated(1, 40, 300), said_wins=True)
    assert score_of(film.pk).count == 40


def test_two_sites_that_rated_the_same_film_count_both_once(tmp_path: Path) -> None:
    files = [rated(1, 49, 373, "one"), rated(7, 20, 150, "two")]
    for text in (*files, *files):
        taken_in(tmp_path, text)

    film = Film.objects.get()
    assert score_of(film.pk).count == 69
    with statements() as sql:
        taken_in(tmp_path, files[0])
    assert writes(sql) == []


def test_single_ratings_of_a_dump_are_taken_out_of_their_own_sites_total_only(tmp_path: Path) -> None:
    taken_in(tmp_path, rated(1, 49, 373))
    taken_in(tmp_path, rated(7, 20, 150, "two"))
    tables: dict[str, list[dumps.Values]] = {
        **dumps.site(),
        "posts": [dumps.post()],
        "ratings": [(number, 1, 8, "1400000000", f"192.0.2.{number}", 0) for number in range(1, 6)],
    }

    # This dump has the log of ratings, but not the totals: those of the export count.
    dumps.taken_in(tmp_path, dumps.dump(tables))

    film = Film.objects.get()
    assert (score_of(film.pk).own_count, score_of(film.pk).imported_count) == (5, 44 + 20)
    assert Rating.objects.count() == 5
