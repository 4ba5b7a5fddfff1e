"""Texts about the site, and its feeds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from verite.core import freshness
from verite.pages.queries import page


@require_safe
@freshness.page()
def about(request: HttpRequest) -> HttpResponse:
    return _text(request, "about")


@require_safe
@freshness.page(max_age=86_400)
def feeds(request: HttpRequest) -> HttpResponse:
    """What can be followed by a feed reader, and how."""
    return render(request, "feeds.html")


def _text(request: HttpRequest, slug: str) -> HttpResponse:
    found = page(slug, language=get_language() or "en")
    if found is None:
        raise Http404
    return render(request, "text.html", {"text": found, "slug": slug})
