"""Making films in real transactions: beside other writers, and broken off half-way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.catalogue.sayings import NANOOK, film, stored
from tests.serving.site import until
from tests.talking import waiting_writers
from verite.catalogue.actions import FilmFacts, Outcome
from verite.catalogue.models import Film, Person
from verite.core import freshness
from verite.core.db import DiskFull

pytestmark = pytest.mark.django_db(transaction=True)

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Writers of an SQLite file come one after the other."
)


def test_writers_who_store_the_same_films_at_one_moment_make_them_once() -> None:
    films = [replace(NANOOK, title=f"Film {number}", external_ids=()) for number in range(10)]
    together = Barrier(3)

    def write() -> list[Outcome]:
        try:
            together.wait(timeout=120)
            return [answer.outcome for answer in stored(*films)]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=3) as pool:
        outcomes = [outcome for one in [pool.submit(write) for _ in range(3)] for outcome in one.result()]

    assert Film.objects.count() == 10
    assert Person.objects.count() == 2
    assert sorted(outcomes) == [Outcome.MADE] * 10 + [Outcome.UNCHANGED] * 20


@on_postgresql
def test_writers_who_name_the_same_people_in_other_orders_all_come_through() -> None:
    said = [
        film("One", credits={"director": names}) for names in (("Ann", "Mia", "Zoe"), ("Zoe", "Mia", "Ann"))
    ]

    # Each of them has made one person when it comes to Mia, for whom both have to wait.
    outcomes = stored_while(said, lambda: Person.objects.create(slug="mia", name="Mia", folded_name="mia"))

    assert sorted(outcomes) == [Outcome.MADE, Outcome.UNCHANGED]
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ann", "Mia", "Zoe"]


@on_postgresql
def test_what_two_writers_learn_of_one_film_at_one_moment_is_all_kept() -> None:
    stored(film("One"))
    said = [film("One", tagline="The first."), film("One", length_seconds=600)]

    outcomes = stored_while(said, lambda: Film.objects.update(kind="film"))

    assert outcomes == [Outcome.CHANGED, Outcome.CHANGED]
    assert Film.objects.values_list("tagline", "length_seconds").get() == ("The first.", 600)


def stored_while(said: Sequence[FilmFacts], change: Callable[[], object]) -> list[Outcome]:
    """What becomes of facts, each stored by a writer of its own, all held up by a change that is then undone."""

    def write(facts: FilmFacts) -> Outcome:
        try:
            return stored(facts)[0].outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(said)) as pool:
        with transaction.atomic():
            change()
            writers = [pool.submit(write, facts) for facts in said]
            until(lambda: waiting_writers() == len(said), "all writers wait")
            transaction.set_rollback(True)
        return [writer.result() for writer in writers]


def test_a_batch_that_cannot_be_written_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_follower: set[int]) -> None:
        raise DiskFull("planted")

    monkeypatch.setitem(freshness._followers, "film", [break_off])
    with pytest.raises(DiskFull, match="planted"):
        stored(NANOOK)

    assert not Film.objects.exists()
    assert not Person.objects.exists()
