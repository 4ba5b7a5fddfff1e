"""What a comment says, and what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from verite.discussion.models import CommentRevision
from verite.discussion.queries.written import Written


@dataclass(frozen=True, slots=True)
class Wording:
    """What a comment said for a while.

    Attributes:
        until: when it was changed; None for what it says now.
    """

    markdown: str
    since: datetime
    until: datetime | None


def wordings(written: Written) -> Sequence[Wording]:
    """All that a comment said, the present words first, in one query. Who may read it, the caller has asked."""
    earlier = (
        CommentRevision.objects.filter(comment=written.id)
        .order_by("replaced_at", "pk")
        .values_list("markdown", "replaced_at")
    )
    found, since = [], written.created_at
    for markdown, replaced_at in earlier:
        found.append(Wording(markdown, since, replaced_at))
        since = replaced_at
    return [Wording(written.markdown, since, None), *reversed(found)]
