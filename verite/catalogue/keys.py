"""Names under which the catalogue says what became stale (see ``core.freshness``).

A page depends on the keys of everything it shows; an action touches the key of everything it changed,
and of every list that gained or lost something by it.
"""

from __future__ import annotations


def film(film_id: int) -> str:
    return f"film:{film_id}"


def person(person_id: int) -> str:
    return f"person:{person_id}"


def subject(subject_id: int) -> str:
    return f"subject:{subject_id}"


def collection(collection_id: int) -> str:
    return f"collection:{collection_id}"


def year(year: int) -> str:
    return f"year:{year}"
