"""Reading what is said about a film: all of it, one comment in its place, or the replies to one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from markupsafe import Markup

from verite.accounts.acting import actor_of
from verite.core import clock, freshness
from verite.core.paging import BadCursor
from verite.discovery.figures import figures_of
from verite.discussion import queries
from verite.discussion.orders import Sort
from verite.discussion.queries import Lineage, Thread
from verite.discussion.queries.filtered import Only, picked
from verite.discussion.queries.written import as_written
from verite.web import pieces
from verite.web.film_place import FilmPlace, place_of
from verite.web.talk import filters, notes, section
from verite.web.talk.comments import Reading, branch_html, comment_html, replies_html
from verite.web.talk.said import said
from verite.web.wording import number


@require_safe
@freshness.page(params=("on", "show", "sort", "after"))
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """All comments on a film or some of them, a few at a time; for a script that goes on, alone."""
    film, only = place_of(slug), filters.asked_for(request)
    if noted := notes.asked_for(request, film):
        return notes.shown(request, film, noted)
    if only is not None:
        return _picked(request, film, only)
    actor, sort, after = actor_of(request), section.asked_for(request), _after(request)
    figures = figures_of(film.id, actor.participant_id)
    talk = figures.talk
    try:
        thread = queries.thread(film.id, sort, after=after, talk=talk, viewer_id=actor.participant_id)
    except BadCursor:
        return _lost(request, film, section.discussion_address(film, sort))
    if pieces.are_asked_for(request):
        count = len(thread.items)
        return _shown(section.continued(film, talk, thread, sort, actor), count, _more_comments(count))
    place = section.Place(
        section.discussion_address(film, section.FIRST), is_whole=True, is_continued=after is not None
    )
    context = {
        "canonical": section.discussion_address(film, sort, after),
        "film": film,
        "following": section.following(film, thread, sort),
        "talk": section.at(place, request, film, figures, thread, sort, actor),
    }
    return render(request, "discussion.html", context)


def _picked(request: HttpRequest, film: FilmPlace, only: Only) -> HttpResponse:
    actor, after, talk = actor_of(request), _after(request), queries.talk_of(film.id)
    try:
        found = picked(film.id, only, after=after, viewer_id=actor.participant_id)
    except BadCursor:
        return _lost(request, film, filters.filtered_address(film, only))
    if pieces.are_asked_for(request):
        html = filters.continued(film, talk, found, only, actor)
        return _shown(html, len(found.items), _more_comments(len(found.items)))
    context = {
        "canonical": filters.filtered_address(film, only, after),
        "film": film,
        "following": filters.filtered_address(film, only, found.next) if found.next else "",
        "talk": filters.section(request, film, talk, found, only, actor),
    }
    return render(request, "discussion.html", context)


@require_safe
@freshness.page(params=("sort",))
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment below what it answers, with the first replies to it."""
    actor = actor_of(request)
    found = queries.comment_with_ancestors(comment_id, viewer_id=actor.participant_id)
    if found is None:
        return _gone(request, comment_id)
    sort = section.asked_for(request)
    thread = queries.replies(comment_id, sort, viewer_id=actor.participant_id)
    return _branch(request, found, thread, _reading(request, found, sort))


@require_safe
@freshness.page(params=("sort", "after"))
def replies(request: HttpRequest, comment_id: int) -> HttpResponse:
    """What goes on below a comment: on a page of its own, or alone for a script that asks for the piece."""
    actor = actor_of(request)
    found = queries.comment_with_ancestors(comment_id, viewer_id=actor.participant_id)
    if found is None:
        return _gone(request, comment_id)
    sort, after = section.asked_for(request), _after(request)
    try:
        thread = queries.replies(comment_id, sort, after=after, viewer_id=actor.participant_id)
    except BadCursor:
        return _lost(request, _film_of(found), f"{request.path}?sort={sort}")
    reading = _reading(request, found, sort)
    if pieces.are_asked_for(request):
        told = ngettext(
            "%(count)s more reply is shown.", "%(count)s more replies are shown.", len(thread.items)
        )
        return _shown(replies_html(found.comment, thread, reading), len(thread.items), told)
    return _branch(request, found, thread, reading, is_continued=True)


def _more_comments(count: int) -> str:
    return ngettext("%(count)s more comment is shown.", "%(count)s more comments are shown.", count)


def _shown(html: Markup, count: int, told: str) -> HttpResponse:
    """Comments for a script, and how many they are for whoever does not see them come."""
    return pieces.piece(html, event="shown", detail={"said": told % {"count": number(count)}})


def _branch(
    request: HttpRequest, found: Lineage, thread: Thread, reading: Reading, *, is_continued: bool = False
) -> HttpResponse:
    line, film = found.comment, _film_of(found)
    at_the_edge = reading.indented_from(line.depth)
    above = found.ancestors[-1] if found.ancestors else None
    context = {
        "ancestors": [comment_html(each, at_the_edge) for each in found.ancestors],
        "branch": branch_html(line, thread, at_the_edge, answered=above, is_continued=is_continued),
        "film": film,
        "found": found,
        "is_continued": is_continued,
        "place": section.place_in_discussion(film, found, reading.sort),
        "said": said(request),
    }
    return render(request, "comment.html", context)


def _reading(request: HttpRequest, found: Lineage, sort: Sort) -> Reading:
    is_closed = queries.talk_of(found.comment.film_id).is_closed
    path = _film_of(found).path
    return Reading(actor_of(request), clock.now(), sort, film_path=path, is_closed=is_closed)


def _film_of(found: Lineage) -> FilmPlace:
    return FilmPlace(found.comment.film_id, found.film_slug, found.film_title)


def _after(request: HttpRequest) -> str | None:
    return request.GET.get("after") or None


def _lost(request: HttpRequest, film: FilmPlace, first: str) -> HttpResponse:
    """400: the cursor is no place in this list. It offers the beginning of the list, in the same order."""
    return render(request, "lost_place.html", {"film": film, "first": first}, status=400)


def _gone(request: HttpRequest, comment_id: int) -> HttpResponse:
    """410 for a comment that was taken away.

    Raises:
        Http404: it never was, or nobody but its author may see it.
    """
    written = as_written(comment_id)
    if written is None or not written.is_removed:
        raise Http404
    film = FilmPlace(written.film_id, written.film_slug, written.film_title)
    return render(request, "gone_comment.html", {"film": film}, status=410)
