"""Sent twice, done once: what was answered to a request is remembered for those who send it again.

An action asks ``first_answer`` inside its write transaction, before it does anything; what it answers it
gives to ``remember`` in the same transaction. Two requests in one moment wait for each other there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from verite.core import db
from verite.core.models import GivenAnswer

KEY_LIFETIME = timedelta(hours=24)
BODY_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sending:
    """What makes two requests the same: who sends, to do what, and a digest of the key or of all that is sent.

    Attributes:
        lifetime: how long after the first one a second counts as the same.
    """

    participant_id: int
    action: str
    digest: str
    lifetime: timedelta


def sending(participant_id: int, action: str, key: str, *body: str) -> Sending:
    """A request with an idempotency ``key``; without one (""), its ``body`` and place stand for it, for less long."""
    if key:
        return Sending(participant_id, action, _digest("key", key), KEY_LIFETIME)
    return Sending(participant_id, action, _digest("body", *body), BODY_LIFETIME)


def first_answer(sent: Sending, *, now: datetime) -> str | None:
    """What was answered to the first of these requests; None for the first itself, whose ``remember`` must follow.

    Raises:
        WriteRefused: no write transaction is open.
    """
    db.current_write()
    # Whoever finds the row missing makes it, and others who make it wait until that one's commit.
    row, is_first = GivenAnswer.objects.select_for_update().get_or_create(
        participant_id=sent.participant_id,
        action=sent.action,
        digest=sent.digest,
        defaults={"expires_at": now + sent.lifetime},
    )
    return None if is_first or row.expires_at <= now else row.reference


def remember(sent: Sending, reference: str, *, now: datetime) -> None:
    """Keep what the first of these requests is answered with (an id), until it expires."""
    GivenAnswer.objects.filter(
        participant_id=sent.participant_id, action=sent.action, digest=sent.digest
    ).update(reference=reference, expires_at=now + sent.lifetime)


def forget_expired(*, now: datetime) -> int:
    """Delete what nobody asks for any more; answers with the number of rows."""
    with db.write():
        deleted, _by_table = GivenAnswer.objects.filter(expires_at__lte=now).delete()
    return deleted


def _digest(*parts: str) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()
