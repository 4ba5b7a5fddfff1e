"""Making films in real transactions: beside other writers, and broken off half-way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from tests.catalogue.sayings import NANOOK, stored
from verite.catalogue.actions import Outcome
from verite.catalogue.models import Film, Person
from verite.core import freshness
from verite.core.db import DiskFull

pytestmark = pytest.mark.django_db(transaction=True)


def test_writers_who_store_the_same_films_at_one_moment_make_them_once() -> None:
    films = [replace(NANOOK, title=f"Film {number}", external_ids=()) for number in range(10)]
    together = Barrier(3)

    def write() -> list[Outcome]:
        try:
            together.wait(timeout=30)
            return [answer.outcome for answer in stored(*films)]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=3) as pool:
        outcomes = [outcome for one in [pool.submit(write) for _ in range(3)] for outcome in one.result()]

    assert Film.objects.count() == 10
    assert Person.objects.count() == 2
    assert sorted(outcomes) == [Outcome.MADE] * 10 + [Outcome.UNCHANGED] * 20


def test_a_batch_that_cannot_be_written_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_follower: set[int]) -> None:
        raise DiskFull("planted")

    monkeypatch.setitem(freshness._followers, "film", [break_off])
    with pytest.raises(DiskFull, match="planted"):
        stored(NANOOK)

    assert not Film.objects.exists()
    assert not Person.objects.exists()
