"""An author changes a comment, or takes it away.

Asked for by htmx, the addresses answer with pieces as those of ``writing`` do: the event ``edited`` or
``deleted`` (``{"id": 12, "said": "Your comment is changed."}``) comes with the comment as it stands then, in
place of ``#comment-12`` and without its replies, which whoever swaps it in carries over; a comment of which
nothing remains is taken out. How much is said by now comes with a deletion, and with a change that now waits for a
moderator. ``GET …/delete/`` answers with ``_delete.html``.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verite.accounts.acting import actor_of
from verite.accounts.actors import Actor
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act, may
from verite.core import clock
from verite.discussion import actions
from verite.discussion.calling import judged_in_thread
from verite.discussion.queries.written import Written, as_written
from verite.discussion.refusals import NoSuchComment, NotYours, TalkRefused, TooLate
from verite.discussion.time_to_edit import may_still_edit
from verite.web import pieces
from verite.web.film_place import FilmPlace
from verite.web.talk import desk, forms
from verite.web.talk.desk import Desk
from verite.web.talk.forms import draft_of
from verite.web.talk.refused import Refusal, not_done, refusal_of
from verite.web.talk.said import words as told


@require_http_methods(["GET", "HEAD", "POST"])
def edit_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Change one's own words, for as long as the site allows."""
    actor, draft, now = actor_of(request), draft_of(request), clock.now()
    try:
        written, author_id = _own(comment_id, actor, Act.EDIT_COMMENT)
    except TalkRefused as error:
        return not_done(request, refusal_of(error), about=as_written(comment_id), words=draft.comment)
    here = Desk(_film(written), forms.to_change(written, actor, now=now))
    try:
        if request.method != "POST":
            if not may_still_edit(written.created_at, now=now):
                raise TooLate(_("The time to change this comment is over. You can answer it, or delete it."))
            return desk.shown(request, here)
        here = here.holding(draft)
        words, _called = judged_in_thread(
            draft.comment, here.film.id, answers=comment_id, film_path=here.film.path
        )
        if draft.is_to_be_previewed:
            return desk.previewed(request, here, words.html)
        if too_soon := paced(Act.EDIT_COMMENT, actor, address=request.META["REMOTE_ADDR"], now=now):
            return desk.refused(
                request, here, Refusal(too_often(too_soon), 429, retry_after=too_soon.retry_after)
            )
        state = actions.edit_comment(comment_id, author_id, draft.comment, now=now, film_path=here.film.path)
    except TalkRefused as error:
        elsewhere = forms.as_a_reply(comment_id) if isinstance(error, TooLate) else None
        return desk.refused(request, here, refusal_of(error), elsewhere)
    said = "held" if state == "held" else "edited"
    if pieces.are_asked_for(request):
        figures = desk.figures_piece(here.film) if state == "held" else ""
        return _changed(comment_id, actor, "edited", said, has_place=True, figures=figures)
    return _to_comment(comment_id, said)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take one's own comment away; reading the address only asks."""
    actor, now = actor_of(request), clock.now()
    try:
        written, author_id = _own(comment_id, actor, Act.REMOVE_COMMENT)
        if request.method != "POST":
            return _ask(request, written)
        if too_soon := paced(Act.REMOVE_COMMENT, actor, address=request.META["REMOTE_ADDR"], now=now):
            refusal = Refusal(too_often(too_soon), 429, retry_after=too_soon.retry_after)
            return not_done(request, refusal, about=written)
        actions.delete_comment(comment_id, author_id)
    except TalkRefused as error:
        return not_done(request, refusal_of(error), about=as_written(comment_id))
    has_place = written.descendant_count > 0
    if pieces.are_asked_for(request):
        figures = desk.figures_piece(_film(written))
        return _changed(comment_id, actor, "deleted", "deleted", has_place=has_place, figures=figures)
    if has_place:
        return _to_comment(comment_id, "deleted")
    there = reverse("discussion", kwargs={"slug": written.film_slug}, query={"said": "deleted"})
    return HttpResponseRedirect(there, status=303)


def _own(comment_id: int, actor: Actor, act: Act) -> tuple[Written, int]:
    """A comment that is still there, and its author, who asks."""
    written = as_written(comment_id)
    if written is None or written.is_removed:
        raise NoSuchComment(_("This comment is no longer here. Go back to the discussion to see what is."))
    if actor.participant_id is None or not may(actor, act, owner_id=written.author_id):
        raise NotYours(
            _(
                "Only whoever wrote a comment can change or delete it. If it was you, use the browser you wrote it"
                " in, or sign in."
            )
        )
    return written, actor.participant_id


def _ask(request: HttpRequest, written: Written) -> HttpResponse:
    context = {"film": _film(written), "written": written}
    if pieces.are_asked_for(request):
        return pieces.piece(render_to_string("_delete.html", context, request))
    return render(request, "delete_comment.html", context | {"quoted": desk.quoted(written.id)})


def _changed(
    comment_id: int, actor: Actor, event: str, said: str, *, has_place: bool, figures: str = ""
) -> HttpResponse:
    return pieces.piece(
        desk.comment_piece(comment_id, actor, clock.now()) + figures,
        into=f"#comment-{comment_id}",
        how="outerHTML" if has_place else "delete",
        event=event,
        detail={"id": comment_id, "said": told(said)},
    )


def _to_comment(comment_id: int, said: str) -> HttpResponse:
    there = reverse("comment", kwargs={"comment_id": comment_id}, query={"said": said})
    return HttpResponseRedirect(there, status=303)


def _film(written: Written) -> FilmPlace:
    return FilmPlace(written.film_id, written.film_slug, written.film_title)
