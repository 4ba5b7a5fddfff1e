"""Tables of the catalogue."""

from .collections import Collection, CollectionFilm
from .films import ExternalId, Film, FilmCountry, FilmCounts, FilmLanguage, FilmText, FilmTitle
from .parts import Part, Source
from .people import Credit, Person
from .reviews import Review, ReviewParagraph, ReviewRevision
from .subjects import FilmSubject, Subject

__all__ = [
    "Collection",
    "CollectionFilm",
    "Credit",
    "ExternalId",
    "Film",
    "FilmCountry",
    "FilmCounts",
    "FilmLanguage",
    "FilmSubject",
    "FilmText",
    "FilmTitle",
    "Part",
    "Person",
    "Review",
    "ReviewParagraph",
    "ReviewRevision",
    "Source",
    "Subject",
]
