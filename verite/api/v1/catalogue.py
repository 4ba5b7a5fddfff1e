"""Subjects, people and collections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from verite.api.v1 import examples, refusals
from verite.api.v1.answers import answer
from verite.api.v1.asked import CollectionSlug, FromCursor, Listed, PersonSlug
from verite.api.v1.described import described
from verite.api.v1.film_objects import in_list
from verite.api.v1.objects import (
    Collection,
    CollectionEntry,
    Credit,
    Person,
    Subject,
    SubjectList,
)
from verite.catalogue.queries.collections import collection_page
from verite.catalogue.queries.people import person_page
from verite.catalogue.queries.subjects import Branch, subject_tree
from verite.core.paging import BadCursor, decode, encode
from verite.discovery.browse import film_counts
from verite.discovery.choices import Facet

router = Router(tags=["Catalogue"])

MOST_PAGES = 1_000


@router.get(
    "/subjects",
    response=SubjectList,
    openapi_extra=described(examples.SUBJECT_LIST, refused=[refusals.NO_PLACE]),
)
def subjects(
    request: HttpRequest,  # noqa: ARG001 (every call gets it)
    asked: Query[Listed],
) -> HttpResponse:
    """The tree of subjects, from each root down."""
    every = list(_flat(subject_tree(), film_counts(Facet.SUBJECT)))
    begin = _place_after(asked.cursor, every) if asked.cursor else 0
    shown = every[begin : begin + asked.limit]
    following = encode("subjects", [shown[-1].slug]) if len(every) > begin + asked.limit else None
    return answer(SubjectList(shown, following, len(every)))


@router.get(
    "/people/{slug}",
    response=Person,
    openapi_extra=described(examples.PERSON, refused=[refusals.NO_PERSON, refusals.NO_PLACE]),
)
def person(request: HttpRequest, slug: PersonSlug, asked: Query[FromCursor]) -> HttpResponse:  # noqa: ARG001
    """A person and the films they had a hand in, by role, the newest of each first."""
    number = _page_number(asked.cursor) if asked.cursor else 1
    found = person_page(slug, number)
    if found is None:
        raise Http404(_("There is no such person here."))
    items = [
        Credit(role, line.slug, line.title, line.years, line.length_seconds, line.can_be_played)
        for role, lines in found.roles
        for line in lines
    ]
    following = None if found.following is None else encode("person", [found.following])
    return answer(Person(found.slug, found.name, items, following, found.film_count))


@router.get(
    "/collections/{slug}",
    response=Collection,
    openapi_extra=described(examples.COLLECTION, refused=[refusals.NO_COLLECTION]),
)
def collection(request: HttpRequest, slug: CollectionSlug) -> HttpResponse:  # noqa: ARG001
    """A collection with its essay and all its films."""
    found = collection_page(slug)
    if found is None:
        raise Http404(_("There is no such collection here."))
    items = [CollectionEntry(in_list(entry.film), entry.note) for entry in found.entries]
    told = Collection(
        slug=found.slug,
        title=found.title,
        tagline=found.tagline,
        curator=found.curator,
        html=found.essay,
        published_at=found.published_at,
        revised_at=found.revised_at,
        items=items,
        next=None,
        total=len(items),
    )
    return answer(told)


def _flat(branches: Iterable[Branch], counts: dict[str, int], parent: str | None = None) -> Iterator[Subject]:
    for branch in branches:
        yield Subject(branch.slug, branch.name, parent, counts.get(branch.slug, 0))
        yield from _flat(branch.branches, counts, branch.slug)


def _place_after(cursor: str, every: list[Subject]) -> int:
    """Raises ``BadCursor``."""
    (last,) = decode(cursor, "subjects", [str])
    for place, subject in enumerate(every, start=1):
        if subject.slug == last:
            return place
    raise BadCursor("The subject from which to go on has left.")


def _page_number(cursor: str) -> int:
    """Raises ``BadCursor``."""
    (number,) = decode(cursor, "person", [int])
    if not 2 <= int(number) <= MOST_PAGES:
        raise BadCursor("There is no such page.")
    return int(number)
