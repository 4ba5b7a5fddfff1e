"""How facts are said: durations, timecodes, dates, names of countries and languages, numbers.

Every function answers in the language of the present request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verite.catalogue import countries, languages
from verite.catalogue.queries.film_cards import years
from verite.core import moments


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


def released(film: Dated) -> str:
    """When a film came out, as exactly as we know: "1942", "March 1942", "4 March 1942", "1942–45"; or nothing."""
    if film.year is None or film.month is None:
        return years(film.year, film.last_year, is_running=film.is_running)
    if film.day is None:
        return format_skeleton("yMMMM", dt.date(film.year, film.month, 1), locale=_locale())
    return format_date(dt.date(film.year, film.month, film.day), "long", _locale())


def date(moment: dt.datetime) -> str:
    """The day of a moment, in the site's time zone: "2 March 2019"."""
    return moments.day(moment, _language())


def instant(moment: dt.datetime) -> str:
    """A moment for machines: ``2019-03-02T19:12:00Z``."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def country(code: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2, or a former one)."""
    return _country(code, _language())


def language(tag: str) -> str:
    """The name of a language (BCP 47)."""
    return _spoken(tag, _language())


def role(role: str, count: int) -> str:
    """What stands before the names of ``count`` people in a role of the credits."""
    return {
        "director": ngettext("Director", "Directors", count),
        "producer": ngettext("Producer", "Producers", count),
        "writer": ngettext("Writer", "Writers", count),
        "narrator": ngettext("Narrator", "Narrators", count),
        "camera": _("Camera"),
        "editor": ngettext("Editor", "Editors", count),
        "composer": _("Music"),
        "nominee": _("Nominated"),
        "made_for": _("Made for"),
    }[role]


def number(value: float) -> str:
    """A number with its groups: 9,214."""
    return _number(value, _language())


def hundredths(value: Decimal) -> str:
    """A mean as precisely as it is shown: 7.60."""
    return format_decimal(value, format="0.00", locale=_locale())


def share(part: int, whole: int) -> str:
    """How much of a whole, in whole per cent: "34%"; what is there is never said to be nothing."""
    if 0 < part * 200 < whole:
        return "<" + format_percent(0.01, locale=_locale())
    return format_percent(part / whole, locale=_locale())


def listed(items: Iterable[str]) -> str:
    """Several things in one sentence: "a, b and c"."""
    return format_list(list(items), locale=_locale())


def _language() -> str:
    return translation.get_language() or "en"


def _locale() -> Locale:
    return moments.locale_of(_language())


# Finding a name costs more than the rest of the line it stands in.
_country = lru_cache(maxsize=4096)(countries.name)
_spoken = lru_cache(maxsize=4096)(languages.name)


@lru_cache(maxsize=4096)
def _number(value: float, language: str) -> str:
    return format_decimal(value, locale=moments.locale_of(language))
