"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verite.catalogue.queries.collections import collection_count, collection_lines
from verite.catalogue.queries.home import lead_film, new_films
from verite.catalogue.queries.subjects import subject_tree
from verite.core import clock, freshness
from verite.discovery.browse import catalogue_count, film_counts
from verite.discovery.choices import Facet
from verite.web.old_addresses import ASKED, moved

NEW_SHOWN = 6
COLLECTIONS_SHOWN = 3
SUBJECTS_SHOWN = 40


@require_safe
@freshness.page(params=ASKED, max_age=30)
def home(request: HttpRequest) -> HttpResponse:
    """New films, collections and subjects; or the way to what a site that moved in had as ``/?p=7``."""
    if request.GET and (elsewhere := moved(request)):
        return elsewhere
    lead = lead_film()
    counts = film_counts(Facet.SUBJECT)
    roots = [branch for branch in subject_tree() if counts.get(branch.slug)]
    largest = sorted(roots, key=lambda branch: -counts[branch.slug])[:SUBJECTS_SHOWN]
    return render(
        request,
        "home.html",
        {
            "lead": lead,
            "new": new_films(now=clock.now(), limit=NEW_SHOWN, apart_from=lead.film.id if lead else 0),
            "film_count": catalogue_count(),
            "collections": collection_lines(limit=COLLECTIONS_SHOWN),
            "collection_count": collection_count(),
            "subjects": [branch for branch in roots if branch in largest],
            "has_more_subjects": len(roots) > len(largest),
            "counts": counts,
        },
    )
