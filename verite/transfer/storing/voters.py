"""Readers who rated and voted on a site that moved in, as guests of this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from verite.accounts.actions import guests_for
from verite.transfer.models import ImportedVoter

PER_QUESTION = 5_000


def voters(site_id: int, known_since: Mapping[str, datetime]) -> dict[str, int]:
    """Find or make the guests who stand for readers.

    Args:
        known_since: what tells the site's readers apart, each with the moment of something they did.
    """
    found: dict[str, int] = {}
    waiting = iter(known_since.items())
    while portion := dict(islice(waiting, PER_QUESTION)):
        guests = guests_for(portion)
        known = set(
            ImportedVoter.objects.filter(participant__in=guests.values()).values_list(
                "participant", flat=True
            )
        )
        ImportedVoter.objects.bulk_create(
            ImportedVoter(participant_id=guest, site_id=site_id)
            for guest in guests.values()
            if guest not in known
        )
        found |= guests
    return found
