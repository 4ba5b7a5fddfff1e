"""People and what they did on a film."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verite.accounts.models import Participant

from .films import Film


class Person(models.Model):
    """Somebody, or a body such as a film unit, named in the credits; ``participant`` is the member who they are."""

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, db_index=True)
    participant = models.OneToOneField(Participant, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_person"
        constraints = [models.CheckConstraint(condition=~Q(slug="") & ~Q(name=""), name="person_named")]

    def __str__(self) -> str:
        return self.name


class Credit(models.Model):
    """One person in one role on one film."""

    class Role(models.TextChoices):
        DIRECTOR = "director"
        PRODUCER = "producer"
        WRITER = "writer"
        NARRATOR = "narrator"
        CAMERA = "camera"
        EDITOR = "editor"
        COMPOSER = "composer"
        NOMINEE = "nominee"
        MADE_FOR = "made_for"

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="credits", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits", db_index=False)
    role = models.CharField(max_length=8, choices=Role.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_credit"
        constraints = [
            models.UniqueConstraint(fields=["film", "role", "person"], name="credit_once"),
            models.CheckConstraint(
                condition=Q(
                    role__in=[
                        "director", "producer", "writer", "narrator", "camera",
                        "editor", "composer", "nominee", "made_for",
                    ]
                ),
                name="credit_role",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["person", "role", "film"], name="credit_person_role_film")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} of {self.film_id}"
