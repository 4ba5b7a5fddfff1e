"""Reading what is said about a film: all of it, one comment, or the replies to one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verite.core import freshness
from verite.core.paging import BadCursor
from verite.discussion import queries
from verite.web.acting import actor_of
from verite.web.film_place import place_of
from verite.web.talk import section


@require_safe
@freshness.page(params=("sort", "after"))
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """All comments on a film, some at a time."""
    film = place_of(slug)
    actor, sort = actor_of(request), section.asked_for(request)
    after = request.GET.get("after") or None
    talk = queries.talk_of(film.id)
    try:
        thread = queries.thread(film.id, sort, after=after, talk=talk, viewer_id=actor.participant_id)
    except BadCursor:
        first = section.discussion_address(film, sort)
        return render(request, "lost_place.html", {"film": film, "first": first}, status=400)
    place = section.Place(
        section.discussion_address(film, section.FIRST), is_whole=True, is_continued=bool(after)
    )
    context = {
        "canonical": section.discussion_address(film, sort, after),
        "film": film,
        "following": section.following(film, thread, sort),
        "talk": section.at(place, request, film, talk, thread, sort, actor),
    }
    return render(request, "discussion.html", context)


@require_safe
@freshness.page(params=("sort", "after"))
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    raise Http404(f"{request.path}: {comment_id} is still to be written")


@require_safe
@freshness.page(params=("sort", "after"))
def replies(request: HttpRequest, comment_id: int) -> HttpResponse:
    raise Http404(f"{request.path}: {comment_id} is still to be written")
