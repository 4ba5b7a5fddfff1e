"""Comments in their threads, votes on them, and beside them what is counted of a film's talk."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q

from verite.accounts.models import Participant
from verite.catalogue.models import Film

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
    grows whenever the comment itself would look different.
    """

    class State(models.TextChoices):
        PUBLISHED = "published"
        HELD = "held"
        REMOVED_BY_AUTHOR = "removed_by_author"
        REMOVED = "removed"

    class Kind(models.TextChoices):
        COMMENT = "comment"

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
            models.CheckConstraint(condition=Q(kind__in=["comment"]), name="comment_kind"),
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
            *_ordered("film", _IS_ROOT, "comment_roots"),
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


class FilmTalk(models.Model):
    """How much is said about a film: published comments, those among them that answer none, and people.

    Whoever changes a film's thread holds this row until the commit.
    """

    film = models.OneToOneField(Film, models.CASCADE, primary_key=True, related_name="+")
    comment_count = models.PositiveIntegerField(default=0)
    root_count = models.PositiveIntegerField(default=0)
    participant_count = models.PositiveIntegerField(default=0)
    is_closed = models.BooleanField(default=False)

    class Meta:
        app_label = "discussion"
        db_table = "discussion_film_talk"
        constraints = [
            models.CheckConstraint(
                condition=Q(root_count__lte=F("comment_count"), participant_count__lte=F("comment_count")),
                name="film_talk_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"talk of film {self.film_id}"
