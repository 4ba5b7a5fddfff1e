"""A film's discussion as one row of a page: figures, orders, the form to write with, and the thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from markupsafe import Markup

from verite.accounts.actors import Actor
from verite.core import clock
from verite.discussion.orders import Sort
from verite.discussion.queries import Lineage, Talk, Thread
from verite.discussion.queries.places import cursor_before
from verite.web.film_place import FilmPlace
from verite.web.talk.comments import Reading, thread_html
from verite.web.talk.forms import to_write
from verite.web.talk.said import said

FIRST = Sort.NEWEST
ANCHOR = "#discussion"


@dataclass(frozen=True, slots=True)
class Order:
    """A link to the same comments in one order."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands.

    Attributes:
        address: the path of its page.
        kept: what else the address says, and goes on to say in another order.
        is_whole: whether the page is about the discussion alone.
        is_continued: whether comments stand before these, on other pages.
    """

    address: str
    kept: tuple[tuple[str, str], ...] = ()
    is_whole: bool = False
    is_continued: bool = False


def asked_for(request: HttpRequest) -> Sort:
    """The order that ``?sort=`` names; the usual one where it names none."""
    try:
        return Sort(request.GET.get("sort", ""))
    except ValueError:
        return FIRST


def section(
    request: HttpRequest, film: FilmPlace, talk: Talk, thread: Thread, sort: Sort, actor: Actor
) -> str:
    """The discussion on a film's own page."""
    kept = tuple((name, request.GET[name]) for name in ("part", "t") if request.GET.get(name))
    place = Place(reverse("film", kwargs={"slug": film.slug}), kept)
    return at(place, request, film, talk, thread, sort, actor)


def at(
    place: Place, request: HttpRequest, film: FilmPlace, talk: Talk, thread: Thread, sort: Sort, actor: Actor
) -> Markup:
    """The discussion wherever it stands."""
    reading = Reading(actor, clock.now(), sort, is_closed=talk.is_closed)
    context = {
        "composer": to_write(film, actor),
        "following": following(film, thread, sort),
        "from_the_first": discussion_address(film, sort),
        "orders": list(_orders(place, sort)),
        "place": place,
        "said": said(request),
        "talk": talk,
        "thread": thread_html(thread.items, reading),
    }
    return Markup(render_to_string("_talk.html", context, request))  # noqa: S704 (made by a template)


def discussion_address(film: FilmPlace, sort: Sort, after: str | None = None) -> str:
    """The path and query of a page of a film's discussion."""
    query = {} if sort is FIRST else {"sort": str(sort)}
    if after:
        query["after"] = after
    return reverse("discussion", kwargs={"slug": film.slug}) + (f"?{urlencode(query)}" if query else "")


def following(film: FilmPlace, thread: Thread, sort: Sort) -> str:
    """The address of the comments after these; empty where none follow."""
    return discussion_address(film, sort, thread.next) if thread.next else ""


def place_in_discussion(film: FilmPlace, found: Lineage, sort: Sort) -> str:
    """The address of the page of a film's discussion that begins with the branch of a comment."""
    root = found.ancestors[0] if found.ancestors else found.comment
    after = None if root.is_for_its_author else cursor_before(root, sort)
    return f"{discussion_address(film, sort, after)}#comment-{root.id}"


def _orders(place: Place, current: Sort) -> Iterator[Order]:
    labels = {
        Sort.NEWEST: _("Newest"),
        Sort.OLDEST: _("Oldest"),
        Sort.MOST_VOTED: _("Most voted"),
        Sort.BEST: _("Best"),
        Sort.CONTROVERSIAL: _("Controversial"),
    }
    for sort, label in labels.items():
        query = [*place.kept, *([] if sort is FIRST else [("sort", str(sort))])]
        address = place.address + (f"?{urlencode(query)}" if query else "") + ANCHOR
        yield Order(label, address, sort is current)
