"""Guests: a random id in a cookie, and how its row is found again."""

from __future__ import annotations

import hashlib

from verite.core.ids import new_token

TOKEN_BITS = 128


def fresh_token() -> str:
    """A random id for a browser that has none."""
    return new_token(TOKEN_BITS)


def digest(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.blake2b(token.encode(), digest_size=16, person=b"verite-guest").hexdigest()
