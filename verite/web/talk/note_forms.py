"""What a note is to be on, as a form says it: words of the review, a moment, or a place where others are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from verite.accounts.actors import Actor
from verite.accounts.permissions import Act, may
from verite.catalogue.hosts.moments import read_start, write_moment
from verite.catalogue.queries.parts import PartName, parts_of
from verite.catalogue.queries.reviews import present_review
from verite.core.text.cleaning import legible
from verite.discussion.anchors import NotThere, plain_text
from verite.discussion.notes import Beside, Moment, On, Passage
from verite.discussion.queries.places import NotedPlace, noted_place
from verite.discussion.refusals import AnchorRefused
from verite.web.film_place import FilmPlace
from verite.web.talk.forms import Composer, Draft

_ID = re.compile(r"[1-9][0-9]{0,17}")
_SMALL = re.compile(r"[0-9]{1,6}")
_DASH = re.compile(r"\s*[-–—]\s*")


@dataclass(frozen=True, slots=True)
class There:
    """Where other notes are, or a curator asks."""

    is_there: ClassVar = True
    place: NotedPlace

    @property
    def query(self) -> dict[str, str]:
        return {"on": str(self.place.id)}

    def on(self) -> On:
        return Beside(self.place.id)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a paragraph; ``start`` is where a script says that they begin, a number or empty."""

    is_words: ClassVar = True
    paragraph: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: str = ""

    @property
    def query(self) -> dict[str, str]:
        return {"paragraph": self.paragraph}

    def on(self) -> On:
        if not self.exact.strip():
            raise NotThere(_("There are no words to note on. Copy some from the review."))
        start = int(self.start) if _SMALL.fullmatch(self.start) else None
        return Passage(self.exact, self.prefix, self.suffix, self.paragraph, start)


@dataclass(frozen=True, slots=True)
class When:
    """A moment of a part, or a stretch, as it was typed."""

    is_when: ClassVar = True
    part: str
    time: str
    parts: Sequence[PartName]

    @property
    def query(self) -> dict[str, str]:
        return {"part": self.part}

    def on(self) -> On:
        begin, *end = _DASH.split(self.time.strip(), maxsplit=1)
        moments = [read_start(each) for each in (begin, *end)]
        start, until = moments[0], moments[1] if end else None
        if start is None or None in moments:
            raise AnchorRefused(
                _("This is no moment of a film. Type it as 12:34 or 1:02:03, a stretch as 12:34-12:50.")
            )
        if not _SMALL.fullmatch(self.part):
            raise AnchorRefused(_("This film has no such part. Choose one of its parts."))
        return Moment(int(self.part), start, until)


About: TypeAlias = There | Words | When


@dataclass(frozen=True, kw_only=True)
class NoteComposer(Composer):
    """The form for a note: that of a comment, and what it is on."""

    anchor: About

    @property
    def address(self) -> str:
        # What is typed is kept under this address, so each place has one of its own.
        return f"{super().address}?{urlencode(self.anchor.query)}"

    @property
    def is_note(self) -> bool:
        return True

    @property
    def on(self) -> On:
        return self.anchor.on()

    @property
    def may_ask(self) -> bool:
        """Whether the writer can put the words as a question to readers."""
        return may(self.actor, Act.ASK)


def to_note(film: FilmPlace, actor: Actor, about: About) -> NoteComposer:
    """The form for a note on a film."""
    return NoteComposer("note", "note", {"slug": film.slug}, actor, Draft(), anchor=about)


def about(request: HttpRequest, film: FilmPlace) -> About | None:
    """What an address with ``?on=``, ``?paragraph=`` or ``?part=&t=`` asks to write about; None where there is none.

    What was sent takes the place of what the address says.
    """
    asked, typed = request.GET, request.POST
    if "on" in asked:
        wanted = asked["on"]
        place = noted_place(film.id, int(wanted)) if _ID.fullmatch(wanted) else None
        return There(place) if place else None
    if "paragraph" in asked:
        return _words(film, legible(asked["paragraph"]), typed)
    parts = parts_of(film.id)
    if not parts:
        return None
    part = legible(typed.get("part", asked.get("part", ""))) or str(parts[0].position)
    return When(part, _time(asked, typed), parts)


def _words(film: FilmPlace, paragraph: str, typed: QueryDict) -> Words | None:
    if "exact" in typed:
        exact, *around = (
            legible(str(typed.get(name) or "")) for name in ("exact", "prefix", "suffix", "start")
        )
        return Words(paragraph, exact, *around)
    text = {key: plain_text(html) for key, html in present_review(film.id).paragraphs}.get(paragraph)
    return Words(paragraph, text) if text else None


def _time(asked: QueryDict, typed: QueryDict) -> str:
    if "time" in typed:
        return legible(str(typed["time"]))
    start = read_start(asked.get("t", ""))
    return write_moment(start) if start else ""
