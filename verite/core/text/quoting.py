"""Somebody's words as the beginning of an answer to them."""

from __future__ import annotations

import re

from .cleaning import excerpt
from .sanitise import is_web_address

MOST_QUOTED = 300

# What Markdown might read as a sign, anywhere; and what it might at the beginning of a line.
_SIGN = re.compile(r"(?=[\\`*_\[\]<>&~#])")
_FIRST_SIGN = re.compile(r"^[0-9]{1,9}(?=[.)])|^(?=[-+])")


def quoted_markdown(name: str, words: str, *, address: str = "", most: int = MOST_QUOTED) -> str:
    """The Markdown that quotes somebody: a block quote with the name, linked, and the words; then an empty line.

    Args:
        name: who said it; "" for somebody without a name, or a passage that everybody knows.
        words: plain text (see ``plain``), of which at most ``most`` characters are quoted, on one line.
        address: where it stands, absolute; anything else is left out.
    """
    said, who = _typed(excerpt(words, most)), _typed(" ".join(name.split()))
    if is_web_address(address):
        who = f"[{who or '↑'}](<{address}>)"
    return f"> {who}: {said}\n\n" if who else f"> {said}\n\n"


def _typed(text: str) -> str:
    r"""``text`` so that Markdown shows it as it is: ``\`` before every sign."""
    return _FIRST_SIGN.sub(r"\g<0>\\", _SIGN.sub(r"\\", text))
