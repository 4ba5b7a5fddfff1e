"""What happened, who wants to hear of it, and the mails that say so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verite.accounts.models import Participant
from verite.notifications.topics import Interval, Topic

_IS_OPEN = Q(confirmed_at__isnull=False, ended_at__isnull=True)


class Announcement(models.Model):
    """The outbox: what happened, written in the transaction of its cause. Nothing stays here for long.

    It has no index, for every comment pays for it. ``actions.move_outbox`` turns it into happenings.

    Attributes:
        topics: all that it belongs to, as ``film:5 thread:77``: a row of their own each would cost more.
        kind, object_id: what it is, to those who can tell it (``telling``).
    """

    topics = models.TextField()
    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    author_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()

    class Meta:
        app_label = "notifications"
        db_table = "notifications_announcement"

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.topics}"


class Happening(models.Model):
    """One thing that happened under one topic that somebody follows.

    Ids grow in the order in which rows become visible, because ``actions.move_outbox`` alone adds any, one
    at a time: whoever has read up to an id has missed nothing below it.
    """

    topic = models.CharField(max_length=8)
    about = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    author_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()

    class Meta:
        app_label = "notifications"
        db_table = "notifications_happening"
        indexes = [models.Index("topic", "about", "id", name="happening_of_topic")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} under {self.topic}:{self.about}"


class Address(models.Model):
    """An e-mail address that somebody gave.

    Attributes:
        digest: keyed hash of the address, by which it is found: it outlives ``email``, so that a stranger who
            was asked in vain is not asked again and again.
        email: empty once nothing is or may be sent to it.
        participant: whoever has shown that the address is theirs.
        asked_at, asked_count: mails that it was sent unasked since it last showed that somebody reads it.
        refused_count: mails in a row that its server refused for good.
        blocked_at: since when nothing is sent to it, whoever asks.
    """

    digest = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=254, blank=True)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_count = models.PositiveSmallIntegerField(default=0)
    refused_count = models.PositiveSmallIntegerField(default=0)
    blocked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "notifications"
        db_table = "notifications_address"

    def __str__(self) -> str:
        return f"address {self.pk}"


class Subscription(models.Model):
    """That an address wants to hear of a topic.

    It waits until it is confirmed, is open until it is ended, and may be opened anew.

    Attributes:
        participant: whoever follows; what they do themselves is not told to them.
        confirmed_at: since when it is open: what happened before is not told.
        seen_id: the last happening that a mail was prepared for.
        owed: JSON: ``[happening, kind, object_id]`` of what is told besides, as it was not told to a guest.
    """

    class Ended(models.TextChoices):
        BY_READER = "reader"
        REFUSED = "refused"  # the server of the address takes no more mails
        MERGED = "merged"  # a guest's, with the same one of the member that they turned out to be

    address = models.ForeignKey(Address, models.CASCADE, related_name="+", db_index=False)
    topic = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Topic])
    about = models.BigIntegerField()
    interval = models.CharField(max_length=9, choices=[(each.value, each.value) for each in Interval])
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=7, blank=True, choices=Ended.choices)
    seen_id = models.BigIntegerField(default=0)
    owed = models.TextField(default="[]")

    class Meta:
        app_label = "notifications"
        db_table = "notifications_subscription"
        constraints = [
            models.UniqueConstraint(fields=["address", "topic", "about"], name="subscription_once"),
            models.CheckConstraint(condition=Q(topic__in=[*map(str, Topic)]), name="subscription_topic"),
            models.CheckConstraint(
                condition=Q(interval__in=[*map(str, Interval)]), name="subscription_interval"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="subscription_ended_because",
            ),
        ]
        indexes = [
            models.Index("topic", "about", "address", condition=_IS_OPEN, name="subscription_of_topic"),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk} to {self.topic}:{self.about}"

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class Bundle(models.Model):
    """What one address is told at one interval: one mail for all of its subscriptions, when it is due.

    Attributes:
        due_at: when the next mail goes; None while there is nothing to tell.
        ready_at: no mail goes before.
    """

    address = models.ForeignKey(Address, models.CASCADE, related_name="+", db_index=False)
    interval = models.CharField(max_length=9)
    due_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "notifications"
        db_table = "notifications_bundle"
        constraints = [models.UniqueConstraint(fields=["address", "interval"], name="bundle_once")]
        indexes = [models.Index("due_at", condition=Q(due_at__isnull=False), name="bundle_due")]

    def __str__(self) -> str:
        return f"{self.interval} to address {self.address_id}"


class Mail(models.Model):
    """One mail, written down before the mail server is given it, so that it is sent again under the same name.

    Attributes:
        told: JSON: for each thing its kind, its id and the ids of the subscriptions that it is told for. The
            words themselves are asked for when the mail goes, and are those that are public then.
        attempts: how often it was tried in vain. A job is told the number, and leaves a mail alone that another
            job has by now.
        put_off: how often of these somebody answered, and wanted it later.
        try_at: when it is tried next.
    """

    class Kind(models.TextChoices):
        NEWS = "news"
        ASK = "ask"  # does this address want these subscriptions?
        TAKE_UP = "take_up"  # the same, of those that an import kept
        MANAGE = "manage"  # the way to all of its subscriptions

    class State(models.TextChoices):
        KEPT = "kept"  # until those before it are sent
        PREPARED = "prepared"  # a job has it
        SENT = "sent"
        DROPPED = "dropped"  # nothing was left to say
        REFUSED = "refused"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    address = models.ForeignKey(Address, models.CASCADE, related_name="+")
    interval = models.CharField(max_length=9, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    message_id = models.CharField(max_length=300)
    attempts = models.PositiveSmallIntegerField(default=0)
    put_off = models.PositiveSmallIntegerField(default=0)
    prepared_at = models.DateTimeField()
    try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    told = models.TextField(default="[]")

    class Meta:
        app_label = "notifications"
        db_table = "notifications_mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["news", "ask", "take_up", "manage"]), name="mail_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["kept", "prepared", "sent", "dropped", "refused"]), name="mail_state"
            ),
        ]
        indexes = [
            models.Index("address", "interval", condition=Q(state="prepared"), name="mail_waiting"),
            models.Index("id", condition=Q(state="kept"), name="mail_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} mail {self.pk}"


class Turn(models.Model):
    """One row, held by whoever moves the outbox or takes bundles: the two never pass each other by."""

    class Meta:
        app_label = "notifications"
        db_table = "notifications_turn"

    def __str__(self) -> str:
        return "turn"
