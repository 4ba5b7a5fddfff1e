"""What search reads: the words of films and people, folded; and which films were announced.

Rows follow the catalogue; see ``actions`` and ``announcing``.
"""

from __future__ import annotations

from django.db import models

from verite.catalogue.models import Film, Person


class FilmDocument(models.Model):
    """The words by which a published film is found."""

    film = models.OneToOneField(Film, on_delete=models.CASCADE, primary_key=True, related_name="+")
    title = models.TextField(db_index=True)
    other_titles = models.TextField()
    people = models.TextField()

    class Meta:
        app_label = "discovery"
        db_table = "discovery_film_document"

    def __str__(self) -> str:
        return self.title


class PersonDocument(models.Model):
    """The words by which a person is found."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    name = models.TextField(db_index=True)

    class Meta:
        app_label = "discovery"
        db_table = "discovery_person_document"

    def __str__(self) -> str:
        return self.name


class AnnouncedFilm(models.Model):
    """A film of which those who follow the site were told, or that came among too many to tell of."""

    film = models.OneToOneField(Film, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        app_label = "discovery"
        db_table = "discovery_announced_film"

    def __str__(self) -> str:
        return f"film {self.film_id}, announced"
