"""Notes on one passage or moment, and writing one; a curator's question there.

Asked for by htmx, ``?on=`` answers with the place as it stands open in a margin, ``_open_note.html``; what a form for
a note answers with is told in ``noted`` and ``writing``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verite.accounts.acting import act, actor_of
from verite.accounts.permissions import Act, may
from verite.core import clock, freshness
from verite.core.paging import BadCursor
from verite.discussion import actions
from verite.discussion.orders import Sort
from verite.discussion.queries import Talk, talk_of
from verite.discussion.queries.filtered import Picked, answered_by, notes_on
from verite.discussion.queries.places import NotedPlace, noted_place
from verite.discussion.refusals import TalkRefused
from verite.web import note_words, pieces
from verite.web.film_place import FilmPlace, place_of
from verite.web.talk import desk, writing
from verite.web.talk.comments import Reading, picked_html
from verite.web.talk.desk import Desk
from verite.web.talk.forms import draft_of, to_write
from verite.web.talk.note_forms import NoteComposer, There, about, to_note
from verite.web.talk.noted import notes_address
from verite.web.talk.refused import Refusal, not_done, refusal_of
from verite.web.talk.said import said
from verite.web.talk.times import ago, exact

_ID = re.compile(r"[1-9][0-9]{0,17}")


def asked_for(request: HttpRequest, film: FilmPlace) -> NotedPlace | None:
    """The place that ``?on=`` names; None where it names nothing.

    Raises:
        Http404: it names a place that the film has not.
    """
    asked = request.GET.get("on", "")
    if not _ID.fullmatch(asked):
        return None
    place = noted_place(film.id, int(asked))
    if place is None:
        raise Http404
    return place


def shown(request: HttpRequest, film: FilmPlace, place: NotedPlace) -> HttpResponse:
    """The notes on one place: on a page of their own, or for a script that opens them in the margin."""
    actor, talk = actor_of(request), talk_of(film.id)
    here, after = notes_address(film, {"on": place.id}), request.GET.get("after") or None
    try:
        found = notes_on(film.id, place.id, after=after, viewer_id=actor.participant_id)
    except BadCursor:
        return render(request, "lost_place.html", {"film": film, "first": here}, status=400)
    context = {
        "canonical": here,
        "film": film,
        "following": notes_address(film, {"on": place.id, "after": found.next}) if found.next else "",
        "here": here,
        "may_answer": not talk.is_closed and not place.is_lost and (place.is_open or not place.question),
        "place": place,
        "talk": talk,
    }
    if pieces.are_asked_for(request):
        today = clock.now().date()
        lines = [(line, ago(line.created_at, today), exact(line.created_at)) for line in found.items]
        return pieces.piece(render_to_string("_open_note.html", context | {"lines": lines}, request))
    context |= {
        "composer": to_note(film, actor, There(place)),
        "is_first": after is None,
        "may_ask": may(actor, Act.ASK),
        "said": said(request),
        "seen_at": note_words.address(film.path, place, place.id) if not place.is_lost else "",
        "thread": _comments(request, film, talk, found),
    }
    return render(request, "notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@freshness.page(params=("on", "paragraph", "part", "t"))
def note(request: HttpRequest, slug: str) -> HttpResponse:
    """A note on words of the review, on a moment of the film, or where others are."""
    try:
        film = place_of(slug)
    except Http404:
        if request.method != "POST":
            raise
        reason = _("This film is no longer here, so nothing can be posted. Keep a copy of your words.")
        return not_done(request, Refusal(reason, 404), words=draft_of(request).comment)
    if "detach" in request.POST:
        return _as_a_comment(request, film)
    what = about(request, film)
    if what is None:
        reason = _("What this note would be on is gone. Choose a passage or a moment on the film's page.")
        return not_done(request, Refusal(reason, 404), words=draft_of(request).comment)
    composer = to_note(film, actor_of(request), what)
    if request.method == "POST" and "ask" in request.POST:
        return _ask(request, film, composer)
    return writing.answer(request, Desk(film, composer))


def _as_a_comment(request: HttpRequest, film: FilmPlace) -> HttpResponse:
    """The form for a comment on the film as a whole, with all that was typed for a note."""
    draft = draft_of(request)
    # Ending so, it is joined to what was typed for a comment before (static/js/drafts.js), and neither is lost.
    words = f"{draft.comment.rstrip()}\n\n" if draft.comment.strip() else ""
    composer = to_write(film, actor_of(request)).holding(replace(draft, comment=words))
    return desk.shown(request, Desk(film, composer))


def _ask(request: HttpRequest, film: FilmPlace, composer: NoteComposer) -> HttpResponse:
    """A curator's words are put as a question instead."""
    if not composer.may_ask:
        raise PermissionDenied
    draft, now = draft_of(request), clock.now()
    asked_by = act(request, now=now).participant_id
    if asked_by is None:
        raise PermissionDenied
    try:
        anchor_id = actions.ask(film.id, asked_by, composer.on, draft.comment, now=now)
    except TalkRefused as error:
        return desk.refused(request, Desk(film, composer.holding(draft)), refusal_of(error))
    if pieces.are_asked_for(request):
        return HttpResponse(headers={"HX-Redirect": _notes_that_say(film, anchor_id, "asked")})
    return HttpResponseRedirect(_notes_that_say(film, anchor_id, "asked"), status=303)


_CHANGES: Mapping[str, tuple[Callable[[int], None], str]] = {
    "close": (actions.close_question, "question_closed"),
    "reopen": (actions.reopen_question, "question_reopened"),
    "withdraw": (actions.withdraw_question, "question_withdrawn"),
}


@require_POST
def question(request: HttpRequest, slug: str, anchor_id: int) -> HttpResponse:
    """A curator ends a question, lets it be answered again, or takes it away: ``do``."""
    if not may(actor_of(request), Act.ASK):
        raise PermissionDenied
    film = place_of(slug)
    if noted_place(film.id, anchor_id) is None:
        raise Http404
    change, told = _CHANGES.get(request.POST.get("do", ""), (None, ""))
    if change is None:
        reason = _("Nothing was done: say whether the question is to be closed, reopened or withdrawn.")
        return not_done(request, Refusal(reason, 422))
    try:
        change(anchor_id)
    except TalkRefused as error:
        return not_done(request, refusal_of(error))
    return HttpResponseRedirect(_notes_that_say(film, anchor_id, told), status=303)


def _notes_that_say(film: FilmPlace, anchor_id: int, told: str) -> str:
    return notes_address(film, {"on": anchor_id, "said": told})


def _comments(request: HttpRequest, film: FilmPlace, talk: Talk, found: Picked) -> str:
    reading = Reading(
        actor_of(request), clock.now(), Sort.NEWEST, film_path=film.path, is_closed=talk.is_closed
    )
    return picked_html(found.items, answered_by(found.items), reading)
