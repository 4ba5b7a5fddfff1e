"""Writes of the catalogue: one verb each, each in one transaction that also says what it made stale."""

from verite.catalogue.facts import FilmFacts, FilmRefused, PartFacts, Remark
from verite.catalogue.review_texts import ReviewRefused, ReviewText, review_text

from .collections import CollectionRefused, Entry, SavedCollection, save_collection
from .first_reviews import FirstReview, save_first_reviews
from .people import PersonRefused, rename_person
from .publishing import Showing, show_films
from .reviews import save_review
from .store_films import Outcome, Plan, Stored, add_film, store_films
from .subjects import SubjectRefused, place_subject, save_subject

__all__ = [
    "CollectionRefused",
    "Entry",
    "FilmFacts",
    "FilmRefused",
    "FirstReview",
    "Outcome",
    "PartFacts",
    "PersonRefused",
    "Plan",
    "Remark",
    "ReviewRefused",
    "ReviewText",
    "SavedCollection",
    "Showing",
    "Stored",
    "SubjectRefused",
    "add_film",
    "place_subject",
    "rename_person",
    "review_text",
    "save_collection",
    "save_first_reviews",
    "save_review",
    "save_subject",
    "show_films",
    "store_films",
]
