"""A way to send that dies when it is told to, before or after the mail is taken, as a killed worker would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from verite.core import clock

BACKEND = "tests.notifications.frail.Backend"


class Killed(BaseException):
    """Nothing of ours catches this."""


@dataclass(frozen=True)
class Taken:
    to: str
    message_id: str
    at: datetime
    body: str


@dataclass
class Fate:
    """When to die: 1 is the next mail; and what was taken so far."""

    before: int = 0
    after: int = 0
    taken: list[Taken] = field(default_factory=list)


class Backend(BaseEmailBackend):
    fate: ClassVar[Fate] = Fate()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self._dies("before")
            self.fate.taken.append(
                Taken(message.to[0], str(message.extra_headers["Message-ID"]), clock.now(), str(message.body))
            )
            self._dies("after")
        return len(email_messages)

    def _dies(self, when: str) -> None:
        left = getattr(self.fate, when)
        setattr(self.fate, when, max(left - 1, 0))
        if left == 1:
            raise Killed
