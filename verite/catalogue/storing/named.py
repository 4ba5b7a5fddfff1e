"""People and subjects by name: found by what names are compared by, made where there is none."""

from __future__ import annotations

from collections.abc import Iterable

from verite.catalogue.facts import folded
from verite.catalogue.models import Person, Subject
from verite.core.slugs import candidates, slugify

from .lookups import portions
from .slugs import free_slugs


def people_named(names: Iterable[str]) -> dict[str, int]:
    """The id behind each folded name; the oldest where several people have it."""
    wanted = _by_folded(names)
    found = _found(Person, wanted)
    missing = [folded_name for folded_name in wanted if folded_name not in found]
    slugs = free_slugs(
        Person, [candidates(slugify(wanted[name], fallback="person"), None) for name in missing]
    )
    made = Person.objects.bulk_create(
        Person(name=wanted[name], folded_name=name, slug=slug)
        for name, slug in zip(missing, slugs, strict=True)
    )
    return found | {person.folded_name: person.pk for person in made}


def subjects_named(names: Iterable[str]) -> dict[str, int]:
    """The id behind each folded name; the oldest where several subjects have it. A new one is a root."""
    wanted = _by_folded(names)
    found = _found(Subject, wanted)
    missing = [folded_name for folded_name in wanted if folded_name not in found]
    slugs = free_slugs(
        Subject, [candidates(slugify(wanted[name], fallback="subject"), None) for name in missing]
    )
    made = Subject.objects.bulk_create(
        Subject(name=wanted[name], folded_name=name, slug=slug)
        for name, slug in zip(missing, slugs, strict=True)
    )
    for subject in made:
        subject.path = f"/{subject.pk}/"
    Subject.objects.bulk_update(made, ["path"])
    return found | {subject.folded_name: subject.pk for subject in made}


def _by_folded(names: Iterable[str]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(folded(name), name)
    return wanted


def _found(model: type[Person | Subject], wanted: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for portion in portions(wanted):
        rows = model.objects.filter(folded_name__in=portion).order_by("-id")
        found |= dict(rows.values_list("folded_name", "id"))  # a later row takes the place of an earlier one
    return found
