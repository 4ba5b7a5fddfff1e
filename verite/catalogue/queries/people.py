"""People, and the films they had a hand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, When

from verite.catalogue import keys
from verite.catalogue.models import Credit, Film, Person
from verite.catalogue.queries.film_cards import FilmCard, film_cards, years
from verite.core import freshness

CREDITS_PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class PersonName:
    """What a link to a person needs."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A film in a person's list."""

    slug: str
    title: str
    years: str
    length_seconds: int | None
    can_be_played: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with films by role, newest first in each; ``following`` is the number of the next page."""

    id: int
    slug: str
    name: str
    film_count: int
    roles: Sequence[tuple[str, Sequence[CreditLine]]]
    number: int
    following: int | None


def member_who_is(person_id: int) -> str:
    """What the member is called who a person is; empty for nobody here."""
    found = Person.objects.filter(pk=person_id).values_list("participant__name", flat=True).first()
    return found or ""


def people_of(ids: Sequence[int]) -> list[PersonName]:
    """These people, in this order."""
    found = Person.objects.filter(id__in=ids).values_list("id", "slug", "name")
    names = {row[0]: PersonName(*row) for row in found}
    return [names[person_id] for person_id in ids if person_id in names]


def person_page(slug: str, number: int = 1) -> PersonPage | None:
    """A page of a person's films, in three queries; None if there is no such person or no such page."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return None
    freshness.depends_on(keys.person(person.pk))
    credited = Credit.objects.filter(person=person, film__state=Film.State.PUBLISHED)
    first = (number - 1) * CREDITS_PER_PAGE
    rows = list(
        credited.order_by(_ROLE_ORDER, F("film__year").desc(nulls_last=True), "-film_id").values_list(
            "role",
            "film_id",
            "film__slug",
            "film__title",
            "film__year",
            "film__last_year",
            "film__is_running",
            "film__length_seconds",
            "film__counts__playable_count",
        )[first : first + CREDITS_PER_PAGE + 1]
    )
    if not rows and number > 1:
        return None
    freshness.depends_on(*(keys.film(row[1]) for row in rows))
    roles: defaultdict[str, list[CreditLine]] = defaultdict(list)
    for role, _id, film_slug, title, year, last_year, is_running, seconds, playable in rows[
        :CREDITS_PER_PAGE
    ]:
        when = years(year, last_year, is_running=is_running)
        roles[role].append(CreditLine(film_slug, title, when, seconds, bool(playable)))
    return PersonPage(
        id=person.pk,
        slug=person.slug,
        name=person.name,
        film_count=credited.values("film").distinct().count(),
        roles=tuple(roles.items()),
        number=number,
        following=number + 1 if len(rows) > CREDITS_PER_PAGE else None,
    )


def newest_films_of(slug: str, *, limit: int) -> tuple[PersonName, list[FilmCard]] | None:
    """The films of a person that came here last, in four queries; None if there is no such person."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return None
    freshness.depends_on(keys.person(person.pk))
    films = Film.objects.filter(id__in=Credit.objects.filter(person=person).values("film"))
    return PersonName(person.pk, person.slug, person.name), film_cards(
        films.order_by("-published_at", "-id"), limit=limit
    )


_ROLE_ORDER = Case(*(When(role=role, then=place) for place, role in enumerate(Credit.Role.values)))
