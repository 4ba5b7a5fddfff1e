"""Collections: ordered lists of films with an essay."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verite.accounts.models import Participant

from .films import Film


class Collection(models.Model):
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    title = models.CharField(max_length=200)
    tagline = models.CharField(max_length=300, blank=True)
    curator = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    essay_markdown = models.TextField(blank=True)
    essay_html = models.TextField(blank=True)
    sanitiser_version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    revised_at = models.DateTimeField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_collection"
        constraints = [models.CheckConstraint(condition=~Q(slug="") & ~Q(title=""), name="collection_named")]

    def __str__(self) -> str:
        return self.title


class CollectionFilm(models.Model):
    """A film's place in a collection, with a line on why it stands there."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="collection_entries")
    position = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_collection_film"
        constraints = [
            models.UniqueConstraint(fields=["collection", "film"], name="collection_film_once"),
            models.UniqueConstraint(fields=["collection", "position"], name="collection_position_once"),
        ]

    def __str__(self) -> str:
        return f"film {self.film_id} in collection {self.collection_id}"
