"""All films, narrowed and in order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verite.core import freshness
from verite.discovery.browse import BeyondTheEnd, browse_page
from verite.discovery.choices import Facet
from verite.web.browsing.filters import chosen, groups, ignored, orders
from verite.web.browsing.numbers import page_numbers


@require_safe
@freshness.page(params=(*Facet, "sort", "page", "after"), many=frozenset(Facet), max_age=30)
def browse(request: HttpRequest) -> HttpResponse:
    """Several values of one facet mean "or", several facets mean "and"."""
    try:
        found = browse_page(dict(request.GET.lists()))
    except BeyondTheEnd as beyond:
        query = beyond.choice.query(page=beyond.last)
        return render(request, "beyond.html", {"last": beyond.last, "query": query}, status=404)
    return render(
        request,
        "browse.html",
        {
            "found": found,
            "query": found.choice.query(),
            "chosen": chosen(found),
            "groups": groups(found),
            "orders": orders(found),
            "ignored": ignored(found),
            "numbers": page_numbers(found.number, found.last_number),
        },
    )
