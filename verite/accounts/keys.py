"""Names under which accounts say what became stale (see ``core.freshness``)."""

from __future__ import annotations

LABELS = "labels"
"""What members are called beside their names: curators, moderators, makers of a film. It changes seldom."""


def participant(participant_id: int) -> str:
    """Everything on a member's public page: the name, and what stands in the lists of ratings and comments.

    The rooms that keep those lists touch it whenever one of theirs changes. Guests have no such page.
    """
    return f"participant:{participant_id}"
