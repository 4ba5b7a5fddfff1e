"""Some of what is said about a film, picked by what it is: ``?show=asks``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from markupsafe import Markup

from verite.accounts.actors import Actor, Role
from verite.core import clock
from verite.discussion.orders import Sort
from verite.discussion.queries import Talk
from verite.discussion.queries.filtered import Only, Picked, answered_by
from verite.web.film_place import FilmPlace
from verite.web.talk.comments import Reading, picked_html


@dataclass(frozen=True, slots=True)
class Filter:
    """A link to some of the comments; ``count`` is None where nobody has counted them."""

    label: str
    address: str
    count: int | None
    is_current: bool


def asked_for(request: HttpRequest) -> Only | None:
    """What ``?show=`` names; None, for everything, where it names nothing that can be shown."""
    try:
        return Only(request.GET.get("show", ""))
    except ValueError:
        return None


def filtered_address(film: FilmPlace, only: Only, after: str | None = None) -> str:
    """The path and query of a page of such a list."""
    query = {"show": str(only)} | ({"after": after} if after else {})
    return f"{reverse('discussion', kwargs={'slug': film.slug})}?{urlencode(query)}"


def filters(film: FilmPlace, talk: Talk, current: Only | None, actor: Actor) -> list[Filter]:
    """Every list that has something in it, and the one that is shown; none where all is of one kind."""
    found = list(_filters(film, talk, current))
    if len(found) == 1:
        return []
    if actor.role is Role.CURATOR:  # whom those wait for
        found.sort(key=lambda each: each.count is not None)
    return found


def section(
    request: HttpRequest, film: FilmPlace, talk: Talk, picked: Picked, only: Only, actor: Actor
) -> Markup:
    """The discussion where only some of it is shown."""
    context = {
        "film": film,
        "filters": filters(film, talk, only, actor),
        "following": filtered_address(film, only, picked.next) if picked.next else "",
        "is_empty": not picked.items,
        "nothing": _nothing(only),
        "talk": talk,
        "thread": _comments(film, talk, picked, actor),
    }
    return Markup(render_to_string("_picked.html", context, request))  # noqa: S704 (made by a template)


def continued(film: FilmPlace, talk: Talk, picked: Picked, only: Only, actor: Actor) -> Markup:
    """The comments that follow those of a page, for a script that puts them below, and the way on."""
    following = filtered_address(film, only, picked.next) if picked.next else ""
    way_on = render_to_string("_next.html", {"following": following, "is_piece": True})
    return _comments(film, talk, picked, actor) + Markup(way_on)  # noqa: S704 (made by a template)


def _comments(film: FilmPlace, talk: Talk, picked: Picked, actor: Actor) -> Markup:
    reading = Reading(actor, clock.now(), Sort.NEWEST, film_path=film.path, is_closed=talk.is_closed)
    return picked_html(picked.items, answered_by(picked.items), reading)


def _filters(film: FilmPlace, talk: Talk, current: Only | None) -> Iterator[Filter]:
    whole = reverse("discussion", kwargs={"slug": film.slug})
    yield Filter(_("All"), whole, talk.comment_count, current is None)
    waiting = talk.question_count + talk.asks_count + talk.correction_count
    counted = {
        Only.QUESTIONS: (_("Questions"), talk.question_count),
        Only.ASKS: (_("Ask for a source"), talk.asks_count),
        Only.SOURCES: (_("Give a source"), talk.source_count),
        Only.CORRECTIONS: (_("Corrections"), talk.correction_count),
        Only.REVIEW_NOTES: (_("Notes on the review"), talk.review_note_count),
        Only.FILM_NOTES: (_("Notes on the film"), talk.part_note_count),
    }
    for only, (label, count) in counted.items():
        if count or only is current:
            yield Filter(label, filtered_address(film, only), count, only is current)
    if waiting or current is Only.UNANSWERED:
        address = filtered_address(film, Only.UNANSWERED)
        yield Filter(_("Unanswered"), address, None, current is Only.UNANSWERED)


def _nothing(only: Only) -> str:
    """What is said where the list is empty."""
    return {
        Only.QUESTIONS: _("Nobody asks anything about this film."),
        Only.ASKS: _("Nobody asks for a source."),
        Only.SOURCES: _("Nobody has given a source."),
        Only.CORRECTIONS: _("Nobody has corrected anything."),
        Only.UNANSWERED: _("Every question is answered, and every correction taken up."),
        Only.REVIEW_NOTES: _("There are no notes on the review."),
        Only.FILM_NOTES: _("There are no notes on the film."),
    }[only]
