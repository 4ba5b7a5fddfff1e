"""A worker: does one due job after another until it is told to stop. Any number may share a database."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import Error, close_old_connections, connection
from django.utils.module_loading import autodiscover_modules

from verite.core import clock
from verite.core.clock import Clock
from verite.core.jobs import queue, running, schedules
from verite.core.jobs.queue import Taken

LOOK_EVERY_SECONDS = 0.5
LOOK_AGAIN_SECONDS = 5.0  # when the database is away
SECONDS_TO_FINISH = 10.0
# However far the next moment of a schedule is: the clock of this machine may be set right meanwhile.
ASK_SCHEDULES_EVERY = timedelta(minutes=1)
LONGEST_NAME = 80

log = logging.getLogger(__name__)


class ToldToStop(BaseException):
    """Breaks off a job that did not end in time after the worker was told to stop."""


class Worker:
    """Takes jobs one at a time.

    Args:
        lease: how long a job stays ours after a sign of life; they come three times as often.
    """

    def __init__(self, *, lease: timedelta, clock: Clock = clock.now) -> None:
        self._lease = lease
        self._clock = clock
        self._name = f"{socket.gethostname()}:{os.getpid()}"[:LONGEST_NAME]
        self._ask_schedules_at: datetime | None = None
        self._is_told_to_stop = False
        self._may_be_broken_off = False

    def run(self) -> None:
        """Work until SIGTERM, or SIGINT unless that is ignored. A job under way has ten seconds to end.

        For the main thread of a process.
        """
        discover()
        self._heed_signals()
        while not self._is_told_to_stop:
            try:
                is_idle = not self.run_next()
            except Error as error:
                log.warning("The worker cannot use the database: %s", type(error).__qualname__)
                connection.close()
                time.sleep(LOOK_AGAIN_SECONDS)
            else:
                if is_idle:
                    time.sleep(LOOK_EVERY_SECONDS)

    def run_next(self) -> bool:
        """Do the job that has been due longest. False where none is due.

        Raises:
            django.db.Error: the database cannot be used; a job under way is begun anew when its lease has run out.
        """
        now = self._clock()
        self._heed_schedules(now)
        if not queue.is_anything_due(now=now):
            return False
        taken = queue.take(self._name, now=now, lease_until=now + self._lease)
        if taken is None:
            return False
        close_old_connections()
        try:
            with self._held(taken):
                self._carry_out(taken)
        except ToldToStop:
            connection.close()
            queue.hand_back(taken, now=self._clock())
        return True

    def _carry_out(self, taken: Taken) -> None:
        self._may_be_broken_off = True
        try:
            running.carry_out(taken, clock=self._clock)
        finally:
            self._may_be_broken_off = False

    @contextmanager
    def _held(self, taken: Taken) -> Iterator[None]:
        """Give signs of life from a thread of its own, whatever the job does meanwhile."""
        is_over = Event()
        thread = Thread(target=self._keep, args=(taken, is_over), name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()

    def _keep(self, taken: Taken, is_over: Event) -> None:
        try:
            while not is_over.wait(self._lease.total_seconds() / 3):
                try:
                    if not queue.keep(taken, lease_until=self._clock() + self._lease):
                        return
                except Error:  # the next sign of life may still come in time
                    connection.close()
        finally:
            connection.close()

    def _heed_schedules(self, now: datetime) -> None:
        if self._ask_schedules_at is None or now >= self._ask_schedules_at:
            at_the_latest = now + ASK_SCHEDULES_EVERY
            self._ask_schedules_at = min(schedules.enqueue_due(now=now) or at_the_latest, at_the_latest)

    def _heed_signals(self) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._break_off)

    def _stop(self, *_: object) -> None:
        self._is_told_to_stop = True
        signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_FINISH)

    def _break_off(self, *_: object) -> None:
        if self._may_be_broken_off:
            raise ToldToStop


def discover() -> None:
    """Load ``jobs.py`` of every room, so that the schedules declared there are known."""
    autodiscover_modules("jobs")
    from verite.core.jobs import expiring  # noqa: F401 (core's own)
