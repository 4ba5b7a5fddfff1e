"""What notes hold on to: words of a review, or moments of a part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from verite.accounts.models import Participant
from verite.catalogue.models import Film, Part

_ON_REVIEW, _ON_PART = Q(target="review"), Q(target="part")


class Anchor(models.Model):
    """A passage of a film's review, or a stretch of one of its parts, on which there are notes or shall be.

    Notes on the very same passage share an anchor. Words are told as TextQuoteSelector and
    TextPositionSelector of the Web Annotation Data Model tell them, and by the paragraph they stand in; each
    time the review is saved they are placed anew (``discussion.anchors``). A moment is told in seconds.

    Attributes:
        exact, prefix, suffix: the words as they were noted, and what stood around them.
        paragraph: key of the paragraph in which they stand; for an orphan, stood last.
        start_char, end_char: where they stand in its text; None for an orphan.
        part: None once the part that a moment was in is gone.
        start_seconds, end_seconds: the moment; without an end it is a single one.
        score: how surely the words were placed, 0 to 1.
        question: what a curator asks at this place; empty where nobody asks.
        is_open: whether the question may still be answered.
        note_count: published notes.
    """

    class Target(models.TextChoices):
        REVIEW = "review"
        PART = "part"

    class State(models.TextChoices):
        EXACT = "exact"
        MOVED = "moved"
        UNCERTAIN = "uncertain"
        ORPHAN = "orphan"

    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    target = models.CharField(max_length=6, choices=Target.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.EXACT)
    score = models.FloatField(default=1.0)
    paragraph = models.CharField(max_length=12, blank=True)
    start_char = models.PositiveIntegerField(null=True)
    end_char = models.PositiveIntegerField(null=True)
    part = models.ForeignKey(Part, models.SET_NULL, null=True, related_name="+", db_index=False)
    start_seconds = models.PositiveIntegerField(null=True)
    end_seconds = models.PositiveIntegerField(null=True)
    note_count = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+", db_index=False)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    question = models.TextField(blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    exact = models.TextField(blank=True)

    class Meta:
        app_label = "discussion"
        db_table = "discussion_anchor"
        constraints = [
            models.CheckConstraint(condition=Q(target__in=["review", "part"]), name="anchor_target"),
            models.CheckConstraint(
                condition=Q(state__in=["exact", "moved", "uncertain", "orphan"]), name="anchor_state"
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="anchor_score"),
            models.CheckConstraint(
                condition=(_ON_REVIEW & Q(part__isnull=True, start_seconds__isnull=True) & ~Q(exact=""))
                | (_ON_PART & Q(start_seconds__isnull=False, paragraph="", exact="")),
                name="anchor_tells_where",
            ),
            models.CheckConstraint(
                condition=_ON_PART
                | Q(state="orphan", start_char__isnull=True, end_char__isnull=True)
                | (
                    ~Q(state="orphan")
                    & ~Q(paragraph="")
                    & Q(start_char__isnull=False, end_char__gt=F("start_char"))
                ),
                name="anchor_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(end_seconds__isnull=True) | Q(end_seconds__gt=F("start_seconds")),
                name="anchor_ends_later",
            ),
        ]
        indexes = [
            models.Index("film", "target", "paragraph", "start_char", name="anchor_in_review"),
            models.Index("part", "start_seconds", condition=Q(part__isnull=False), name="anchor_in_part"),
        ]

    def __str__(self) -> str:
        return f"anchor {self.pk} on the {self.target} of film {self.film_id}"
