"""What pages say of the place that a note is on."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from verite.catalogue.hosts.moments import write_moment
from verite.core.text import excerpt

# The id of a passage's mark on the film's page.
NOTE_ID = "note-{}"

SHORT = 70
"""Characters of a passage in a margin, or above a comment."""


class Place(Protocol):
    """A place as rooms tell it: ``NotedPlace`` or ``AnchorLine``."""

    @property
    def target(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def exact(self) -> str: ...
    @property
    def part(self) -> int | None: ...
    @property
    def start_seconds(self) -> int | None: ...
    @property
    def end_seconds(self) -> int | None: ...


def short(place: Place) -> str:
    """The beginning of the words that are noted."""
    return excerpt(place.exact, SHORT)


def time(place: Place) -> str:
    """``12:34``, or a stretch, ``12:34–12:50``; empty for words."""
    if place.start_seconds is None:
        return ""
    start = write_moment(place.start_seconds)
    return start if place.end_seconds is None else f"{start}–{write_moment(place.end_seconds)}"


def state(place: Place) -> str:
    """What became of the place since; empty where nothing did."""
    if place.target == "part":
        return "" if place.part is not None else _("The part it was about is gone.")
    match place.state:
        case "moved":
            return _("The passage has changed since.")
        case "uncertain":
            return _("Perhaps about this passage.")
        case "orphan":
            return _("The passage it was about is gone.")
    return ""


def address(film_path: str, place: Place, anchor_id: int) -> str:
    """Where the place is seen: the passage or the moment on the film's page; else the notes that were on it.

    Args:
        film_path: ``/films/<slug>/``.
    """
    if place.target == "part" and place.part is not None:
        return f"{film_path}?part={place.part}&t={place.start_seconds}#player"
    if place.target == "review" and place.state != "orphan":
        return f"{film_path}#{NOTE_ID.format(anchor_id)}"
    return f"{film_path}discussion/?on={anchor_id}"
