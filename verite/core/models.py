"""Tables that belong to no single subject."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Freshness(models.Model):
    """How often something changed; see ``core.freshness``. Rows are never deleted: a version only grows."""

    key = models.TextField(primary_key=True)
    version = models.BigIntegerField()

    class Meta:
        app_label = "core"
        db_table = "core_freshness"

    def __str__(self) -> str:
        return f"{self.key} ({self.version})"


class GivenAnswer(models.Model):
    """What was answered to a request that may be sent again; see ``core.idempotency``."""

    participant_id = models.BigIntegerField()
    action = models.CharField(max_length=40)
    digest = models.CharField(max_length=32)
    reference = models.CharField(max_length=40, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "core"
        db_table = "core_given_answer"
        constraints = [
            models.UniqueConstraint(fields=["participant_id", "action", "digest"], name="given_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action} of participant {self.participant_id}: {self.reference}"


class QueuedJob(models.Model):
    """Work that is to be done, is being done, or was given up; see ``core.jobs.queue``."""

    path = models.CharField(max_length=200)
    arguments = models.TextField()  # JSON, as text: it is handed on as it is
    digest = models.CharField(max_length=32)  # of path and arguments: what has the same is the same work
    state = models.CharField(max_length=7)
    due_at = models.DateTimeField()  # of one that runs: when its lease ends
    attempts = models.PositiveSmallIntegerField()
    leased_by = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    enqueued_at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_job"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "running", "dead"]), name="job_state"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=["waiting", "running"]), name="job_due"
            ),
            models.Index(fields=["digest"], condition=Q(state="waiting"), name="job_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.state})"


class ScheduledMoment(models.Model):
    """When a job is enqueued by the clock next; see ``core.jobs.schedules``."""

    name = models.CharField(max_length=200, primary_key=True)
    next_at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_schedule"

    def __str__(self) -> str:
        return f"{self.name} at {self.next_at}"
