"""The map of the site: an index, and pieces of at most 5,000 addresses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from verite.api.addresses import absolute, absolute_by_slug
from verite.catalogue.queries import addresses
from verite.core import freshness

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HOUR = 3600  # seconds: crawlers come far more seldom

Entry = tuple[str, datetime | None]


@require_safe
@freshness.page(max_age=HOUR)
def index(request: HttpRequest) -> HttpResponse:
    pieces = [absolute(request, "sitemap_pages")]
    pieces += [absolute(request, "sitemap_films", piece=piece) for piece in addresses.film_pieces()]
    pieces += [absolute(request, "sitemap_people", piece=piece) for piece in addresses.person_pieces()]
    return _written("sitemapindex", "sitemap", [(address, None) for address in pieces])


@require_safe
@freshness.page(max_age=HOUR)
def pages(request: HttpRequest) -> HttpResponse:
    """Everything that is neither a film nor a person."""
    views = ("home", "browse", "subjects", "years", "collections", "about", "feeds")
    entries: list[Entry] = [(absolute(request, view), None) for view in views]
    entries += [(absolute(request, "subject", slug=slug), None) for slug in addresses.subject_slugs()]
    entries += [(absolute(request, "year", year=year), None) for year in addresses.years()]
    entries += [
        (absolute(request, "collection", slug=slug), revised_at)
        for slug, revised_at in addresses.collection_slugs()
    ]
    return _written("urlset", "url", entries)


@require_safe
@freshness.page(max_age=HOUR)
def films(request: HttpRequest, piece: int) -> HttpResponse:
    address = absolute_by_slug(request, "film")
    return _written("urlset", "url", [(address(slug), at) for slug, at in addresses.films_of_piece(piece)])


@require_safe
@freshness.page(max_age=HOUR)
def people(request: HttpRequest, piece: int) -> HttpResponse:
    address = absolute_by_slug(request, "person")
    return _written("urlset", "url", [(address(slug), None) for slug in addresses.people_of_piece(piece)])


def _written(whole: str, part: str, entries: Iterable[Entry]) -> HttpResponse:
    """Raises ``Http404`` where there is nothing: an empty map is no map."""
    entries = list(entries)
    if not entries:
        raise Http404
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement(whole, AttributesImpl({"xmlns": NAMESPACE}))
    for address, changed_at in entries:
        xml.startElement(part, AttributesImpl({}))
        xml.addQuickElement("loc", address)
        if changed_at is not None:
            xml.addQuickElement("lastmod", changed_at.isoformat(timespec="seconds"))
        xml.endElement(part)
    xml.endElement(whole)
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type="application/xml; charset=utf-8")
