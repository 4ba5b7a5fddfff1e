"""Correcting a person's name."""

from __future__ import annotations

import pytest

from tests.catalogue.sayings import film, film_id, statements, stored, touched, writes
from verite.catalogue import keys
from verite.catalogue.actions import PersonRefused, rename_person
from verite.catalogue.models import Person

pytestmark = pytest.mark.django_db


def test_a_new_name_keeps_the_address_and_reaches_every_film() -> None:
    one = film_id(film("One", credits={"director": ("Jon Roe",), "writer": ("Jon Roe",)}))
    other = film_id(film("Two", credits={"director": ("Ann Lee",)}))
    person = Person.objects.get(name="Jon Roe")

    with touched(keys.person(person.pk), keys.film(one), keys.film(other)) as stale:
        rename_person(person.pk, "  Jón  Róe ")

    person.refresh_from_db()
    assert (person.name, person.folded_name, person.slug) == ("Jón Róe", "jon roe", "jon-roe")
    assert stale == {keys.person(person.pk), keys.film(one)}
    stored(film("Three", credits={"editor": ("Jon Roe",)}))
    assert Person.objects.count() == 2


def test_the_same_name_changes_nothing() -> None:
    film_id(film(credits={"director": ("Jon Roe",)}))

    with statements() as sql:
        rename_person(Person.objects.get().pk, "Jon Roe")

    assert writes(sql) == []


def test_what_cannot_be_done_says_why() -> None:
    film_id(film(credits={"director": ("Jon Roe",)}))

    with pytest.raises(PersonRefused, match="needs a name"):
        rename_person(Person.objects.get().pk, " ")
    with pytest.raises(PersonRefused, match="no longer here"):
        rename_person(Person.objects.get().pk + 1, "Jon")
