"""Tables that belong to no single subject."""

from __future__ import annotations

from django.db import models


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
