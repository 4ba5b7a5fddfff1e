"""Text reduced to what search, matching and sorting compare."""

from __future__ import annotations

import re
import unicodedata

from .cleaning import normalised

# Only the marks of Latin, Greek and Cyrillic: those of Arabic, Hindi or Japanese make other letters.
_DIACRITICS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")

# Latin letters that Unicode does not take apart, and the signs of transliteration, which few people type.
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "n",
        "ŧ": "t",
    }
    | dict.fromkeys("ʹʺʻʼʽʾʿ", "")
)

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


def fold(text: str) -> str:
    """``text`` in small letters without diacritics, every run of punctuation and white space one space.

    "Łódź: Ærø & Straße" becomes "lodz aero strasse". Letters of other scripts stay what they are. Folding
    twice is folding once; the result may be longer than the text.
    """
    apart = normalised(text.casefold(), "NFKD")
    bare = _DIACRITICS.sub("", apart).casefold().translate(_LETTERS)
    return " ".join("".join(map(_letter_or_space, unicodedata.normalize("NFC", bare))).split())


def sort_key_title(title: str) -> str:
    """The key under which a title stands in an alphabetical list: folded, without its English article."""
    article = _ARTICLE.match(title)
    rest = fold(title[article.end() :]) if article else ""
    return rest or fold(title)


def _letter_or_space(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""  # soft hyphens and joiners stand inside words
    return character if category[0] in "LMN" else " "
