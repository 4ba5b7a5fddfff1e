"""When something was said, as people put it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MONTH, YEAR = 30, 365  # days


def ago(moment: datetime, today: date) -> str:
    """How long ago a moment was, in words that stay true while the UTC day ``today`` lasts: "6 years ago".

    Whole months and years only; a script says it to the minute (static/js/times.js), with the same limits.
    """
    days = (today - moment.astimezone(UTC).date()).days
    if days < 1:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < MONTH:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < YEAR:
        months = days // MONTH
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    years = days // YEAR
    return ngettext("%(count)d year ago", "%(count)d years ago", years) % {"count": years}


def exact(moment: datetime) -> str:
    """A moment to the second, the same for everybody: "2019-03-02 18:05:00 UTC"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
