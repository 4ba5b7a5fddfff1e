"""What crawlers are asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from verite.api.addresses import absolute
from verite.core import freshness

# Combinations of filters and words have no end; whatever they show stands on pages that are mapped.
ASKED = """User-agent: *
Disallow: /follow/
Disallow: /notify/
Disallow: /search/
Disallow: /films/?*&
Disallow: /films/feed.atom?

Sitemap: {sitemap}
"""


@require_safe
@freshness.page(max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    said = ASKED.format(sitemap=absolute(request, "sitemap"))
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
