"""Writes of the catalogue: one verb each, each in one transaction that also says what it made stale."""

from verite.catalogue.facts import FilmFacts, FilmRefused, PartFacts, Remark

from .counts import recount_parts
from .store_films import Outcome, Plan, Stored, add_film, store_films

__all__ = [
    "FilmFacts",
    "FilmRefused",
    "Outcome",
    "PartFacts",
    "Plan",
    "Remark",
    "Stored",
    "add_film",
    "recount_parts",
    "store_films",
]
