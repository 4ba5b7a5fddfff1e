"""What is counted of a film's talk, and how far each participant has read it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from verite.accounts.models import Participant
from verite.catalogue.models import Film


class FilmTalk(models.Model):
    """How much is said about a film: published comments, those among them that answer none, and people.

    Then how many of them are of each kind, and notes on its review and on its parts, and how many passages and
    moments there ever were notes on. Whoever changes a film's
    thread holds this row until the commit.
    """

    film = models.OneToOneField(Film, models.CASCADE, primary_key=True, related_name="+")
    comment_count = models.PositiveIntegerField(default=0)
    root_count = models.PositiveIntegerField(default=0)
    participant_count = models.PositiveIntegerField(default=0)
    is_closed = models.BooleanField(default=False)
    question_count = models.PositiveIntegerField(db_default=0)
    asks_count = models.PositiveIntegerField(db_default=0)
    source_count = models.PositiveIntegerField(db_default=0)
    correction_count = models.PositiveIntegerField(db_default=0)
    review_note_count = models.PositiveIntegerField(db_default=0)
    part_note_count = models.PositiveIntegerField(db_default=0)
    anchor_count = models.PositiveIntegerField(db_default=0)

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


class Visit(models.Model):
    """How far a participant has read what is said about a film: up to comment ``seen_id``, which was the latest."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+", db_index=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    seen_id = models.BigIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "discussion"
        db_table = "discussion_visit"
        constraints = [
            models.UniqueConstraint(fields=["participant", "film"], name="visit_once"),
        ]

    def __str__(self) -> str:
        return f"participant {self.participant_id} at film {self.film_id}"
