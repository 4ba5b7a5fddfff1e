"""What it means that a mail was not taken."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from smtplib import SMTPDataError, SMTPRecipientsRefused


class Verdict(StrEnum):
    """What is to be done."""

    LATER = "later"  # this mail, again
    NEVER = "never"  # this mail, not again
    SERVER_AWAY = "server away"  # no mail can be sent now


def verdict_on(error: Exception) -> Verdict:
    """Judge an error of ``send_messages``, be it SMTP's, of a service that is spoken to over HTTP, or our own."""
    if isinstance(error, SMTPRecipientsRefused):
        return _by_codes(code for code, _words in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return _by_codes([error.smtp_code])
    if type(error).__name__ == "AnymailRecipientsRefused":
        return Verdict.NEVER
    status = getattr(error, "status_code", None)  # of anymail's errors, which are OSErrors as well
    if isinstance(status, int):
        return Verdict.SERVER_AWAY if status in (401, 403, 429) or status >= 500 else Verdict.LATER
    if isinstance(error, OSError):  # all of SMTP's are; the server does not like who we are, or is not there
        return Verdict.SERVER_AWAY
    return Verdict.LATER


def _by_codes(codes: Iterable[int]) -> Verdict:
    """RFC 5321: what begins with a 5 is meant for good."""
    return Verdict.NEVER if all(500 <= code < 600 for code in codes) else Verdict.LATER
