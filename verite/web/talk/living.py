"""A discussion that goes on while its page is open, and since somebody was here last."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from verite.accounts.acting import actor_of
from verite.core import clock, freshness
from verite.discussion import actions
from verite.discussion.orders import Sort
from verite.discussion.queries import talk_of
from verite.discussion.queries.filtered import answered_by
from verite.discussion.queries.newest import lines_of, newer_ids
from verite.web import pieces
from verite.web.film_place import FilmPlace, place_of
from verite.web.talk import desk
from verite.web.talk.comments import Reading, new_html

MOST_IN_PLACE = 20
MOST_DIGITS = 18  # as in addresses (see core.routes)


@require_safe
@freshness.page(params=("after",))
def since(request: HttpRequest, slug: str) -> HttpResponse:
    """The ids of comments posted after ``?after=``, highest first; 0 stands before all.

    A page asks every now and then, without cookies, so that one answer serves everybody. Asked for by htmx, it
    is the comments themselves, the earliest first, and how much is said by now.
    """
    film, after = place_of(slug), _number(request.GET.get("after", ""))
    if after is None:
        return HttpResponseBadRequest("after: the number of a comment, or 0", content_type="text/plain")
    ids = newer_ids(film.id, after)
    if pieces.are_asked_for(request):
        return _comments(request, film, ids[:MOST_IN_PLACE], after)
    return JsonResponse({"ids": ids})


@require_POST
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever is known here has read everything up to ``comment``."""
    actor = actor_of(request)
    if actor.participant_id is None:
        raise PermissionDenied
    film, comment_id = place_of(slug), _number(request.POST.get("comment", ""))
    if comment_id:
        actions.seen(film.id, actor.participant_id, comment_id, now=clock.now())
    there = reverse("discussion", kwargs={"slug": slug}, query={"said": "read"}, fragment="discussion")
    return HttpResponseRedirect(there, status=303)


def _comments(request: HttpRequest, film: FilmPlace, ids: Sequence[int], after: int) -> HttpResponse:
    actor = actor_of(request)
    lines = lines_of(ids, viewer_id=actor.participant_id)
    is_closed = talk_of(film.id).is_closed
    reading = Reading(
        actor, clock.now(), Sort.NEWEST, film_path=film.path, is_closed=is_closed, new_after=after
    )
    return pieces.piece(new_html(lines, answered_by(lines), reading) + desk.figures_piece(film))


def _number(typed: str) -> int | None:
    is_one = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if is_one else None
