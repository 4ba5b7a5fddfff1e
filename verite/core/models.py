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
