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

# One statement finds the row or makes it; whoever else sends the same waits in it for our commit.
_ASK = """
INSERT INTO core_given_answer (participant_id, action, digest, reference, expires_at) VALUES (%s, %s, %s, '', %s)
ON CONFLICT (participant_id, action, digest) DO UPDATE SET digest = excluded.digest
RETURNING reference, expires_at > %s
"""
_REMEMBER = """
UPDATE core_given_answer SET reference = %s, expires_at = %s
WHERE participant_id = %s AND action = %s AND digest = %s
"""


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
    reference, is_fresh = db.one(
        _ASK, [sent.participant_id, sent.action, sent.digest, db.moment(now + sent.lifetime), db.moment(now)]
    )
    return reference if reference and is_fresh else None


def remember(sent: Sending, reference: str, *, now: datetime) -> None:
    """Keep what the first of these requests is answered with (an id), until it expires."""
    db.run(
        _REMEMBER, [reference, db.moment(now + sent.lifetime), sent.participant_id, sent.action, sent.digest]
    )


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
