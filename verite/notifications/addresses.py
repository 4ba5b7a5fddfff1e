"""Where the links of mails lead. ``web`` answers at these paths; see docs/recipes/notify.md."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

CONFIRM = "/notify/confirm/{token}/"
UNSUBSCRIBE = "/notify/unsubscribe/{token}/"
MANAGE = "/notify/manage/{token}/"

# Without a public address, a site is somebody's own machine.
AT_HOME = "http://localhost:8000"


def origin() -> str:
    """Scheme and host of the site as its readers know it, without a slash at the end."""
    return settings.VERITE.site_url or AT_HOME


def host() -> str:
    """The host alone, for what mails are named by."""
    return urlsplit(origin()).hostname or "localhost"
