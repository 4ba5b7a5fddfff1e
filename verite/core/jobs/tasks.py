"""What a job is, and how it comes into the queue: a back end for ``django_tasks``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task

from verite.core import clock
from verite.core.jobs import queue

# With the pauses of ``running.pause`` the last one begins some ten hours after the first.
ATTEMPTS = 20

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, None]):
    """A function that a worker calls. ``enqueue(…)`` takes its arguments; ``using(run_after=…)`` delays it.

    Attributes:
        attempts: how often it is begun before it is given up.
    """

    attempts: int = ATTEMPTS


def job(*, attempts: int = ATTEMPTS) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a function of a module a job. Its arguments are what JSON can carry.

    It may run twice without harm, and so it does run once for all waiting ones with the same arguments.
    """

    def declare(function: Callable[P, None]) -> Job[P]:
        return cast("Job[P]", task(attempts=attempts)(function))

    return declare


class DatabaseTasks(BaseTaskBackend):
    """Keeps jobs in the table ``core_job`` until a worker has done them."""

    task_class = Job  # type: ignore[assignment]  # the interface does not foresee one that returns nothing
    supports_defer = True

    # P of the interface can be given only together, as *args and **kwargs.
    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Enqueue a job with the write transaction that is open here.

        Raises:
            WriteRefused: no write transaction is open.
            TypeError: JSON cannot carry an argument.
        """
        now = clock.now()
        job_id = queue.add(task.module_path, args, kwargs, due_at=task.run_after or now, now=now)
        return TaskResult(
            task=task,
            id=str(job_id),
            status=TaskResultStatus.READY,
            enqueued_at=now,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
