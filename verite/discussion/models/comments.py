"""Comments in their threads, what they said before, and votes on them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q

from verite.accounts.models import Participant
from verite.catalogue.models import Film

from .anchors import Anchor

SORTED_BY = ("created_at", "score", "best", "controversial")

_IS_ROOT = Q(parent__isnull=True)
# Not ``~_IS_ROOT``: SQLite sees in ``parent = 7`` that the parent is not null, but not that NOT (it is null).
_IS_REPLY = Q(parent__isnull=False)


def _ordered(first: str, condition: Q, name: str) -> Iterator[models.Index]:
    """One index per order. It holds what is shown and nothing else, so that no reader walks past the rest."""
    for column in SORTED_BY:
        yield models.Index(
            first,
            F(column).desc(),
            F("id").desc(),
            condition=condition & Q(is_shown=True),
            name=f"{name}_{column}",
        )


class Comment(models.Model):
    """A comment on a film, or a reply to one at any depth.

    ``reply_count`` and ``descendant_count`` count what is published below. ``is_shown`` says whether it has a
    place on pages: it is published, or something below it is, for which it keeps the place. ``version``
    grows whenever the comment itself would look different. Of those that answer none, a sticky one stands
    before all others, and nothing can be said any more below a closed one.

    Attributes:
        source: the address that a comment of kind ``GIVES_SOURCE`` points at.
        is_announced: whether those who follow the film have been told of it, which is done once.
        taken_up_at: when a curator did what a correction says.
        anchor: the passage or moment that it is a note on.
    """

    class State(models.TextChoices):
        PUBLISHED = "published"
        HELD = "held"
        REMOVED_BY_AUTHOR = "removed_by_author"
        REMOVED = "removed"

    class Kind(models.TextChoices):
        COMMENT = "comment"
        QUESTION = "question"
        ASKS_SOURCE = "asks"
        GIVES_SOURCE = "source"
        CORRECTION = "correction"

    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+", db_index=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", db_index=False)
    # The parent has the constraint; a second one would only cost.
    root = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    depth = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMMENT)
    state = models.CharField(max_length=17, choices=State.choices, default=State.PUBLISHED)
    is_shown = models.BooleanField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    helpful = models.PositiveIntegerField(default=0)
    not_helpful = models.PositiveIntegerField(default=0)
    imported_helpful = models.PositiveIntegerField(default=0)
    imported_not_helpful = models.PositiveIntegerField(default=0)
    score = models.IntegerField(default=0)
    best = models.BigIntegerField(default=0)
    controversial = models.BigIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    descendant_count = models.PositiveIntegerField(default=0)
    sanitiser_version = models.PositiveSmallIntegerField()
    is_sticky = models.BooleanField(db_default=False)
    is_closed = models.BooleanField(db_default=False)
    is_announced = models.BooleanField(db_default=False)
    taken_up_at = models.DateTimeField(null=True)
    anchor = models.ForeignKey(Anchor, models.PROTECT, null=True, related_name="+", db_index=False)
    source = models.CharField(max_length=500, blank=True, db_default="")
    name = models.CharField(max_length=80, blank=True)
    # Ids of all above it from the root down, as "/7/12/". Long texts stand last, after what is counted.
    path = models.TextField(default="/")
    html = models.TextField(blank=True)
    markdown = models.TextField(blank=True)

    class Meta:
        app_label = "discussion"
        db_table = "discussion_comment"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["published", "held", "removed_by_author", "removed"]),
                name="comment_state",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["comment", "question", "asks", "source", "correction"]),
                name="comment_kind",
            ),
            models.CheckConstraint(condition=Q(kind="source") | Q(source=""), name="comment_gives_source"),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(taken_up_at__isnull=True), name="comment_taken_up"
            ),
            models.CheckConstraint(
                condition=_IS_ROOT | Q(is_sticky=False, is_closed=False), name="comment_heads_a_branch"
            ),
            models.CheckConstraint(
                condition=(_IS_ROOT & Q(root__isnull=True, depth=0, path="/"))
                | (_IS_REPLY & Q(root__isnull=False, depth__gt=0)),
                name="comment_place",
            ),
            models.CheckConstraint(
                condition=Q(is_shown=True) | (~Q(state="published") & Q(descendant_count=0)),
                name="comment_shown",
            ),
            models.CheckConstraint(
                condition=Q(descendant_count__gte=F("reply_count")), name="comment_descendants"
            ),
        ]
        indexes = [
            *_ordered("film", _IS_ROOT & Q(is_sticky=False), "comment_roots"),
            *_ordered("parent", _IS_REPLY, "comment_under"),
            models.Index("parent", condition=_IS_REPLY, name="comment_parent"),
            models.Index(
                "film",
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(is_shown=True),
                name="comment_of_film",
            ),
            models.Index(
                "participant", "film", condition=Q(participant__isnull=False), name="comment_in_thread"
            ),
            # Few comments are more than comments, or stick, or are notes.
            models.Index(
                "film",
                "kind",
                F("created_at").desc(),
                F("id").desc(),
                condition=~Q(kind="comment") & Q(is_shown=True),
                name="comment_of_kind",
            ),
            models.Index("film", condition=Q(is_sticky=True), name="comment_sticky"),
            models.Index(
                "anchor",
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(anchor__isnull=False, is_shown=True),
                name="comment_on_anchor",
            ),
            models.Index(
                "film",
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(anchor__isnull=False, is_shown=True),
                name="comment_notes",
            ),
            # Few comments wait, and their author meets them on every page of the thread.
            models.Index("participant", "film", condition=Q(state="held"), name="comment_waiting"),
            models.Index(
                "participant",
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(participant__isnull=False),
                name="comment_of_participant",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class CommentVote(models.Model):
    """Whether one participant found one comment helpful (1) or not (-1)."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", db_index=False)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", db_index=False)
    value = models.SmallIntegerField()
    cast_at = models.DateTimeField()

    class Meta:
        app_label = "discussion"
        db_table = "discussion_comment_vote"
        constraints = [
            models.UniqueConstraint(fields=["comment", "participant"], name="comment_vote_once"),
            models.CheckConstraint(condition=Q(value__in=[1, -1]), name="comment_vote_value"),
        ]
        indexes = [models.Index("participant", "comment", name="comment_vote_of_participant")]

    def __str__(self) -> str:
        return f"{self.value} on comment {self.comment_id}"


class CommentRevision(models.Model):
    """What a comment said before it was edited."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    markdown = models.TextField()
    replaced_at = models.DateTimeField()

    class Meta:
        app_label = "discussion"
        db_table = "discussion_comment_revision"

    def __str__(self) -> str:
        return f"earlier words of comment {self.comment_id}"
