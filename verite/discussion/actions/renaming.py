"""A member is called otherwise: so are their comments."""

from __future__ import annotations

from django.db.models import F

from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.counting import hold_talks
from verite.discussion.models import Comment


def sign_anew(*, member_id: int, name: str) -> None:
    """Let a member's comments carry their new name. Those that they took away stay without one."""
    with db.write():
        mine = Comment.objects.filter(participant=member_id).exclude(state=Comment.State.REMOVED_BY_AUTHOR)
        films = set(mine.values_list("film", flat=True))
        hold_talks(films)
        held = list(mine.select_for_update().order_by("pk").values_list("pk", flat=True))
        Comment.objects.filter(pk__in=held).update(name=name, version=F("version") + 1)
        freshness.touch(*map(keys.talk, films))
