"""What stands beside a film in numbers: its ratings, how much is said about it, and what the reader gave it."""

from __future__ import annotations

from dataclasses import dataclass

from verite.discussion.queries import Talk, talk_of
from verite.ratings.queries import OwnRating, own_rating, score_of
from verite.ratings.score import Score


@dataclass(frozen=True, slots=True)
class Figures:
    """A film's score and talk; ``own_rating`` is for the eyes of the participant it was read for."""

    score: Score
    talk: Talk
    own_rating: OwnRating | None


def figures_of(film_id: int, viewer_id: int | None = None) -> Figures:
    """The figures of a film, with the rating that a participant gave it."""
    own = own_rating(viewer_id, film_id) if viewer_id is not None else None
    return Figures(score_of(film_id), talk_of(film_id), own)
