"""Subjects: what films are about. They form a tree."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .films import Film


class Subject(models.Model):
    """A topic. ``path`` holds the ids from the root down, such as ``/3/17/``: a branch is one range read."""

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=200, db_index=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001 (null until its id is known)
    description = models.TextField(blank=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_subject"
        constraints = [
            models.CheckConstraint(condition=~Q(slug="") & ~Q(name=""), name="subject_named"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")), name="subject_tree"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FilmSubject(models.Model):
    """A film is about a subject; position 0 is the one on its slate line."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="film_subjects", db_index=False)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="film_subjects", db_index=False
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film_subject"
        constraints = [models.UniqueConstraint(fields=["film", "subject"], name="film_subject_once")]
        indexes = [models.Index(fields=["subject", "film"], name="film_subject_subject_film")]

    def __str__(self) -> str:
        return f"film {self.film_id} about {self.subject_id}"
