"""Mail for sites that send none yet: a line on the console, and the whole message in a folder."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from email.message import Message
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from verite.core import clock
from verite.core.text import clean_line

LINE_CHARACTERS = 120


class ConsoleAndFolderBackend(BaseEmailBackend):
    """Writes each message as an ``.eml`` file into ``mail/`` in the data folder, and says so on the console.

    A message whose headers would hold a line break is refused by Django before anything is written.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and answer with their number.

        Raises:
            BadHeaderError: a header holds a line break.
            OSError: the folder cannot be written, unless ``fail_silently`` is set.
        """
        written = 0
        for message in email_messages:
            try:
                file = _write(message.message(), settings.VERITE.data / "mail")
            except OSError:
                if not self.fail_silently:
                    raise
                continue
            written += 1
            # Cleaned, because a subject could hold what steers a terminal.
            line = f"Mail to {', '.join(message.recipients())}: {message.subject}"
            sys.stdout.write(f"{clean_line(line, LINE_CHARACTERS)} ({file})\n")
        return written


def _write(message: Message, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    # Sorted by time; the id is hashed, since what it holds comes from outside and would name a file.
    mark = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:16]
    file = folder / f"{clock.now():%Y%m%dT%H%M%S.%fZ}-{mark}.eml"
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(message.as_bytes())
    unfinished.replace(file)  # whoever reads the folder meets whole messages only
    return file
