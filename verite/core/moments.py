"""Days and times of day as people say them. Pages and mails say them alike."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from django.utils import timezone, translation

# Plain "en" would give American dates.
_LOCALES = {"en": "en_GB"}


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """How a language of the interface writes dates and numbers."""
    return Locale.parse(_LOCALES.get(language, translation.to_locale(language)))


def day(moment: datetime, language: str) -> str:
    """The day of a moment, in the site's time zone: "2 March 2019"."""
    return format_date(timezone.localtime(moment).date(), "long", locale_of(language))


def day_and_time(moment: datetime, language: str) -> str:
    """A moment to the minute, in the site's time zone: "2 March 2019, 15:42"."""
    return f"{day(moment, language)}, {timezone.localtime(moment):%H:%M}"
