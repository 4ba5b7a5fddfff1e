"""Single ratings, and beside them what is shown of all ratings of a film."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from verite.accounts.models import Participant
from verite.catalogue.models import Film
from verite.ratings.score import HIGHEST, LOWEST


class Rating(models.Model):
    """What one participant gave one film."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        app_label = "ratings"
        db_table = "ratings_rating"
        constraints = [
            models.UniqueConstraint(fields=["film", "participant"], name="rating_once"),
            models.CheckConstraint(condition=Q(value__range=(LOWEST, HIGHEST)), name="rating_value"),
        ]
        indexes = [
            models.Index("participant", F("given_at").desc(), F("id").desc(), name="rating_of_participant"),
        ]

    def __str__(self) -> str:
        return f"{self.value} for film {self.film_id}"


class FilmScore(models.Model):
    """How many ratings of each value a film has, kept by the actions that change ratings.

    ``imported_count`` ratings with the sum ``imported_sum`` came from elsewhere as one total. They stand here
    and not on single rows, because nobody knows who gave which.
    """

    film = models.OneToOneField(Film, on_delete=models.CASCADE, primary_key=True, related_name="+")
    r1 = models.PositiveIntegerField(default=0)
    r2 = models.PositiveIntegerField(default=0)
    r3 = models.PositiveIntegerField(default=0)
    r4 = models.PositiveIntegerField(default=0)
    r5 = models.PositiveIntegerField(default=0)
    r6 = models.PositiveIntegerField(default=0)
    r7 = models.PositiveIntegerField(default=0)
    r8 = models.PositiveIntegerField(default=0)
    r9 = models.PositiveIntegerField(default=0)
    r10 = models.PositiveIntegerField(default=0)
    imported_count = models.PositiveIntegerField(default=0)
    imported_sum = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "ratings"
        db_table = "ratings_film_score"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    imported_sum__gte=F("imported_count") * LOWEST,
                    imported_sum__lte=F("imported_count") * HIGHEST,
                ),
                name="film_score_imported",
            ),
        ]

    def __str__(self) -> str:
        return f"score of film {self.film_id}"


COUNTS = tuple(f"r{value}" for value in range(LOWEST, HIGHEST + 1))
"""The columns of ``FilmScore`` that count ratings of 1, 2, … 10."""
