"""Subscriptions that were confirmed elsewhere, kept until their addresses are asked (``taking_up``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from verite.transfer.belongings import SubscriptionSaid
from verite.transfer.models import ImportedSubscription


def remember_subscriptions(
    site_id: int, film_id: int, said: Sequence[SubscriptionSaid], since: datetime
) -> int:
    """Store those that are new; ``since`` is for those without a date.

    Returns:
        How many were new.
    """
    if not said:
        return 0
    rows = ImportedSubscription.objects.filter(site=site_id, film=film_id)
    known = set(rows.values_list("email", "answers_to", "to_own"))
    wanted = {(one.email, one.answers_to or 0, one.to_own): one.since or since for one in said}
    new = [
        ImportedSubscription(
            site_id=site_id, film_id=film_id, email=email, answers_to=answers_to, to_own=to_own, since=moment
        )
        for (email, answers_to, to_own), moment in wanted.items()
        if (email, answers_to, to_own) not in known
    ]
    ImportedSubscription.objects.bulk_create(new)
    return len(new)
