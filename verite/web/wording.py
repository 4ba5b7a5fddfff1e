"""How facts are said: durations, timecodes, dates, names of countries and languages, numbers.

Every function answers in the language of the present request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone, translation
from django.utils.translation import gettext as _

# Plain "en" would give American dates.
_LOCALES = {"en": "en_GB"}


class Dated(Protocol):
    """Whatever has a partial date or a range of years, as a film does."""

    @property
    def year(self) -> int | None: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def last_year(self) -> int | None: ...
    @property
    def is_running(self) -> bool: ...


def duration(seconds: int) -> str:
    """A length of time as people say it: 24,995 seconds are "6 h 57 min"."""
    if seconds < 60:
        return _("%(seconds)d s") % {"seconds": seconds}
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


def timecode(seconds: int) -> str:
    """A moment in a film: 754 is "12:34", 3723 is "1:02:03"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def released(film: Dated) -> str:
    """When a film came out, as exactly as we know: "1942", "March 1942", "4 March 1942", "1942–45"; or nothing."""
    if film.year is None:
        return ""
    if film.is_running:
        return _("since %(year)d") % {"year": film.year}
    if film.last_year is not None:
        same_century = film.year // 100 == film.last_year // 100
        return f"{film.year}–{film.last_year % 100:02}" if same_century else f"{film.year}–{film.last_year}"
    if film.month is None:
        return str(film.year)
    if film.day is None:
        return format_skeleton("yMMMM", dt.date(film.year, film.month, 1), locale=_locale())
    return format_date(dt.date(film.year, film.month, film.day), "long", _locale())


def date(moment: dt.datetime) -> str:
    """The day of a moment, in the site's time zone: "2 March 2019"."""
    return format_date(timezone.localtime(moment).date(), "long", _locale())


def instant(moment: dt.datetime) -> str:
    """A moment for machines: ``2019-03-02T19:12:00Z``."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def country_name(code: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2, or a former one); the code itself where none is known."""
    former = {
        "SU": _("Soviet Union"),
        "DD": _("East Germany"),
        "YU": _("Yugoslavia"),
        "CS": _("Czechoslovakia"),
    }
    return former.get(code) or _locale().territories.get(code, code)


def language_name(tag: str) -> str:
    """The name of a language (BCP 47); ``zxx`` is a film in which nobody speaks."""
    if tag == "zxx":
        return _("No speech")
    languages = _locale().languages
    subtags = tag.split("-")
    # "sr-Latn" has no name of its own here; "sr" has.
    for length in range(len(subtags), 0, -1):
        name = languages.get("_".join(subtags[:length]))
        if name:
            return str(name)
    return tag


def number(value: float) -> str:
    """A number with its groups: 9,214."""
    return format_decimal(value, locale=_locale())


def listed(items: Iterable[str]) -> str:
    """Several things in one sentence: "a, b and c"."""
    return format_list(list(items), locale=_locale())


def _locale() -> Locale:
    return _locale_of(translation.get_language() or "en")


@lru_cache(maxsize=64)
def _locale_of(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, translation.to_locale(language)))
