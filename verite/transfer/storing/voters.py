"""Readers who rated and voted on a site that moved in, as guests of this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

from verite.accounts.actions import guests_for
from verite.accounts.guests import digest
from verite.accounts.models import Participant
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


def known_voters(tokens: Iterable[str]) -> dict[str, int]:
    """The guests who stand for those readers who are here already; nobody is made."""
    found: dict[str, int] = {}
    waiting = iter(tokens)
    while portion := {digest(token): token for token in islice(waiting, PER_QUESTION)}:
        rows = Participant.objects.filter(token_digest__in=list(portion)).values_list("token_digest", "pk")
        found |= {portion[str(known)]: pk for known, pk in rows}
    return found
