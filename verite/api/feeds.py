"""Atom feeds: of the site, of a list of films, of a subject, a person, a collection."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verite.api.addresses import absolute
from verite.api.atom import Entry, answer
from verite.catalogue.queries.collections import CollectionLine, collection_lines, collection_page
from verite.catalogue.queries.film_cards import FilmCard
from verite.catalogue.queries.news import ReviewLine, newest_reviews
from verite.catalogue.queries.people import newest_films_of
from verite.catalogue.queries.subjects import subject_page
from verite.core import freshness
from verite.discovery.browse import newest_matching
from verite.discovery.choices import Choice, Facet

ENTRIES = 30


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
    return answer(request, "site", settings.VERITE.site_name, absolute(request, "home"), entries[:ENTRIES])


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
    return answer(request, f"films?{query}", _films_title(choice), page, _films(request, found))


@require_safe
@freshness.page()
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    found = subject_page(slug)
    if found is None:
        raise Http404
    page = absolute(request, "subject", slug=slug)
    return answer(request, f"subject/{found.id}", found.name, page, _films(request, found.films))


@require_safe
@freshness.page()
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = newest_films_of(slug, limit=ENTRIES)
    if found is None:
        raise Http404
    name, cards = found
    page = absolute(request, "person", slug=slug)
    return answer(request, f"person/{name.id}", name.name, page, _films(request, cards))


@require_safe
@freshness.page()
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The films of a collection, the last in it first."""
    found = collection_page(slug)
    if found is None:
        raise Http404
    cards = [entry.film for entry in reversed(found.entries)][:ENTRIES]
    page = absolute(request, "collection", slug=slug)
    return answer(request, f"collection/{found.id}", found.title, page, _films(request, cards))


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
