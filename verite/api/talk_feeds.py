"""Atom feeds of what is said: about a film, in one thread, on the whole site. They say what mails say."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verite.api.addresses import absolute, origin
from verite.api.atom import Entry, answer
from verite.catalogue.queries.film_names import film_name
from verite.core import freshness
from verite.discussion.queries import comment_with_ancestors
from verite.discussion.queries.latest import latest_below, latest_of_film, latest_of_site
from verite.discussion.telling import tell_comments

ENTRIES = 30
SITE_SECONDS = 60  # a page that gathers the whole site is stamped by time


@require_safe
@freshness.page()
def film(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest comments on a film."""
    found = film_name(slug)
    if found is None:
        raise Http404
    entries = _entries(request, latest_of_film(found.id, limit=ENTRIES))
    page = absolute(request, "discussion", slug=found.slug)
    title = _("Comments on %(film)s") % {"film": found.title}
    return answer(request, f"film/{found.id}/talk", title, page, entries)


@require_safe
@freshness.page()
def thread(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A comment and the latest of what is said below it, at any depth."""
    found = comment_with_ancestors(comment_id)
    if found is None or found.comment.author is None:
        raise Http404
    line = found.comment
    name = line.author.name if line.author else ""
    said = {"name": name or _("a comment"), "film": found.film_title}
    entries = _entries(request, latest_below(line.film_id, comment_id, limit=ENTRIES))
    page = absolute(request, "comment", comment_id=comment_id)
    return answer(
        request, f"comment/{comment_id}/talk", _("Answers to %(name)s on %(film)s") % said, page, entries
    )


@require_safe
@freshness.page(max_age=SITE_SECONDS)
def site(request: HttpRequest) -> HttpResponse:
    """The latest comments on any film."""
    entries = _entries(request, latest_of_site(limit=ENTRIES))
    return answer(request, "talk", _("Comments"), absolute(request, "home"), entries)


def _entries(request: HttpRequest, comment_ids: Iterable[int]) -> list[Entry]:
    found = [
        Entry(
            id=f"comment/{told.object_id}",
            title=told.headline,
            address=origin(request) + told.path,
            summary="",
            authors="",
            published_at=told.at,
            updated_at=told.edited_at or told.at,
            html=told.html,
        )
        for told in tell_comments(list(comment_ids))
    ]
    return sorted(found, key=lambda entry: entry.published_at, reverse=True)
