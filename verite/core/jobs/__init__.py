"""Work that no request waits for, behind Django's Tasks interface.

Decorate a function in a room's ``jobs.py`` with ``job()`` and call its ``enqueue`` inside the write transaction
that causes the work: it is kept in the same database, committed with its cause, and never there when that is
undone. ``every`` and ``daily`` say that a job is also enqueued by the clock. A worker (``verite worker``, which
``verite serve`` runs as well) does what is due; docs/recipes/job.md.

Every job may run twice without harm.
"""

from __future__ import annotations

from verite.core.jobs.schedules import daily, every
from verite.core.jobs.tasks import Job, job

__all__ = ["Job", "daily", "every", "job"]
