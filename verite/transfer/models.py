"""What is remembered of the sites that moved in: their addresses, their numbers, what has no place here yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verite.accounts.models import Participant
from verite.catalogue.models import Film, Subject
from verite.discussion.models import Anchor, Comment


class ImportedSite(models.Model):
    """A site that moved in. ``address`` is host and folder, without scheme: ``example.org/films``."""

    address = models.CharField(max_length=300, unique=True)

    class Meta:
        app_label = "transfer"
        db_table = "transfer_imported_site"

    def __str__(self) -> str:
        return self.address


class OldAddress(models.Model):
    """Where something stood on a site that moved in.

    It stands in this room because it points at films, comments' films, subjects and members alike, and the
    catalogue must not know of people above it. ``path`` is as ``old_addresses`` spells it.
    """

    site = models.ForeignKey(ImportedSite, models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=400)
    film = models.ForeignKey(Film, models.CASCADE, null=True, related_name="+")
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        app_label = "transfer"
        db_table = "transfer_old_address"
        constraints = [
            models.UniqueConstraint(fields=["path", "site"], name="old_address_once"),
            models.CheckConstraint(
                condition=Q(
                    film__isnull=False, subject__isnull=True, participant__isnull=True, year__isnull=True
                )
                | Q(film__isnull=True, subject__isnull=False, participant__isnull=True, year__isnull=True)
                | Q(film__isnull=True, subject__isnull=True, participant__isnull=False, year__isnull=True)
                | Q(film__isnull=True, subject__isnull=True, participant__isnull=True, year__isnull=False),
                name="old_address_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class ImportedComment(models.Model):
    """Which comment here was comment ``number`` there, and what of it the comment here is not yet.

    That is whether it is sticky or closed, and ``passage``, the number of the form under whose passage it was
    written. Once the comment here is all of this it is forgotten here, so that what the desk changes stays changed.
    """

    site = models.ForeignKey(ImportedSite, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    is_sticky = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)
    passage = models.BigIntegerField(null=True)

    class Meta:
        app_label = "transfer"
        db_table = "transfer_imported_comment"
        constraints = [
            models.UniqueConstraint(fields=["number", "site"], name="imported_comment_once"),
        ]
        indexes = [
            models.Index(
                "site",
                condition=Q(is_sticky=True) | Q(is_closed=True) | Q(passage__isnull=False),
                name="imported_comment_to_take_up",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.number}"


class ImportedPassage(models.Model):
    """A passage of a review that readers were asked about.

    ``number`` is what ``ImportedComment.passage`` calls it; an export does not say it, a dump does. ``anchor`` is
    what it became here.
    """

    site = models.ForeignKey(ImportedSite, models.CASCADE, related_name="+", db_index=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    number = models.BigIntegerField(null=True)
    exact = models.TextField()
    question = models.TextField(blank=True)
    is_open = models.BooleanField(default=False)
    anchor = models.ForeignKey(Anchor, models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "transfer"
        db_table = "transfer_imported_passage"
        constraints = [
            models.UniqueConstraint(fields=["film", "site", "key"], name="imported_passage_once"),
        ]

    def __str__(self) -> str:
        return self.key


class ImportedTotal(models.Model):
    """What is left of a site's total of a film's ratings when those that are known one by one are taken out.

    A film's imported total is the sum over all sites, so that none of them counts twice and none replaces another.
    """

    site = models.ForeignKey(ImportedSite, models.CASCADE, related_name="+", db_index=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    count = models.PositiveIntegerField()
    sum = models.PositiveIntegerField()

    class Meta:
        app_label = "transfer"
        db_table = "transfer_imported_total"
        constraints = [
            models.UniqueConstraint(fields=["film", "site"], name="imported_total_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sum} / {self.count}"


class ImportedVoter(models.Model):
    """A guest who stands for somebody who rated or voted there. Nobody has the token to act as one.

    It tells their ratings from those given here: what a site says of all its ratings includes theirs.
    """

    participant = models.OneToOneField(Participant, models.CASCADE, primary_key=True, related_name="+")
    site = models.ForeignKey(ImportedSite, models.CASCADE, related_name="+")

    class Meta:
        app_label = "transfer"
        db_table = "transfer_imported_voter"

    def __str__(self) -> str:
        return f"voter {self.participant_id}"


class ImportedSubscription(models.Model):
    """Somebody who confirmed there that they want to hear of new comments, and is asked here once whether they do.

    It stands in this room, since it is no subscription before they have said so. ``answers_to`` is the number
    there of the comment whose answers are meant; 0 for all of a film, or with ``to_own`` for answers to whatever
    they said there themselves.
    """

    site = models.ForeignKey(ImportedSite, models.CASCADE, related_name="+", db_index=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    email = models.EmailField()
    answers_to = models.BigIntegerField(default=0)
    to_own = models.BooleanField(default=False)
    since = models.DateTimeField()
    is_taken_up = models.BooleanField(db_default=False)

    class Meta:
        app_label = "transfer"
        db_table = "transfer_imported_subscription"
        constraints = [
            models.UniqueConstraint(
                fields=["film", "email", "answers_to", "to_own", "site"], name="imported_subscription_once"
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"
