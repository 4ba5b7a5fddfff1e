"""Writing comments and replies: pages with a form, complete without a script.

Asked for by htmx (``HX-Request``), the same addresses answer with pieces:

- GET: the form, ``_composer.html``.
- POST that is refused: the form, filled, with what is wrong in it; the status is 403, 404, 409, 422 or 429.
  Where no form can be filled again, a whole page whose ``h1`` says why.
- POST with ``preview``: ``_preview.html`` into ``#<id of the form>-preview``, then the event ``previewed``.
- POST that is done: the comment, at the beginning of ``.thread``, or in a ``<div class="re">`` at the end of
  the comment that it answers; then the event ``posted`` with ``{"id": 12, "parent": 7, "said": "Your comment
  is on the page…"}`` (``parent`` is null for one that answers none). How much is said by now comes with it, for
  the head of the discussion; before it a notice, where mail was wanted. The form stays as it is: whoever hears
  the event empties it, its key too, or takes it away.

Where a piece goes is said in ``HX-Retarget`` and ``HX-Reswap``, events in ``HX-Trigger-After-Settle``; they are
raised on the form.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from verite.accounts.acting import act, actor_of
from verite.accounts.actors import Actor
from verite.accounts.pace import paced
from verite.accounts.permissions import Act, may
from verite.core import clock, freshness
from verite.discussion.actions import Posted, post_comment
from verite.discussion.calling import judged_in_thread
from verite.discussion.notes import On
from verite.discussion.queries import talk_of
from verite.discussion.queries.written import as_written
from verite.discussion.refusals import ParentRefused, TalkRefused
from verite.discussion.remarks import Remark, remark
from verite.notifications.refusals import EmailRefused
from verite.web import pieces
from verite.web.film_place import FilmPlace, place_of
from verite.web.talk import desk, forms, noted, quoting, wishes
from verite.web.talk.desk import Desk
from verite.web.talk.forms import Draft, draft_of
from verite.web.talk.note_forms import NoteComposer
from verite.web.talk.refused import Refusal, not_done, refusal_of, signed_out, too_fast
from verite.web.talk.said import words as told
from verite.web.talk.wishes import Said
from verite.web.templating import address


@require_http_methods(["GET", "HEAD", "POST"])
@freshness.page()
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """A comment on a film."""
    try:
        film = place_of(slug)
    except Http404:
        if request.method != "POST":
            raise
        reason = _("This film is no longer here, so nothing can be posted. Keep a copy of your words.")
        return not_done(request, Refusal(reason, 404), words=draft_of(request).comment)
    return answer(request, Desk(film, forms.to_write(film, actor_of(request))))


@require_http_methods(["GET", "HEAD", "POST"])
@freshness.page(params=("quote",))
def reply(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A reply to a comment; with ``?quote=`` it begins with the comment's words."""
    written = as_written(comment_id)
    if written is None or (request.method != "POST" and not written.is_published):
        reason = _("This comment is no longer here, so it cannot be answered.")
        return not_done(request, Refusal(reason, 404), about=written, words=draft_of(request).comment)
    film = FilmPlace(written.film_id, written.film_slug, written.film_title)
    form = forms.to_reply(comment_id, actor_of(request), begun=quoting.asked_for(request, written))
    return answer(request, Desk(film, form, comment_id))


def answer(request: HttpRequest, here: Desk) -> HttpResponse:
    """The form as it stands, or what becomes of what was typed in it."""
    if not may(here.composer.actor, Act.COMMENT):
        raise PermissionDenied
    if request.method != "POST":
        return desk.shown(request, here, is_closed=talk_of(here.film.id).is_closed)
    draft, now = draft_of(request), clock.now()
    here = here.holding(draft)
    if draft.is_members and not here.composer.actor.is_member:
        return desk.refused(request, here, signed_out())
    try:
        words, _called = judged_in_thread(
            draft.comment, here.film.id, answers=here.answers_id, film_path=here.film.path
        )
        said_to_be, on = remark(draft.kind, draft.source), here.composer.on
        if draft.is_to_be_previewed:
            return desk.previewed(request, here, words.html)
        wishes.check(draft.notify, draft.email, here.composer.actor)
        if too_soon := paced(Act.COMMENT, here.composer.actor, address=request.META["REMOTE_ADDR"], now=now):
            return desk.refused(request, here, too_fast(too_soon))
        actor, posted = _post(request, here, draft, said_to_be, on, now)
    except TalkRefused as error:
        elsewhere = forms.as_a_comment_of_its_own(here.film) if isinstance(error, ParentRefused) else None
        return desk.refused(request, here, refusal_of(error), elsewhere)
    except EmailRefused as error:
        return desk.refused(request, here, Refusal(str(error), error.status, error.field))
    if posted.state in ("removed", "removed_by_author"):
        reason = _(
            "You posted these very words a few minutes ago, and they were removed. Please change them."
        )
        return desk.refused(request, here, Refusal(reason, 409, "comment"))
    return _done(request, here, actor, posted, now)


def _post(
    request: HttpRequest, here: Desk, draft: Draft, remark: Remark, on: On | None, now: datetime
) -> tuple[Actor, Posted]:
    actor = act(request, now=now)
    if actor.participant_id is None:
        raise PermissionDenied
    posted = post_comment(
        here.film.id,
        actor.participant_id,
        draft.comment,
        now=now,
        remark=remark,
        on=on,
        parent_id=here.answers_id,
        name=draft.name,
        key=draft.key,
        film_path=here.film.path,
    )
    return actor, posted


def _done(request: HttpRequest, here: Desk, actor: Actor, posted: Posted, now: datetime) -> HttpResponse:
    said = {"said": "held" if posted.state == "held" else "posted"}
    draft, about = here.composer.draft, Said(here.film.id, posted.comment_id)
    if outcome := wishes.carry_out(draft.notify, draft.email, about, actor, request, now=now):
        said["follow"] = outcome
    if isinstance(here.composer, NoteComposer):
        return noted.answer(request, here.film, here.composer, actor, posted, said, now=now)
    if pieces.are_asked_for(request):
        return _in_place(here, desk.comment_piece(posted.comment_id, actor, now), posted, **said)
    if here.answers_id is None:
        thread = address("discussion", slug=here.film.slug)
        there = f"{thread}?{urlencode({'sort': 'newest', **said})}#comment-{posted.comment_id}"
    else:
        there = f"{address('comment', comment_id=posted.comment_id)}?{urlencode(said)}"
    return HttpResponseRedirect(there, status=303)


def _in_place(here: Desk, html: str, posted: Posted, said: str, follow: str = "") -> HttpResponse:
    words = " ".join(filter(None, [told(said), wishes.told(follow)]))
    detail = {"id": posted.comment_id, "parent": here.answers_id, "said": words}
    if follow:  # where to look next is for everybody to see
        html = Markup('<p class="notice" role="status">{}</p>').format(words) + html
    figures = desk.figures_piece(here.film)
    if here.answers_id is None:
        return pieces.piece(html + figures, into=".thread", how="afterbegin", event="posted", detail=detail)
    html, into = f'<div class="re">{html}</div>{figures}', f"#comment-{here.answers_id}"
    return pieces.piece(html, into=into, how="beforeend", event="posted", detail=detail)
