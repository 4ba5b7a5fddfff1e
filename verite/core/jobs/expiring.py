"""What ``core`` keeps for a while only."""

from __future__ import annotations

from verite.core import clock, idempotency
from verite.core.jobs import every, job


@every(minutes=60)
@job()
def forget_given_answers() -> None:
    """Delete answers that nobody can ask for again."""
    idempotency.forget_expired(now=clock.now())
