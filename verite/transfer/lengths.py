"""How long a film is, as people write it."""

from __future__ import annotations

import re

# A year of nothing but film; what is longer was no length.
LONGEST_SECONDS = 366 * 24 * 3600

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?")
_ISO = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.IGNORECASE)
_HOURS = r"h|hr|hrs|hour|hours|std|stunden?|heures?|horas?"
_MINUTES = r"m|mn|min|mins|minute|minutes|minuten|minutos?|minuti|′|'"
_SECONDS = r"s|sec|secs|second|seconds|sek|sekunden?|secondes?|segundos?|″|\""
_WORDS = re.compile(
    rf"(?:(\d+(?:[.,]\d+)?)\s*(?:{_HOURS})\.?)?\s*(?:(?:and|,)\s*)?"
    rf"(?:(\d+(?:[.,]\d+)?)\s*(?:(?:{_MINUTES})\.?|\Z))?\s*(?:(?:and|,)\s*)?"
    rf"(?:(\d+)\s*(?:{_SECONDS})\.?)?",
    re.IGNORECASE,
)


def read_length(text: str) -> int | None:
    """The seconds in "93", "93 min", "1 h 33", "1h33m", "1:33:00", "PT1H33M" or "1.5 hours".

    A bare number is minutes. Of two numbers "1:33" the first is hours, unless it would be more than 9: then
    they are minutes and seconds. None for what is no length ("1 Season"), is nothing, or is beyond reason.
    """
    text = text.strip().removeprefix("~").removeprefix("ca.").strip()
    seconds = _clock(text) if ":" in text else _iso(text) if text[:1] in "Pp" else _words(text)
    return round(seconds) if seconds and 1 <= seconds <= LONGEST_SECONDS else None


def _clock(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    first, middle, last = (int(piece) if piece else 0 for piece in found.groups())
    if found[1] is not None:
        return first * 3600 + middle * 60 + last if middle < 60 and last < 60 else None
    if last >= 60:
        return None
    return middle * 3600 + last * 60 if middle <= 9 else middle * 60 + last


def _iso(text: str) -> float | None:
    found = _ISO.fullmatch(text)
    return _seconds(*found.groups()) if found else None


def _words(text: str) -> float | None:
    found = _WORDS.fullmatch(text)
    return _seconds(*found.groups()) if found and any(found.groups()) else None


def _seconds(hours: str | None, minutes: str | None, seconds: str | None) -> float:
    return _number(hours) * 3600 + _number(minutes) * 60 + _number(seconds)


def _number(digits: str | None) -> float:
    return float(digits.replace(",", ".")) if digits else 0.0
