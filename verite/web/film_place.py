"""Which film a piece of a page belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilmPlace:
    """What a section of a film's page, or a page beside it, needs to know of the film."""

    id: int
    slug: str
    title: str
