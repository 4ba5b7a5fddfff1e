"""Saying that something happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from verite.core import db
from verite.notifications.topics import Topic

_ANNOUNCE = """
INSERT INTO notifications_announcement (topics, kind, object_id, author_id, happened_at)
VALUES (%s, %s, %s, %s, %s)
"""


def announce(
    topics: Iterable[tuple[Topic, int]], *, kind: str, object_id: int, author_id: int | None, now: datetime
) -> None:
    """Write down that something public happened, with the transaction that makes it so: one INSERT.

    Whoever follows any of the topics is told, once, and not if they did it themselves. Say it when the thing
    becomes public, not when it is made.

    Args:
        topics: such as ``(Topic.FILM, 5), (Topic.THREAD, 77)``; none is nothing to say.
        kind: who can tell it (``telling.register``).
        object_id: what the teller knows it by.
        author_id: the participant who did it.

    Raises:
        WriteRefused: no write transaction is open.
    """
    written = " ".join([f"{topic.value}:{about}" for topic, about in topics])
    if written:
        db.run(_ANNOUNCE, [written, kind, object_id, author_id, db.moment(now)])
