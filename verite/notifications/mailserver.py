"""The server that takes our mails: how long it is waited for, and whether it was found away a moment ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

# One that has greeted is there. Whoever hangs up while it thinks about a mail that it then takes sends it twice.
PATIENCE_SECONDS = 300

# So long nobody asks after one that was away, for each question may take as long as the connection may.
AWAY_FOR = timedelta(minutes=5)

# What this process has found out; another finds it out for itself.
_away_until: datetime | None = None


def connect(connection: BaseEmailBackend) -> None:
    """Open a connection, for a job.

    Raises:
        OSError: it cannot be opened, or not in the time that the settings allow.
    """
    connection.open()
    if isinstance(connection, SmtpBackend) and connection.connection and connection.connection.sock:
        connection.connection.sock.settimeout(PATIENCE_SECONDS)


def is_away(*, now: datetime) -> bool:
    """Whether it was found away so lately that it is not asked again."""
    return _away_until is not None and now < _away_until


def found_away(*, now: datetime) -> None:
    """It cannot be talked to: other mails need not try."""
    global _away_until  # noqa: PLW0603 (one server for each process)
    _away_until = now + AWAY_FOR
