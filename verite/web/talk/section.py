"""A film's discussion as one row of a page: figures, orders, the form to write with, and the thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from verite.accounts.actors import NOBODY_YET, Actor
from verite.accounts.permissions import Act, may
from verite.core import clock
from verite.core.fragments import Versioned
from verite.core.ids import new_token
from verite.discovery.figures import Figures
from verite.discussion.orders import Sort
from verite.discussion.queries import Lineage, Talk, Thread
from verite.discussion.queries.newest import Latest
from verite.discussion.queries.threads import cursor_before
from verite.web.film_place import FilmPlace
from verite.web.talk import filters
from verite.web.talk.comments import Reading, root_of, thread_html
from verite.web.talk.forms import to_write
from verite.web.talk.said import said
from verite.web.templating import address

FIRST = Sort.NEWEST
ANCHOR = "#discussion"
KEPT_CHARACTERS = 2_000_000  # some five hundred films


_NOTHING = Markup()


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
        beside: what stands in the margin.
    """

    address: str
    kept: tuple[tuple[str, str], ...] = ()
    is_whole: bool = False
    is_continued: bool = False
    beside: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class _Around:
    """Everything that decides what stands around a thread."""

    place: Place
    film: FilmPlace
    talk: Talk
    sort: Sort
    next: str | None
    has_comments: bool
    latest: Latest
    first_new: str


# Stands where the thread is put in; no text from outside can say it.
_GAP = Markup(f"<!--{new_token(128)}-->")  # noqa: S704
_kept: Versioned[tuple[str, str]] = Versioned(KEPT_CHARACTERS, lambda pieces: sum(map(len, pieces)))
_kept_forms: Versioned[str] = Versioned(KEPT_CHARACTERS, len)


def asked_for(request: HttpRequest) -> Sort:
    """The order that ``?sort=`` names; the usual one where it names none."""
    try:
        return Sort(request.GET.get("sort", ""))
    except ValueError:
        return FIRST


def section(
    request: HttpRequest,
    film: FilmPlace,
    figures: Figures,
    thread: Thread,
    sort: Sort,
    actor: Actor,
    *,
    beside: Markup = _NOTHING,
) -> str:
    """The discussion on a film's own page."""
    kept = tuple((name, request.GET[name]) for name in ("part", "t") if request.GET.get(name))
    place = Place(film.path, kept, beside=beside)
    return at(place, request, film, figures, thread, sort, actor)


def at(
    place: Place,
    request: HttpRequest,
    film: FilmPlace,
    figures: Figures,
    thread: Thread,
    sort: Sort,
    actor: Actor,
) -> Markup:
    """The discussion wherever it stands."""
    talk, latest = figures.talk, figures.latest
    reading = Reading(
        actor,
        clock.now(),
        sort,
        film_path=film.path,
        is_closed=talk.is_closed,
        new_after=latest.seen_id,
    )
    html = thread_html(thread.items, reading)
    around = _Around(
        place, film, talk, sort, thread.next, bool(html), latest, _first_new(latest.first_new_id, thread)
    )
    told = said(request)
    if actor == NOBODY_YET and not told:
        name = (around, get_language())
        before, after = _kept.get(name) or _kept.keep(name, _tell(around, actor))
    else:
        before, after = _tell(around, actor, told)
    return Markup("".join([before, html, after]))  # noqa: S704 (made by a template)


def _tell(around: _Around, actor: Actor, told: str = "") -> tuple[str, str]:
    """What stands before and after the comments, with what their reader has just done."""
    film, sort = around.film, around.sort
    context = {
        "film": film,
        "filters": filters.filters(film, around.talk, None, actor) if around.place.is_whole else (),
        "first_new": around.first_new,
        "following": discussion_address(film, sort, around.next) if around.next else "",
        "form": "" if around.talk.is_closed else _form(film, actor),
        "from_the_first": discussion_address(film, sort),
        "has_comments": around.has_comments,
        "is_known": actor.participant_id is not None,
        "latest": around.latest,
        "may_close": around.place.is_whole and may(actor, Act.CLOSE),
        "orders": list(_orders(around.place, sort)),
        "place": around.place,
        "said": told,
        "talk": around.talk,
        "thread": _GAP,
    }
    before, _gap, after = render_to_string("_talk.html", context).partition(_GAP)
    return before, after


def _form(film: FilmPlace, actor: Actor) -> Markup:
    """The form to write with, which for everybody who is not known yet stays the same."""
    if actor != NOBODY_YET:
        return _form_anew(film, actor)
    name = (film, get_language())
    return Markup(_kept_forms.get(name) or _kept_forms.keep(name, _form_anew(film, actor)))  # noqa: S704


def _form_anew(film: FilmPlace, actor: Actor) -> Markup:
    context = {"composer": to_write(film, actor)}
    return Markup(render_to_string("_composer.html", context))  # noqa: S704 (made by a template)


def _first_new(comment_id: int | None, thread: Thread) -> str:
    """Where the first of the new comments stands: on this page, or on its own."""
    if comment_id is None:
        return ""
    is_here = any(line.id == comment_id for line in thread.items)
    return f"#comment-{comment_id}" if is_here else address("comment", comment_id=comment_id)


def continued(film: FilmPlace, talk: Talk, thread: Thread, sort: Sort, actor: Actor) -> Markup:
    """The comments that follow those of a page, for a script that puts them below, and the way on."""
    reading = Reading(actor, clock.now(), sort, film_path=film.path, is_closed=talk.is_closed)
    way_on = render_to_string("_next.html", {"following": following(film, thread, sort), "is_piece": True})
    return thread_html(thread.items, reading) + Markup(way_on)  # noqa: S704 (made by a template)


def discussion_address(film: FilmPlace, sort: Sort, after: str | None = None) -> str:
    """The path and query of a page of a film's discussion."""
    query = {} if sort is FIRST else {"sort": str(sort)}
    if after:
        query["after"] = after
    return address("discussion", slug=film.slug) + (f"?{urlencode(query)}" if query else "")


def following(film: FilmPlace, thread: Thread, sort: Sort) -> str:
    """The address of the comments after these; empty where none follow."""
    return discussion_address(film, sort, thread.next) if thread.next else ""


def place_in_discussion(film: FilmPlace, found: Lineage, sort: Sort) -> str:
    """The address of the page of a film's discussion that begins with the branch of a comment."""
    root = root_of(found)
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
        there = place.address + (f"?{urlencode(query)}" if query else "") + ANCHOR
        yield Order(label, there, sort is current)
