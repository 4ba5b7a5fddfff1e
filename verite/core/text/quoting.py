"""Somebody's words as the beginning of an answer to them."""

from __future__ import annotations

import re
from html import unescape

from .cleaning import excerpt
from .markdown import render
from .sanitise import Profile, is_web_address

MOST_QUOTED = 300

# What Markdown might read as a sign, anywhere; and what it might at the beginning of a line.
_SIGN = re.compile(r"(?=[\\`*_\[\]<>&~#])")
_INNERMOST_QUOTE = re.compile(r"<blockquote>(?:(?!</?blockquote>).)*</blockquote>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
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


def own_words(markdown: str) -> str:
    """What a comment says, as plain text on one line, without what it quotes itself.

    Raises:
        TextTooLong: it is longer than a comment may be.
    """
    html, is_changed = str(render(markdown, kind=Profile.COMMENT)), 1
    while is_changed:  # quotes may hold quotes
        html, is_changed = _INNERMOST_QUOTE.subn("", html)
    return " ".join(unescape(_TAG.sub("", html)).split())


def _typed(text: str) -> str:
    r"""``text`` so that Markdown shows it as it is: ``\`` before every sign."""
    return _FIRST_SIGN.sub(r"\g<0>\\", _SIGN.sub(r"\\", text))
