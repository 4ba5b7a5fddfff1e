"""Subjects, years and collections."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verite.catalogue.queries.collections import (
    COLLECTIONS_PER_PAGE,
    collection_count,
    collection_lines,
    collection_page,
)
from verite.catalogue.queries.subjects import subject_page, subject_tree
from verite.catalogue.queries.years import year_page
from verite.core import freshness
from verite.core.paging import NoSuchPage, last_page, page_number
from verite.discovery.browse import film_counts
from verite.discovery.choices import Facet
from verite.web.browsing.numbers import page_numbers


@require_safe
@freshness.page(max_age=30)
def subjects(request: HttpRequest) -> HttpResponse:
    """The whole tree, with the number of films in each branch."""
    return render(request, "subjects.html", {"tree": subject_tree(), "counts": film_counts(Facet.SUBJECT)})


@require_safe
@freshness.page()
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    found = subject_page(slug)
    if found is None:
        raise Http404
    return render(request, "subject.html", {"subject": found})


@require_safe
@freshness.page(max_age=30)
def years(request: HttpRequest) -> HttpResponse:
    """Every year of which there are films, by decade."""
    decades: dict[int, list[tuple[int, int]]] = {}
    counts = film_counts(Facet.YEAR)
    for year, count in sorted((int(year), count) for year, count in counts.items()):
        decades.setdefault(year // 10 * 10, []).append((year, count))
    return render(request, "years.html", {"decades": sorted(decades.items(), reverse=True)})


@require_safe
@freshness.page()
def year(request: HttpRequest, year: int) -> HttpResponse:
    found = year_page(year)
    if found is None:
        raise Http404
    return render(request, "year.html", {"found": found})


@require_safe
@freshness.page(params=("page",), max_age=30)
def collections(request: HttpRequest) -> HttpResponse:
    count = collection_count()
    last = last_page(count, COLLECTIONS_PER_PAGE)
    number = page_number(request.GET.get("page"), last=last)
    if isinstance(number, NoSuchPage):
        return render(request, "beyond.html", {"last": last, "query": f"page={last}"}, status=404)
    lines = collection_lines(limit=COLLECTIONS_PER_PAGE, offset=(number - 1) * COLLECTIONS_PER_PAGE)
    return render(
        request,
        "collections.html",
        {"collections": lines, "count": count, "number": number, "numbers": page_numbers(number, last)},
    )


@require_safe
@freshness.page()
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    found = collection_page(slug)
    if found is None:
        raise Http404
    return render(request, "collection.html", {"collection": found})
