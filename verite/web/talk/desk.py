"""Where a comment is written: the page around the form, or the form alone for a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from markupsafe import Markup

from verite.accounts.actors import Actor
from verite.catalogue.queries.film_names import film_path
from verite.core import clock
from verite.core.text import Html
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, Lineage, comment_with_ancestors, talk_of
from verite.web import pieces
from verite.web.film_place import FilmPlace
from verite.web.talk.comments import Reading, acts_html, comment_html
from verite.web.talk.forms import Composer, Draft, Elsewhere
from verite.web.talk.kinds import host_of, kind_of, label_of
from verite.web.talk.refused import Refusal, with_wait
from verite.web.talk.times import ago, exact


@dataclass(frozen=True, slots=True)
class Desk:
    """A form, the film that is talked about, and the comment that is answered, if one is."""

    film: FilmPlace
    composer: Composer
    answers_id: int | None = None

    def holding(self, draft: Draft) -> Self:
        """The same with what was typed."""
        return replace(self, composer=self.composer.holding(draft))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A comment shown beside the form, with what stands in its head, and whether it can be answered."""

    line: CommentLine
    ago: str
    exact: str
    edited: str
    label: str
    kind: str
    host: str
    is_closed: bool


def shown(request: HttpRequest, here: Desk, *, is_closed: bool = False, status: int = 200) -> HttpResponse:
    """The form as it stands.

    Args:
        is_closed: whether nothing can be said about the film, so that there is no use in a form.
    """
    if pieces.are_asked_for(request):
        form = render_to_string("_composer.html", {"composer": here.composer}, request)
        return pieces.piece(form, status=status)
    context = {
        "film": here.film,
        "composer": here.composer,
        "quoted": quoted(here.answers_id) if here.answers_id else None,
        "is_closed": is_closed,
    }
    name = (
        "edit_comment.html"
        if here.composer.is_change
        else "note.html"
        if here.composer.is_note
        else "write.html"
    )
    return render(request, name, context, status=status)


def previewed(request: HttpRequest, here: Desk, html: Html) -> HttpResponse:
    """The words as others will see them; nothing is stored."""
    composer = here.composer.previewing(html)
    if pieces.are_asked_for(request):
        preview = render_to_string("_preview.html", {"composer": composer}, request)
        return pieces.piece(preview, into=f"#{composer.id}-preview", how="innerHTML", event="previewed")
    return shown(request, replace(here, composer=composer))


def refused(
    request: HttpRequest, here: Desk, refusal: Refusal, elsewhere: Elsewhere | None = None
) -> HttpResponse:
    """The form, filled, with what is wrong; ``elsewhere`` its words can be sent all the same."""
    composer = here.composer.refused(refusal, elsewhere)
    return with_wait(shown(request, replace(here, composer=composer), status=refusal.status), refusal)


def quoted(comment_id: int) -> Quoted | None:
    """A comment to be shown beside a form, the same for everybody; None if it has no place on pages."""
    lineage = comment_with_ancestors(comment_id)
    if lineage is None:
        return None
    line = lineage.comment
    edited = exact(line.edited_at) if line.edited_at else ""
    return Quoted(
        line,
        ago=ago(line.created_at, clock.now().date()),
        exact=exact(line.created_at),
        edited=edited,
        label=label_of(line),
        kind=kind_of(line),
        host=host_of(line.source),
        is_closed=line.is_closed,
    )


def comment_piece(comment_id: int, actor: Actor, now: datetime) -> str:
    """A comment without its replies, as it stands now for who wrote it; empty if it has no place on pages."""
    lineage = comment_with_ancestors(comment_id, viewer_id=actor.participant_id)
    if lineage is None:
        return ""
    line = lineage.comment
    answered = lineage.ancestors[-1] if lineage.ancestors else None
    return comment_html(line, _reading(lineage, actor, now), answered=answered)


def figures_piece(film: FilmPlace) -> Markup:
    """How much is said about a film by now, for the place where its page says so."""
    figures = render_to_string("_facts.html", {"film": film, "talk": talk_of(film.id), "is_piece": True})
    return Markup(figures)  # noqa: S704 (made by a template)


def acts_piece(comment_id: int, actor: Actor, now: datetime) -> str:
    """What stands below a comment, as it stands now for who has just voted."""
    lineage = comment_with_ancestors(comment_id, viewer_id=actor.participant_id)
    if lineage is None:
        return ""
    return acts_html(lineage.comment, _reading(lineage, actor, now))


def _reading(found: Lineage, actor: Actor, now: datetime) -> Reading:
    is_closed = talk_of(found.comment.film_id).is_closed
    path = film_path(found.film_slug)
    return Reading(actor, now, Sort.NEWEST, film_path=path, is_closed=is_closed)
