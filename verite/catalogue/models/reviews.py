"""A curator's review of a film, its revisions, and paragraphs that keep their identity across them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from verite.accounts.models import Participant

from .films import Film


class Review(models.Model):
    """The review that a film's page shows."""

    film = models.OneToOneField(Film, on_delete=models.CASCADE, related_name="review")
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    markdown = models.TextField()
    revision_count = models.PositiveIntegerField(default=1)
    sanitiser_version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    revised_at = models.DateTimeField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_review"
        indexes = [models.Index(F("published_at").desc(), F("id").desc(), name="review_newest")]

    def __str__(self) -> str:
        return f"review of film {self.film_id}"


class ReviewRevision(models.Model):
    """What a review said once; nothing that was published is lost."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    markdown = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_review_revision"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="review_revision_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="review_revision_number"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of review {self.review_id}"


class ReviewParagraph(models.Model):
    """A block of the present text. ``key`` survives edits, so that a note can hold on to it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="paragraphs", db_index=False)
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    markdown = models.TextField()
    html = models.TextField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_review_paragraph"
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="review_paragraph_key_once"),
            models.UniqueConstraint(fields=["review", "position"], name="review_paragraph_position_once"),
        ]

    def __str__(self) -> str:
        return f"paragraph {self.key} of review {self.review_id}"
