"""Subjects: the tree, and the films of one branch of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Exists, OuterRef, Q

from verite.catalogue import keys
from verite.catalogue.models import Film, FilmSubject, Subject
from verite.catalogue.queries.film_cards import FilmCard, SubjectName, film_cards
from verite.core import freshness
from verite.core.text import Html, Profile, render

FILMS_SHOWN = 24

# A subject with more films than this is read from the newest film on, because one of the first few hundred
# has it; a rarer one from its own films, which are then sorted. Either way is slow for the other.
MANY = 2_000


@dataclass(frozen=True, slots=True)
class Branch:
    """A subject with the subjects below it."""

    id: int
    slug: str
    name: str
    branches: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """A subject with its place in the tree, and the newest films of its branch."""

    id: int
    slug: str
    name: str
    description: Html
    ancestors: Sequence[SubjectName]
    below: Sequence[SubjectName]
    film_count: int
    films: Sequence[FilmCard]


def subject_tree() -> list[Branch]:
    """All subjects from the roots down, by name, in one query. A page with it wants a ``max_age``."""
    children: defaultdict[int | None, list[tuple[int, str, str]]] = defaultdict(list)
    rows = Subject.objects.order_by("folded_name", "id").values_list("parent_id", "id", "slug", "name")
    for parent_id, subject_id, slug, name in rows:
        children[parent_id].append((subject_id, slug, name))

    def branches(parent_id: int | None) -> list[Branch]:
        return [
            Branch(subject_id, slug, name, branches(subject_id))
            for subject_id, slug, name in children[parent_id]
        ]

    return branches(None)


def subject_page(slug: str) -> SubjectPage | None:
    """A subject's page, in six queries; None if there is no such subject."""
    subject = Subject.objects.filter(slug=slug).first()
    if subject is None or subject.path is None:
        return None
    # An ancestor's path is a beginning of one's own, a descendant's begins with it.
    above = list(accumulate(f"{step}/" for step in subject.path.split("/")[:-2]))
    family = Subject.objects.filter(Q(path__in=above) | Q(path__startswith=subject.path))
    rows = list(family.order_by("folded_name", "id").values_list("id", "slug", "name", "path", "parent_id"))
    by_path = {row[3]: SubjectName(row[1], row[2]) for row in rows}
    freshness.depends_on(*(keys.subject(row[0]) for row in rows))
    branch = [row[0] for row in rows if row[3] not in above]
    links = FilmSubject.objects.filter(subject__in=branch)
    films = Film.objects.public()
    film_count = films.filter(id__in=links.values("film")).count()
    if film_count > MANY:
        films = films.filter(Exists(links.filter(film=OuterRef("pk"))))
    else:
        films = films.filter(id__in=links.values("film"))
    return SubjectPage(
        id=subject.pk,
        slug=subject.slug,
        name=subject.name,
        description=render(subject.description, kind=Profile.SYNOPSIS),
        ancestors=[by_path[path] for path in above if path in by_path],
        below=[SubjectName(row[1], row[2]) for row in rows if row[4] == subject.pk],
        film_count=film_count,
        films=film_cards(films.order_by("-published_at", "-id"), limit=FILMS_SHOWN),
    )
