"""E-mail addresses: in one spelling, and without more mail to them than their owner asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from verite.notifications.refusals import EmailRefused

LONGEST_EMAIL = 254

# Mails that an address gets unasked: one a day, and so many until it shows that somebody reads them.
ASK_AGAIN_AFTER = timedelta(hours=24)
MOST_ASKED = 3


def checked_email(email: str) -> str:
    """An address as it is compared and kept: lower case, its host in ASCII, nothing folded that could be two.

    Raises:
        EmailRefused: no mail can be sent there.
    """
    local, _at, domain = email.strip().lower().rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(address)
    except (UnicodeError, ValidationError) as error:
        raise _refused() from error
    if len(address) > LONGEST_EMAIL or not (address.isascii() and address.isprintable()) or '"' in address:
        raise _refused()
    return address


def digest(email: str) -> str:
    """By which an address is found again without being kept: HMAC-SHA256, hexadecimal."""
    return salted_hmac("verite.notifications.address", email, algorithm="sha256").hexdigest()


def may_be_asked(asked_at: datetime | None, asked_count: int, *, now: datetime) -> bool:
    """Whether an address that showed no sign since ``asked_at`` may be sent another mail that it did not ask for."""
    return asked_count < MOST_ASKED and (asked_at is None or now - asked_at >= ASK_AGAIN_AFTER)


def _refused() -> EmailRefused:
    return EmailRefused(
        _("This is no address that mail can be sent to. Check it: it looks like name@example.org.")
    )
