"""What stands in the links of mails: who may do what, signed, so that nothing need be stored or looked up.

Each purpose has a salt of its own: a link that ends a subscription confirms none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from verite.notifications.refusals import TokenExpired, TokenRefused

CONFIRM_WITHIN = timedelta(days=7)
MANAGE_WITHIN = timedelta(days=365)

# A longer list would not fit a header line, which cannot be folded inside an address.
MOST_NAMED = 60

_MARK = "."
_BASE = 36
_LONGEST = 1000


def to_confirm(address_id: int, *, now: datetime) -> str:
    """For the address itself: to say yes (or never) to what it is asked. Good for seven days."""
    return _signed("confirm", [address_id, int(now.timestamp())])


def to_unsubscribe(subscription_ids: Sequence[int]) -> str:
    """To end these subscriptions, at most ``MOST_NAMED``; good for ever, as mails are kept for ever."""
    return _signed("unsubscribe", subscription_ids[:MOST_NAMED])


def to_manage(address_id: int, *, now: datetime) -> str:
    """To see and change all subscriptions of an address. Good for a year."""
    return _signed("manage", [address_id, int(now.timestamp())])


def confirming(token: str, *, now: datetime) -> int:
    """The id of the address that may confirm.

    Raises:
        TokenRefused: it is no such token.
        TokenExpired: it is too old.
    """
    return _dated("confirm", token, CONFIRM_WITHIN, now)


def unsubscribing(token: str) -> list[int]:
    """The ids of the subscriptions to be ended. Raises ``TokenRefused``."""
    return _read("unsubscribe", token)


def managing(token: str, *, now: datetime) -> int:
    """The id of the address whose subscriptions may be seen. Raises as ``confirming`` does."""
    return _dated("manage", token, MANAGE_WITHIN, now)


def _dated(purpose: str, token: str, lifetime: timedelta, now: datetime) -> int:
    numbers = _read(purpose, token)
    if len(numbers) != 2:
        raise _forged()
    address_id, made = numbers
    if now - datetime.fromtimestamp(made, UTC) > lifetime:
        raise TokenExpired(_("This link is too old. Ask for a new one where you follow something."))
    return address_id


def _signer(purpose: str) -> Signer:
    return Signer(sep=_MARK, salt=f"verite.notifications.{purpose}")


def _signed(purpose: str, numbers: Sequence[int]) -> str:
    return _signer(purpose).sign("-".join(map(_written, numbers)))


def _read(purpose: str, token: str) -> list[int]:
    if len(token) > _LONGEST:
        raise _forged()
    try:
        return [int(number, _BASE) for number in _signer(purpose).unsign(token).split("-")]
    except (BadSignature, ValueError) as error:
        raise _forged() from error


def _written(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, _BASE)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def _forged() -> TokenRefused:
    return TokenRefused(
        _("This link is not whole. Copy all of it from the mail, or open it from there again.")
    )
