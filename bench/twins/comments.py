"""Comments as an ordinary project has them: each knows its replies. Ours give no such way back."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import cached_property

from verite.discussion.models import Comment


class TwinComment(Comment):
    """A comment whose replies can be asked for, or be set beforehand."""

    own_vote = 0

    class Meta:
        proxy = True
        app_label = "discussion"

    @cached_property
    def replies(self) -> Iterable[TwinComment]:
        return TwinComment.objects.filter(parent=self).order_by("created_at")
