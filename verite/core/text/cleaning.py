"""Plain text from outside: one spelling, nothing invisible, no longer than there is room for."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from django.utils.translation import gettext as _

# Control characters, marks and embeddings that turn the direction of what follows, other invisible format
# characters, halves of surrogate pairs (they cannot be encoded) and noncharacters. Joiners and variation
# selectors stay: Persian, Indic scripts and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

# Letters and signs that leave no ink: fillers of Korean syllables, and the empty cell of Braille.
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# Writing needs four or five marks on one letter at most.
MOST_MARKS = 10


class TextTooLong(ValueError):
    """A text is longer than there is room for. Its message may be shown to the person who wrote it."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__(
            _("This text has %(length)d characters, and there is room for %(limit)d. Please shorten it.")
            % {"length": length, "limit": limit}
        )


def clean_text(text: str, limit: int) -> str:
    """Text of several lines: NFC, lines ending in ``\\n``, nothing that is unwanted or invisible.

    Raises:
        TextTooLong: more than ``limit`` characters are left.
    """
    cleaned = legible(text)
    if len(cleaned) > limit:
        raise TextTooLong(len(cleaned), limit)
    return normalised(cleaned)


def clean_line(text: str, limit: int) -> str:
    """One line of text, white space folded, cut at a word to ``limit`` characters.

    For words that nobody here can shorten, such as a title that another site sends.
    """
    return excerpt(normalised(legible(text)), limit)


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, at most ``length`` (≥ 1) characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    words, _space, _rest = line[:length].rpartition(" ")
    # A word longer than half the room (an address, or Chinese, which has no spaces) is itself cut.
    kept = words if len(words) >= length // 2 else line[: length - 1]
    return kept[: length - 1].rstrip(" ,;:.–—-") + "…"


def legible(text: str) -> str:
    """``text`` with plain line ends, without control characters, direction overrides and half characters."""
    if text.isprintable():  # then it has none of them, and most lines are such
        return text
    return _UNWANTED.sub("", _LINE_END.sub("\n", text))


def inked(text: str) -> str:
    """``text`` without letters and signs that cannot be seen, which would make nothing look like something."""
    return text if text.isascii() else _BLANK.sub("", text)


def normalised(text: str, form: Literal["NFC", "NFKD"] = "NFC") -> str:
    """``text`` in a Unicode normal form, with no more than ``MOST_MARKS`` marks on one letter.

    The cut comes first because normalising takes time that grows with the square of such a pile: a
    hundred thousand marks on one letter would take ten seconds.
    """
    if text.isascii():
        return text
    kept = []
    pile = 0
    for character in text:
        pile = pile + 1 if unicodedata.combining(character) else 0
        if pile <= MOST_MARKS:
            kept.append(character)
    return unicodedata.normalize(form, "".join(kept))
