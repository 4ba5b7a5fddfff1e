"""Search in titles and names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verite.core import freshness
from verite.discovery.search import find, find_people, nearest_films, nearest_people

HITS_PER_PAGE = 24
PEOPLE_SHOWN = 12


@require_safe
@freshness.page(params=("q", "after"))
def search(request: HttpRequest) -> HttpResponse:
    """Whatever was typed has an answer; where nothing has all its words, what is spelt most like it."""
    text = " ".join(request.GET.get("q", "").split())
    after = request.GET.get("after")
    hits = find(text, limit=HITS_PER_PAGE, after=after)
    people = find_people(text, limit=PEOPLE_SHOWN + 1) if not after else []
    nothing = bool(text) and not after and not hits.films and not people
    return render(
        request,
        "search.html",
        {
            "searched": text,
            "after": after,
            "hits": hits,
            "people": people[:PEOPLE_SHOWN],
            "has_more_people": len(people) > PEOPLE_SHOWN,
            "near_films": nearest_films(text) if nothing else [],
            "near_people": nearest_people(text) if nothing else [],
        },
    )
