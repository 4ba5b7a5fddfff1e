"""Schedules: each moment once, whoever looks at the clock."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.due_jobs import run_due_jobs
from verite.core.jobs import daily, every, job, schedules
from verite.core.jobs.schedules import Daily, Every, Rhythm
from verite.core.models import QueuedJob, ScheduledMoment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WORKERS = 4

done: list[str] = []


@contextmanager
def _site_in(zone: str) -> Iterator[None]:
    with override_settings(TIME_ZONE=zone):  # which forgets the default zone that was known
        yield


moments = st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: NOON + minutes * MINUTE)


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the two jobs of this file are on a schedule."""
    done.clear()
    monkeypatch.setattr(schedules, "_declared", {})
    every(minutes=10)(look)
    daily(at="03:30")(recount)


@job()
def look() -> None:
    done.append("look")


@job()
def recount() -> None:
    done.append("recount")


def pass_time(start: datetime, length: timedelta, step: timedelta) -> None:
    for number in range(length // step + 1):
        now = start + number * step
        schedules.enqueue_due(now=now)
        run_due_jobs(now)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_day_holds_each_of_its_moments_once() -> None:
    pass_time(NOON, DAY, 5 * MINUTE)

    assert done.count("look") == 144
    assert done.count("recount") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_it_is_known_when_to_look_again() -> None:
    assert schedules.enqueue_due(now=NOON + MINUTE) == NOON + 10 * MINUTE
    assert schedules.enqueue_due(now=NOON + 9 * MINUTE) == NOON + 10 * MINUTE
    assert not QueuedJob.objects.exists()
    assert schedules.enqueue_due(now=NOON + 10 * MINUTE) == NOON + 20 * MINUTE
    assert QueuedJob.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_moments_that_nobody_saw_are_made_up_for_once() -> None:
    schedules.enqueue_due(now=NOON)

    assert schedules.enqueue_due(now=NOON + 30 * DAY) == NOON + 30 * DAY + 10 * MINUTE
    run_due_jobs(NOON + 30 * DAY)

    assert sorted(done) == ["look", "recount"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("declared")
def test_workers_that_look_in_the_same_moment_enqueue_it_once() -> None:
    schedules.enqueue_due(now=NOON)
    together = Barrier(WORKERS)

    def look_at_the_clock(now: datetime) -> None:
        try:
            together.wait()
            schedules.enqueue_due(now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        for number in range(1, 11):
            list(workers.map(look_at_the_clock, [NOON + number * 10 * MINUTE] * WORKERS))
            assert QueuedJob.objects.count() == number


@pytest.mark.django_db
def test_a_schedule_whose_job_cannot_be_kept_stays_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_declared", {})
    every(minutes=10)(look)
    schedules.enqueue_due(now=NOON)

    # Its first half is undone with the second.
    monkeypatch.setattr("verite.core.jobs.queue.add", None)
    with pytest.raises(TypeError):
        schedules.enqueue_due(now=NOON + HOUR)

    assert ScheduledMoment.objects.get().next_at == NOON + 10 * MINUTE


@given(moment=moments, minutes=st.integers(1, 5000))
def test_an_interval_comes_round_in_time(moment: datetime, minutes: int) -> None:
    interval = timedelta(minutes=minutes)

    following = Every(interval).after(moment)

    assert moment < following <= moment + interval
    assert Every(interval).after(following) == following + interval


@given(
    moment=moments,
    at=st.times(),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"]),
)
def test_a_time_of_day_comes_once_a_day_where_the_site_is(moment: datetime, at: time, zone: str) -> None:
    with _site_in(zone):
        rhythm: Rhythm = Daily(at)
        following = rhythm.after(moment)
        next_day = rhythm.after(following)

    assert moment < following <= moment + DAY + 2 * HOUR
    days = [each.astimezone(ZoneInfo(zone)).toordinal() for each in (following, next_day)]
    assert days[1] - days[0] == 1


def test_a_time_of_day_is_the_sites_own_in_summer_and_winter() -> None:
    with _site_in("Europe/Berlin"):
        at_night = Daily(time(3, 30))
        assert at_night.after(datetime(2026, 7, 1, tzinfo=UTC)) == datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
        assert at_night.after(datetime(2026, 12, 1, tzinfo=UTC)) == datetime(2026, 12, 1, 2, 30, tzinfo=UTC)
