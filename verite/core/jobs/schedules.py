"""Jobs that the clock enqueues: each moment once, however many workers there are.

A row for each schedule holds its next moment. The worker that moves it on enqueues the job in the same
transaction. Moments that passed while no worker ran are made up for once, not each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from django.db import connection
from django.utils import timezone

from verite.core import db
from verite.core.jobs.tasks import Job

_MOMENTS = "SELECT name, next_at FROM core_schedule"
_FIRST = "INSERT INTO core_schedule (name, next_at) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING"
_MOVE_ON = "UPDATE core_schedule SET next_at = %s WHERE name = %s AND next_at <= %s RETURNING name"


class Rhythm(Protocol):
    """When something happens again and again."""

    def after(self, moment: datetime) -> datetime:
        """The first time later than ``moment``."""


@dataclass(frozen=True, slots=True)
class Every:
    """At each multiple of an interval since 1970, so that all workers agree."""

    interval: timedelta

    def after(self, moment: datetime) -> datetime:
        beginning = datetime(1970, 1, 1, tzinfo=UTC)
        return beginning + ((moment - beginning) // self.interval + 1) * self.interval


@dataclass(frozen=True, slots=True)
class Daily:
    """At a time of day in the site's time zone."""

    at: time

    def after(self, moment: datetime) -> datetime:
        zone = timezone.get_default_timezone()
        day = moment.astimezone(zone).date()
        today = datetime.combine(day, self.at, zone).astimezone(UTC)
        return (
            today
            if today > moment
            else datetime.combine(day + timedelta(days=1), self.at, zone).astimezone(UTC)
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job and when it is enqueued."""

    work: Job[[]]
    rhythm: Rhythm


_declared: dict[str, Schedule] = {}


def every(*, minutes: int) -> Callable[[Job[[]]], Job[[]]]:
    """Enqueue a job without arguments every so many minutes."""
    return _by(Every(timedelta(minutes=minutes)))


def daily(*, at: str) -> Callable[[Job[[]]], Job[[]]]:
    """Enqueue a job without arguments every day at ``"03:30"`` in the site's time zone."""
    return _by(Daily(time.fromisoformat(at)))


def _by(rhythm: Rhythm) -> Callable[[Job[[]]], Job[[]]]:
    def declare(work: Job[[]]) -> Job[[]]:
        _declared[work.module_path] = Schedule(work, rhythm)
        return work

    return declare


def enqueue_due(*, now: datetime) -> datetime | None:
    """Enqueue the jobs whose moment has come; the answer is when the next one comes (None: there are no schedules)."""
    kept = _moments()
    coming = [_following(name, kept.get(name), now) for name in _declared]
    return min(coming, default=None)


def _following(name: str, moment: datetime | None, now: datetime) -> datetime:
    schedule = _declared[name]
    following = schedule.rhythm.after(now)
    if moment is None:
        with db.write():
            db.run(_FIRST, [name, db.moment(following)])
    elif moment > now:
        return moment
    else:
        with db.write():
            if db.row(_MOVE_ON, [db.moment(following), name, db.moment(now)]):
                schedule.work.enqueue()
    return following


def _moments() -> dict[str, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_MOMENTS)
        return {name: db.aware(moment) for name, moment in cursor.fetchall()}
