"""Finds free addresses for many new rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from verite.catalogue.models import Collection, Film, Person, Subject

from .lookups import portions


def free_slugs(
    model: type[Film | Person | Subject | Collection], wanted: Sequence[Iterator[str]]
) -> list[str]:
    """For each endless row of candidates the first that is free, in one statement when all the first ones are.

    A round asks for four times as many candidates as the round before, so that a thousand films of one name
    take five rounds. Inside a write transaction only.
    """
    given: dict[int, str] = {}
    taken: set[str] = set()
    ahead = 1
    while len(given) < len(wanted):
        asked = {
            place: list(islice(wanted[place], ahead)) for place in range(len(wanted)) if place not in given
        }
        candidates = {slug for slugs in asked.values() for slug in slugs}
        for portion in portions(candidates):
            taken |= set(model.objects.filter(slug__in=portion).values_list("slug", flat=True))
        for place, slugs in asked.items():
            if free := next((slug for slug in slugs if slug not in taken), None):
                given[place] = free
                taken.add(free)
        ahead *= 4
    return [given[place] for place in range(len(wanted))]
