"""Moments of a film that carry notes: marks on its time bar, and the most discussed ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup

from verite.catalogue.hosts.moments import write_moment
from verite.catalogue.queries.film_page import FilmPage
from verite.core.fragments import Versioned
from verite.discussion.queries.places import NotedPlace
from verite.web.film_place import FilmPlace
from verite.web.player import Screen, Stretch, screen
from verite.web.wording import number

KEPT_CHARACTERS = 2_000_000
MOST_DISCUSSED = 4
# Per cent of the line; marks that stand closer cannot be pressed apart, so they are one.
APART = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Notes at a moment, or at some that are close together; ``left`` in per cent of the line."""

    left: float
    first: NotedPlace
    count: int
    is_one: bool
    names_part: bool

    @property
    def figure(self) -> str:
        return number(self.count) if self.count else "?"

    @property
    def label(self) -> str:
        """For whoever does not see where it stands."""
        notes = ngettext("%(count)s note", "%(count)s notes", self.count) % {"count": number(self.count)}
        told = {
            "notes": notes if self.count else _("A question"),
            "part": self.first.part,
            "moment": write_moment(self.first.start_seconds or 0),
        }
        if self.names_part:
            words = _("%(notes)s in part %(part)s at %(moment)s")
            return (words if self.is_one else _("%(notes)s in part %(part)s from %(moment)s")) % told
        return (_("%(notes)s at %(moment)s") if self.is_one else _("%(notes)s from %(moment)s")) % told


_kept: Versioned[str] = Versioned(KEPT_CHARACTERS, len)


def reel(shown: Screen, film: FilmPlace, part_count: int, places: Iterable[NotedPlace]) -> Markup:
    """All parts on one line, with a mark wherever there are notes."""
    noted = tuple(place for place in places if place.target == "part" and not place.is_lost)
    name = ("reel", shown, film, part_count, noted, get_language())
    return Markup(_kept.get(name) or _kept.keep(name, _reel(shown, film, part_count, noted)))  # noqa: S704


def most_discussed(
    film: FilmPlace, part_count: int, places: Iterable[NotedPlace], *, is_piece: bool = False
) -> Markup:
    """The moments with the most notes, for beside the discussion."""
    moments = sorted(
        (place for place in places if place.target == "part" and not place.is_lost and place.note_count),
        key=lambda place: -place.note_count,
    )[:MOST_DISCUSSED]
    names_part = part_count > 1
    name = ("moments", film, tuple(moments), names_part, is_piece, get_language())
    context = {"film": film, "moments": moments, "names_part": names_part, "is_piece": is_piece}
    html = _kept.get(name) or _kept.keep(name, render_to_string("_moments.html", context))
    return Markup(html)  # noqa: S704 (made by a template)


def pieces_of(film: FilmPage, places: Sequence[NotedPlace], *, part: int | None) -> Markup:
    """Both, to take the place of what a page showed before."""
    here = FilmPlace(film.id, film.slug, film.title)
    noted = tuple(place for place in places if place.target == "part" and not place.is_lost)
    bar = _reel(screen(film, part=str(part), moment=""), here, len(film.parts), noted, is_piece=True)
    return Markup(bar) + most_discussed(here, len(film.parts), places, is_piece=True)  # noqa: S704 (made by a template)


def _reel(
    shown: Screen, film: FilmPlace, part_count: int, noted: Sequence[NotedPlace], *, is_piece: bool = False
) -> str:
    line = shown.line
    if not line and noted and shown.part and part_count == 1 and shown.part.length_seconds:
        line = (Stretch(shown.part, 0.0, 100.0, 0),)
    context = {
        "film": film,
        "is_piece": is_piece,
        "line": line,
        "marks": _joined(_marks(line, noted, names_part=part_count > 1)),
        "part_count": part_count,
        "screen": shown,
    }
    return render_to_string("_reel.html", context)


def _marks(line: Sequence[Stretch], noted: Iterable[NotedPlace], *, names_part: bool) -> list[Mark]:
    stretches = {stretch.part.position: stretch for stretch in line}
    marks = []
    for place in noted:
        stretch = stretches.get(place.part or 0)
        if stretch is not None and stretch.part.length_seconds:
            share = min(1.0, (place.start_seconds or 0) / stretch.part.length_seconds)
            left = stretch.left + stretch.width * share
            marks.append(Mark(left, place, place.note_count, is_one=True, names_part=names_part))
    return sorted(marks, key=lambda mark: mark.left)


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    joined: list[Mark] = []
    for mark in marks:
        if joined and mark.left - joined[-1].left < APART:
            joined[-1] = replace(joined[-1], count=joined[-1].count + mark.count, is_one=False)
        else:
            joined.append(mark)
    return joined
