"""Atom feeds: of the site, of a list of films, of a subject, a person, a collection.

Their ids name the thing itself and not its address, so that a reader meets nothing twice when a slug or the
site's scheme changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verite.api.addresses import absolute, origin
from verite.catalogue.queries.collections import CollectionLine, collection_lines, collection_page
from verite.catalogue.queries.film_cards import FilmCard
from verite.catalogue.queries.news import ReviewLine, newest_reviews
from verite.catalogue.queries.people import newest_films_of
from verite.catalogue.queries.subjects import subject_page
from verite.core import freshness
from verite.core.text import clean_line
from verite.discovery.browse import newest_matching
from verite.discovery.choices import Choice, Facet

ENTRIES = 30
LONGEST = 500  # characters of a title or a summary

# The day from which a site's ids are its own (RFC 4151); any constant will do.
ID_DATE = "2026-01-01"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # what a feed without entries says of its last change


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new; ``id`` is its kind and number."""

    id: str
    title: str
    address: str
    summary: str
    authors: str
    published_at: datetime
    updated_at: datetime


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the newest entry changed; without entries always the same, for nothing has changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@require_safe
@freshness.page(max_age=60)
def site(request: HttpRequest) -> HttpResponse:
    """New films, reviews and collections together."""
    _choice, films = newest_matching({}, ENTRIES)
    entries = [
        *_films(request, films),
        *(_review(request, line) for line in newest_reviews(limit=ENTRIES)),
        *(_collection(request, line) for line in collection_lines(limit=ENTRIES)),
    ]
    entries.sort(key=lambda entry: entry.published_at, reverse=True)
    return _answer(request, "site", settings.VERITE.site_name, absolute(request, "home"), entries[:ENTRIES])


@require_safe
@freshness.page(params=(*Facet, "sort"), many=frozenset(Facet), max_age=60)
def films(request: HttpRequest) -> HttpResponse:
    """The newest films that have what the filters ask for, whatever the order on the page."""
    try:
        choice, found = newest_matching(dict(request.GET.lists()), ENTRIES)
    except LookupError as error:
        raise Http404 from error
    query = choice.query()
    page = absolute(request, "browse") + (f"?{query}" if query else "")
    return _answer(request, f"films?{query}", _films_title(choice), page, _films(request, found))


@require_safe
@freshness.page()
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    found = subject_page(slug)
    if found is None:
        raise Http404
    page = absolute(request, "subject", slug=slug)
    return _answer(request, f"subject/{found.id}", found.name, page, _films(request, found.films))


@require_safe
@freshness.page()
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = newest_films_of(slug, limit=ENTRIES)
    if found is None:
        raise Http404
    name, cards = found
    page = absolute(request, "person", slug=slug)
    return _answer(request, f"person/{name.id}", name.name, page, _films(request, cards))


@require_safe
@freshness.page()
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The films of a collection, the last in it first."""
    found = collection_page(slug)
    if found is None:
        raise Http404
    cards = [entry.film for entry in reversed(found.entries)][:ENTRIES]
    page = absolute(request, "collection", slug=slug)
    return _answer(request, f"collection/{found.id}", found.title, page, _films(request, cards))


def _films(request: HttpRequest, cards: Iterable[FilmCard]) -> list[Entry]:
    return [
        Entry(
            id=f"film/{card.id}",
            title=f"{card.title} ({card.years})" if card.years else card.title,
            address=absolute(request, "film", slug=card.slug),
            summary=card.tagline,
            authors=", ".join(card.directors),
            published_at=card.published_at,
            updated_at=card.published_at,
        )
        for card in cards
    ]


def _review(request: HttpRequest, line: ReviewLine) -> Entry:
    return Entry(
        id=f"review/{line.id}",
        title=_("Review: %(title)s") % {"title": line.film_title},
        address=absolute(request, "film", slug=line.film_slug) + "#review",
        summary="",
        authors=line.author,
        published_at=line.published_at,
        updated_at=line.revised_at,
    )


def _collection(request: HttpRequest, line: CollectionLine) -> Entry:
    return Entry(
        id=f"collection/{line.id}",
        title=_("Collection: %(title)s") % {"title": line.title},
        address=absolute(request, "collection", slug=line.slug),
        summary=line.tagline,
        authors=line.curator,
        published_at=line.published_at,
        updated_at=line.revised_at,
    )


def _films_title(choice: Choice) -> str:
    if choice.is_everything:
        return _("New films")
    return _("New films: %(filters)s") % {"filters": ", ".join(v for f in Facet for v in choice.of(f))}


def _answer(
    request: HttpRequest, identity: str, title: str, page: str, entries: Iterable[Entry]
) -> HttpResponse:
    authority = f"tag:{urlsplit(origin(request)).hostname},{ID_DATE}:"
    name = settings.VERITE.site_name
    feed = _Feed(
        title=_one_line(title if title == name else f"{title} · {name}"),
        link=page,
        description=None,
        author_name=name,
        feed_url=origin(request) + request.get_full_path(),
        feed_guid=authority + identity,
    )
    for entry in entries:
        feed.add_item(
            title=_one_line(entry.title),
            link=entry.address,
            description=_one_line(entry.summary),
            author_name=_one_line(entry.authors) or None,
            unique_id=authority + entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _one_line(text: str) -> str:
    # XML can hold no control characters, and one in a title must not cost the whole feed.
    return clean_line(text, LONGEST)
