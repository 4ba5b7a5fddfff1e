"""What accounts do by the clock."""

from __future__ import annotations

from verite.accounts.sessions import SessionStore
from verite.core.jobs import every, job


@every(minutes=60)
@job()
def forget_ended_sessions() -> None:
    """Delete sessions that let nobody in any more."""
    SessionStore.clear_expired()
