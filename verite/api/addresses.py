"""Whole addresses, for those who read them elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def origin(request: HttpRequest) -> str:
    """Scheme and host under which the site is known, without a slash at the end."""
    return settings.VERITE.site_url or f"{request.scheme}://{request.get_host()}"


def absolute(request: HttpRequest, view_name: str, **arguments: str | int) -> str:
    """The whole address of a page."""
    return origin(request) + reverse(view_name, kwargs=arguments)


def absolute_by_slug(request: HttpRequest, view_name: str) -> Callable[[str], str]:
    """What makes whole addresses of many pages of one view; to look each of them up would take a second."""
    before, _slug, after = absolute(request, view_name, slug="-").rpartition("-")
    return lambda slug: f"{before}{quote(slug)}{after}"
