"""Correcting what is known of a person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verite.accounts.keys import LABELS
from verite.accounts.models import Participant
from verite.catalogue import keys
from verite.catalogue.facts import folded
from verite.catalogue.models import Credit, Person
from verite.core import db, freshness
from verite.core.text import clean_line

LONGEST_NAME = 200


class PersonRefused(Exception):
    """A person cannot be changed. The message says why, for the person who asked for it."""


def know_as_member(person_id: int, member_id: int | None) -> None:
    """Say which member a person is: what they write about films that they made is marked so from now on.

    Args:
        member_id: the member's participant; None for nobody here.

    Raises:
        PersonRefused: the person, or the member, is no longer here, or the member is known as another person.
    """
    with db.write():
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            raise PersonRefused(_("This person is no longer here."))
        if person.participant_id == member_id:
            return
        if member_id is not None:
            if not Participant.objects.filter(pk=member_id, kind=Participant.Kind.MEMBER).exists():
                raise PersonRefused(_("This member is no longer here."))
            if Person.objects.filter(participant=member_id).exists():
                raise PersonRefused(_("This member is known as somebody else. Undo that first."))
        person.participant_id = member_id
        person.save(update_fields=["participant"])
        freshness.touch(keys.person(person_id), LABELS)


def rename_person(person_id: int, name: str) -> None:
    """Spell a person's name this way from now on. Its address stays, so that links to it hold.

    Raises:
        PersonRefused: the name is empty, or the person is no longer here.
    """
    name = clean_line(name, LONGEST_NAME)
    if not name:
        raise PersonRefused(_("A person needs a name."))
    with db.write():
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            raise PersonRefused(_("This person is no longer here."))
        if person.name == name:
            return
        person.name, person.folded_name = name, folded(name)
        person.save(update_fields=["name", "folded_name"])
        films = Credit.objects.filter(person=person).values_list("film_id", flat=True).distinct()
        freshness.touch(keys.person(person_id), *map(keys.film, films))
