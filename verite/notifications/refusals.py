"""Why somebody cannot follow something, or a link in a mail does nothing. Every message says how to mend it."""

from __future__ import annotations

from typing import ClassVar


class FollowRefused(Exception):
    """The thing cannot be done.

    Attributes:
        field: the field of the form that is to be mended: ``email``, ``topic``, ``interval`` or ``token``.
        status: the HTTP status with which pages and API say it.
    """

    field: ClassVar[str] = "topic"
    status: ClassVar[int] = 422


class EmailRefused(FollowRefused):
    """No mail can be sent to such an address."""

    field = "email"


class NothingThere(FollowRefused):
    """What was to be followed is not there in public."""

    status = 404


class NotYours(FollowRefused):
    """Only the one it is about can follow it."""

    status = 403


class IntervalRefused(FollowRefused):
    """There is no such interval."""

    field = "interval"


class TokenRefused(FollowRefused):
    """The link is not one that was sent from here, or not whole."""

    field = "token"
    status = 404


class TokenExpired(TokenRefused):
    """The link was good once."""

    status = 410


class AlreadyGone(TokenRefused):
    """The link is good, and what it was for is no longer there."""

    status = 410
