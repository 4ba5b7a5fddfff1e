"""The parts of a film, and where each of them can be played."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .films import Film


class Part(models.Model):
    """One piece of a film, in its order. A part without a source is known but cannot be played yet."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="parts", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    length_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_part"
        constraints = [
            models.UniqueConstraint(fields=["film", "position"], name="part_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="part_position"),
            models.CheckConstraint(
                condition=Q(length_seconds__isnull=True) | Q(length_seconds__gt=0), name="part_length"
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.position} of film {self.film_id}"


class Source(models.Model):
    """One place where a part can be played, in the order in which the player tries them."""

    class Kind(models.TextChoices):
        VIDEO = "video"
        PLAYLIST = "playlist"
        FILE = "file"

    class State(models.TextChoices):
        UNCHECKED = "unchecked"
        PLAYS = "plays"
        GONE = "gone"

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="sources", db_index=False)
    position = models.PositiveSmallIntegerField()
    host = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    ref = models.CharField(max_length=500)
    start_seconds = models.PositiveIntegerField(default=0)
    captions = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.UNCHECKED)
    failure = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_source"
        constraints = [
            models.UniqueConstraint(fields=["part", "host", "ref"], name="source_once"),
            models.CheckConstraint(condition=~Q(host="") & ~Q(ref=""), name="source_named"),
            models.CheckConstraint(condition=Q(kind__in=["video", "playlist", "file"]), name="source_kind"),
            models.CheckConstraint(
                condition=Q(state__in=["unchecked", "plays", "gone"]), name="source_state"
            ),
        ]
        indexes = [models.Index(fields=["host", "ref"], name="source_host_ref")]

    def __str__(self) -> str:
        return f"{self.host}:{self.ref}"
