"""What is told once a note is posted.

Asked for by htmx, a note on words is answered with the review as it stands then, in place of ``#review``; one on
a moment with a line in place of its form, and the time bar. The event ``noted`` comes with it: ``{"id": 12,
"anchor": 31, "form": "/films/…", "said": "Your comment is on the page…"}``. The comment itself and how much
is said come along for their places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from markupsafe import Markup

from verite.accounts.actors import Actor
from verite.catalogue.queries.film_page import film_page
from verite.discussion.actions import Posted
from verite.discussion.queries import comment_with_ancestors
from verite.discussion.queries.comments import AnchorLine
from verite.discussion.queries.places import noted_places
from verite.web import moments, pieces, review
from verite.web.film_place import FilmPlace
from verite.web.talk import desk, wishes
from verite.web.talk.note_forms import NoteComposer
from verite.web.talk.said import words


def answer(
    request: HttpRequest,
    film: FilmPlace,
    composer: NoteComposer,
    actor: Actor,
    posted: Posted,
    said: Mapping[str, str],
    *,
    now: datetime,
) -> HttpResponse:
    """The piece for a script; else the way to the notes on the same place."""
    found = comment_with_ancestors(posted.comment_id, viewer_id=actor.participant_id)
    anchor = found.comment.anchor if found else None
    if anchor is None:
        return HttpResponseRedirect(reverse("discussion", kwargs={"slug": film.slug}, query=said), status=303)
    if not pieces.are_asked_for(request):
        query = {"on": anchor.id, **said}
        return HttpResponseRedirect(notes_address(film, query, posted.comment_id), status=303)
    told = " ".join(filter(None, [words(said.get("said", "")), wishes.told(said.get("follow", ""))]))
    comment = Markup(desk.comment_piece(posted.comment_id, actor, now))  # noqa: S704 (made by templates)
    html = _place_piece(film, anchor, told)
    html += format_html('<div hx-swap-oob="afterbegin:.thread">{}</div>', comment)
    return pieces.piece(
        html + desk.figures_piece(film),
        into="#review" if anchor.target == "review" else "",
        how="outerHTML",
        event="noted",
        detail={"id": posted.comment_id, "anchor": anchor.id, "form": composer.address, "said": told},
    )


def notes_address(film: FilmPlace, query: Mapping[str, object], comment_id: int | None = None) -> str:
    """The path of the page of the notes on one place."""
    fragment = f"comment-{comment_id}" if comment_id else None
    return reverse("discussion", kwargs={"slug": film.slug}, query=query, fragment=fragment)


def _place_piece(film: FilmPlace, anchor: AnchorLine, told: str) -> Markup:
    places, page = noted_places(film.id), film_page(film.slug)
    if page is None:
        return Markup()
    if anchor.target == "review":
        return review.section(replace(review.told_of(page), synopsis=""), places)
    here = notes_address(film, {"on": anchor.id})
    notice = Markup(render_to_string("_noted.html", {"here": here, "told": told}))  # noqa: S704 (likewise)
    return notice + moments.pieces_of(page, places, part=anchor.part)
