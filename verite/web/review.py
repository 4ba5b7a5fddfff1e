"""A film's review on its page, with the notes on its words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from django.template.loader import render_to_string
from django.utils.translation import get_language
from markupsafe import Markup

from verite.catalogue.queries.film_page import FilmPage, Review
from verite.core.fragments import Versioned
from verite.core.text import Html, as_stored
from verite.discussion.queries.places import NotedPlace
from verite.web.film_place import FilmPlace
from verite.web.note_words import NOTE_ID
from verite.web.reading import reading_minutes
from verite.web.review_marks import Passage, marked

KEPT_CHARACTERS = 8_000_000  # some five hundred reviews
# Beside one paragraph; the rest of them is folded.
SHOWN_AT_ONCE = 4
# What the style sheet knows of.
MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is told in the section besides the notes, and nobody but a curator changes."""

    film: FilmPlace
    synopsis: str
    review: Review | None

    @property
    def minutes(self) -> int:
        """To read it."""
        return reading_minutes(block.html for block in self.review.paragraphs) if self.review else 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a review, with the places in it that carry notes or a question.

    Attributes:
        number: from 1, as readers count; 0 for what nobody can note on: a heading, a line.
        rows: how many paragraphs its notes may stand beside, its own among them.
    """

    key: str
    html: Html
    number: int
    questions: Sequence[NotedPlace]
    notes: Sequence[NotedPlace]
    rows: int = 1

    @property
    def count(self) -> int:
        return sum(place.note_count for place in self.notes)


_kept: Versioned[str] = Versioned(KEPT_CHARACTERS, len)


def told_of(film: FilmPage) -> Told:
    """What the page of a film says in its review's section."""
    return Told(FilmPlace(film.id, film.slug, film.title), film.synopsis, film.review)


def section(told: Told, places: Iterable[NotedPlace]) -> Markup:
    """The synopsis and the review, with the passages marked that carry notes; the same for everybody."""
    noted = tuple(place for place in places if place.target == "review")
    name = (told, noted, get_language())
    return Markup(_kept.get(name) or _kept.keep(name, _made(told, noted)))  # noqa: S704 (made by a template)


def _made(told: Told, noted: Sequence[NotedPlace]) -> str:
    blocks = list(_blocks(told.review, noted)) if told.review else []
    shown = {block.key for block in blocks}
    context = {
        "blocks": blocks,
        "film": told.film,
        "lost": [place for place in noted if place.is_lost or place.paragraph not in shown],
        "minutes": told.minutes,
        "review": told.review,
        "shown_at_once": SHOWN_AT_ONCE,
        "synopsis": told.synopsis,
    }
    return render_to_string("_review.html", context)


def _blocks(review: Review, noted: Sequence[NotedPlace]) -> Iterator[Block]:
    there = (place for place in noted if not place.is_lost)
    places = {
        key: sorted(found, key=lambda place: place.start_char or 0)
        for key, found in groupby(sorted(there, key=attrgetter("paragraph")), key=attrgetter("paragraph"))
    }
    blocks = [_block(each.key, each.html, places.get(each.key, [])) for each in review.paragraphs]
    number = 0
    for place, block in enumerate(blocks):
        can_be_noted = not block.html.startswith(("<h", "<p></p>"))
        number += can_be_noted
        yield replace(block, number=number if can_be_noted else 0, rows=_rows(blocks[place + 1 :]))


def _block(key: str, html: str, places: Sequence[NotedPlace]) -> Block:
    passages = [
        Passage(NOTE_ID.format(place.id), place.start_char or 0, place.end_char or 0, place.note_count)
        for place in places
    ]
    return Block(
        key,
        marked(as_stored(html), passages),
        0,
        questions=[place for place in places if place.question],
        notes=[place for place in places if not place.question],
    )


def _rows(following: Iterable[Block]) -> int:
    """Notes stand beside their paragraph and those after it, up to the next that has notes."""
    rows = 1
    for block in following:
        if block.questions or block.notes or rows == MOST_ROWS:
            break
        rows += 1
    return rows
