"""Moments in a film: read as people and addresses write them, written as we show them."""

from __future__ import annotations

import re

LONGEST = 100 * 3600
"""Seconds. A start at or beyond a hundred hours is a slip or a trick, not a moment of a film."""

_SECONDS = re.compile(r"([0-9]{1,6})(?:\.[0-9]*)?s?")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-5]?[0-9])(?:\.[0-9]*)?")
_HALF_SAID = re.compile(r"[0-9]+h[0-9]+")
_UNITS = re.compile(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m(?:in)?)?(?:([0-9]{1,6})s?)?")


def read_start(text: str) -> int | None:
    """The second that ``text`` names (``754``, ``12m34s``, ``12:34``, ``1:02:03``); None when it names none.

    Case, white space and fractions of a second do not matter.
    """
    compact = "".join(text.split()).lower()
    if seconds := _SECONDS.fullmatch(compact):
        return _within_a_film(0, 0, int(seconds[1]))
    if _HALF_SAID.fullmatch(compact):
        compact += "m"  # 1h30 is an hour and thirty minutes to whoever writes it.
    spelled = _CLOCK.fullmatch(compact) or _UNITS.fullmatch(compact)
    if not compact or not spelled:
        return None
    return _within_a_film(*(int(number or 0) for number in spelled.groups()))


def write_moment(seconds: int) -> str:
    """``seconds`` as a clock shows it: ``0:07``, ``12:34``, ``1:02:03``. ValueError when negative."""
    if seconds < 0:
        raise ValueError(f"A film has no moment {seconds} s before its start.")
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _within_a_film(hours: int, minutes: int, seconds: int) -> int | None:
    total = hours * 3600 + minutes * 60 + seconds
    return total if total < LONGEST else None
