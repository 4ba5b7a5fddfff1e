"""Names that nobody can guess, and a name for those who gave none."""

from __future__ import annotations

import secrets
from functools import lru_cache

from django.utils.crypto import salted_hmac

# No vowels, so that no words arise; neither l nor y, which are mistaken for others.
_LETTERS = "bcdfghjkmnpqrstvwxz"
_MARK_LENGTH = 4


def new_token(bits: int) -> str:
    """A random token of at least ``bits`` bits, fit for addresses."""
    return secrets.token_urlsafe((bits + 7) // 8)


# A page of a thread asks for the same few marks again and again.
@lru_cache(maxsize=16384)
def short_mark(participant_id: int, thread_id: int, secret: str) -> str:
    """Four letters by which a thread tells its guests apart.

    The same guest has the same mark throughout one thread and another in the next, so that nobody can be
    followed from film to film. Two guests of one thread share a mark once in 130,000 pairs: it is no proof.
    """
    digest = salted_hmac(
        "verite.core.ids.mark", f"{participant_id}:{thread_id}", secret=secret, algorithm="sha256"
    ).digest()
    number = int.from_bytes(digest, "big")
    mark = ""
    for _place in range(_MARK_LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        mark += _LETTERS[letter]
    return mark
