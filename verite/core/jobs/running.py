"""One job, from its path to its end."""

from __future__ import annotations

import logging
import traceback
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from secrets import SystemRandom

from verite.core.clock import Clock
from verite.core.jobs import queue
from verite.core.jobs.queue import Taken
from verite.core.jobs.tasks import ATTEMPTS, Job

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)

OUR_FILES = Path(__file__).parents[2]
LONGEST_ERROR = 200

log = logging.getLogger(__name__)

_dice = SystemRandom()


class NoSuchJob(Exception):
    """The queue names a function that this version of the program has not, or that is no job."""


class WorkerDied(Exception):
    """A job was begun as often as it may be, and no worker lived to see its end."""


def carry_out(taken: Taken, *, clock: Clock) -> None:
    """Do a job and take it off the queue, or say when it is tried again, or give it up."""
    allowed = ATTEMPTS
    try:
        work = job_at(taken.path)
        allowed = work.attempts
        if taken.attempt > allowed:
            raise WorkerDied
        work.call(*taken.args, **taken.kwargs)
    except Exception as error:  # noqa: BLE001 (whatever it is, the next job is not to suffer)
        _fail(taken, allowed, described(error), clock=clock)
    else:
        queue.finish(taken)


def job_at(path: str) -> Job[...]:
    """The job of a path. Raises ``NoSuchJob``."""
    module, _, name = path.rpartition(".")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise NoSuchJob from error
    if not isinstance(found, Job):
        raise NoSuchJob
    return found


def pause(attempt: int) -> timedelta:
    """How long a job waits after its so-manieth attempt failed: twice as long each time, up to an hour.

    By chance up to half less, so that what failed together does not come back together.
    """
    doublings = min(attempt - 1, 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE) * _dice.uniform(0.5, 1)


def described(error: Exception) -> str:
    """What went wrong and where. Not its text, which may hold an address or somebody's words."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame
        for frame in frames
        if frame.filename != __file__ and Path(frame.filename).is_relative_to(OUR_FILES)
    ]
    place = (ours or frames)[-1]
    return f"{type(error).__qualname__} in {place.name}, {Path(place.filename).name}:{place.lineno}"[
        :LONGEST_ERROR
    ]


def _fail(taken: Taken, allowed: int, error: str, *, clock: Clock) -> None:
    if taken.attempt >= allowed:
        queue.bury(taken, now=clock(), error=error)
        what_next = "it is given up, and kept"
    else:
        wait = pause(taken.attempt)
        queue.retry(taken, due_at=clock() + wait, error=error)
        what_next = f"again in {wait.total_seconds():.0f} s"
    log.warning(
        "Job %s failed, attempt %d of %d: %s; %s", taken.path, taken.attempt, allowed, error, what_next
    )
