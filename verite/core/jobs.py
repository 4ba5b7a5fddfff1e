"""Work that no request waits for, behind Django's Tasks interface.

Decorate a function in a room's ``jobs.py`` with ``job`` and hand it over with ``enqueue_after_commit``: it is
enqueued when the transaction that caused it is committed, and never when that is undone. Every job may run
twice without harm; its arguments are what JSON can carry.

Until the database-backed worker stands, the back end named in the settings runs a job at once, in the
thread that committed.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django_tasks import task as job
from django_tasks.base import Task

__all__ = ["enqueue_after_commit", "job"]

P = ParamSpec("P")
T = TypeVar("T")


def enqueue_after_commit(work: Task[P, T], *args: P.args, **kwargs: P.kwargs) -> None:
    """Enqueue ``work`` once the open transaction is committed; at once where none is open."""
    enqueue: Any = work.enqueue  # its signature is P's
    transaction.on_commit(partial(enqueue, *args, **kwargs))
