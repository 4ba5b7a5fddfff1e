"""For how long an author may change a comment; who may at all stands in ``accounts.permissions``."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings


def editable_until(created_at: datetime) -> datetime:
    """The moment until which an author may change a comment."""
    return created_at + timedelta(minutes=settings.VERITE.edit_minutes)


def may_still_edit(created_at: datetime, *, now: datetime) -> bool:
    """Whether there is time left to change a comment."""
    return now <= editable_until(created_at)
