"""What the home page shows of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from verite.catalogue.models import Film, FilmText, Review, ReviewParagraph
from verite.catalogue.queries.film_cards import FilmCard, cards_of, film_cards
from verite.core.text import excerpt, plain

WEEK = timedelta(days=7)
TEXT_SHOWN = 280  # characters


@dataclass(frozen=True, slots=True)
class LeadFilm:
    """The film at the head of the page. ``reviewer`` is empty where nobody has written about it yet."""

    film: FilmCard
    text: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class NewFilms:
    """The newest films; ``is_this_week`` where they all came within it."""

    films: Sequence[FilmCard]
    is_this_week: bool


def lead_film() -> LeadFilm | None:
    """The film with the newest review, else the newest that can be played, else the newest.

    In at most seven queries; None while the catalogue is empty.
    """
    review = Review.objects.filter(film__state=Film.State.PUBLISHED).order_by("-published_at", "-id")
    found = review.values_list("id", "film_id", "author__name").first()
    if found is not None:
        review_id, film_id, reviewer = found
        first = ReviewParagraph.objects.filter(review=review_id).order_by("position")
        words = plain(first.values_list("markdown", flat=True).first() or "")
        return LeadFilm(cards_of([film_id])[0], excerpt(words, TEXT_SHOWN) if words else "", reviewer)
    newest = Film.objects.order_by("-published_at", "-id")
    cards = film_cards(newest.filter(counts__playable_count__gt=0), limit=1) or film_cards(newest, limit=1)
    if not cards:
        return None
    synopsis = FilmText.objects.filter(film=cards[0].id).values_list("synopsis", flat=True).first()
    words = cards[0].tagline or plain(synopsis or "")
    return LeadFilm(cards[0], excerpt(words, TEXT_SHOWN) if words else "", reviewer="")


def new_films(*, now: datetime, limit: int, apart_from: int = 0) -> NewFilms:
    """The newest films but one, those of this week where there are any, in three queries."""
    cards = film_cards(Film.objects.exclude(id=apart_from).order_by("-published_at", "-id"), limit=limit)
    this_week = [card for card in cards if card.published_at > now - WEEK]
    return NewFilms(this_week or cards, bool(this_week))
