"""What discovery keeps of the catalogue, brought up to date inside the transaction that changed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection

from verite.catalogue.models import Credit, Film, FilmTitle, Person
from verite.core import freshness
from verite.core.db import write
from verite.core.text import fold
from verite.discovery import keys
from verite.discovery.models import FilmDocument, PersonDocument
from verite.discovery.search.engine import engine
from verite.discovery.search.index import FILMS, PEOPLE

BATCH = 500


def index_films(film_ids: Iterable[int]) -> None:
    """Make these films be found by what they are called now; films that are not public, not at all.

    Writes only the documents that changed.
    """
    for ids in _batches(film_ids):
        present = _film_words(ids)
        stored = {row[0]: row[1:] for row in FilmDocument.objects.filter(film__in=ids).values_list(*_FILM)}
        changed = [film_id for film_id, words in present.items() if stored.get(film_id) != words]
        FilmDocument.objects.bulk_create(
            [_document(film_id, *present[film_id]) for film_id in changed],
            update_conflicts=True,
            unique_fields=["film"],
            update_fields=_FILM[1:],
        )
        if gone := stored.keys() - present.keys():
            FilmDocument.objects.filter(film__in=gone).delete()
    freshness.touch(keys.catalogue())


def index_people(person_ids: Iterable[int]) -> None:
    """Make these people be found by what they are called now, and their films by them."""
    for ids in _batches(person_ids):
        names = dict(Person.objects.filter(id__in=ids).values_list("id", "name"))
        present = {person_id: fold(name) for person_id, name in names.items()}
        stored = dict(PersonDocument.objects.filter(person__in=ids).values_list("person_id", "name"))
        changed = [person_id for person_id, name in present.items() if stored.get(person_id) != name]
        PersonDocument.objects.bulk_create(
            [PersonDocument(person_id=person_id, name=present[person_id]) for person_id in changed],
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["name"],
        )
        if renamed := stored.keys() & set(changed):
            films = Credit.objects.filter(person__in=renamed).values_list("film_id", flat=True)
            index_films(set(films))
    freshness.touch(keys.catalogue())


def notice_subjects(_subject_ids: Iterable[int]) -> None:
    """Say that the tree of subjects, which the shelf knows by name, has changed."""
    freshness.touch(keys.catalogue())


def rebuild() -> int:
    """Make all documents and indexes anew; the number of films that can now be found.

    One transaction for each batch, so that nobody waits long; search goes on meanwhile.
    """
    for model, index in ((Film, index_films), (Person, index_people)):
        ids = model.objects.order_by("id").values_list("id", flat=True).iterator()
        for batch in _batches(ids):
            with write():
                index(batch)
    with write(), connection.cursor() as cursor:
        for kind in (FILMS, PEOPLE):
            for statement in engine().rebuild(kind):
                cursor.execute(statement)
    return FilmDocument.objects.count()


_FILM = ("film_id", "title", "other_titles", "people")


def _film_words(film_ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """The words of title, other titles and people of each film that is public."""
    titles = dict(Film.objects.public().filter(id__in=film_ids).values_list("id", "title"))
    others: defaultdict[int, list[str]] = defaultdict(list)
    known_as = FilmTitle.objects.filter(film__in=titles).order_by("id")
    for film_id, title in known_as.values_list("film_id", "title"):
        others[film_id].append(title)
    people: defaultdict[int, dict[str, None]] = defaultdict(dict)
    credited = Credit.objects.filter(film__in=titles).order_by("id")
    for film_id, name in credited.values_list("film_id", "person__name"):
        people[film_id][name] = None  # somebody with two roles is named once
    return {
        film_id: (fold(title), fold(" ".join(others[film_id])), fold(" ".join(people[film_id])))
        for film_id, title in titles.items()
    }


def _document(film_id: int, title: str, other_titles: str, people: str) -> FilmDocument:
    return FilmDocument(film_id=film_id, title=title, other_titles=other_titles, people=people)


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        yield batch
