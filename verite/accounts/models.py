"""Everyone who acts is a participant: a member who signs in, or a guest known by a cookie."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q


class Participant(models.Model):
    """Whoever rates, votes, comments or writes a review; unique per person as far as we can tell."""

    class Kind(models.TextChoices):
        MEMBER = "member"
        GUEST = "guest"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    name = models.CharField(max_length=80, blank=True)
    slug = models.SlugField(max_length=80, null=True, unique=True, allow_unicode=True)  # noqa: DJ001 (guests have none)
    # Names that look alike have the same, see ``likeness``; guests have none.
    likeness = models.CharField(max_length=32, null=True)  # noqa: DJ001 (NULL is found by no name)
    created_at = models.DateTimeField()
    # BLAKE2 of the random id in a guest's cookie. Whoever reads the table cannot act in a guest's name.
    token_digest = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 (members have none)
    # The member that this guest turned out to be.
    claimed_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        app_label = "accounts"
        db_table = "accounts_participant"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["member", "guest"]), name="participant_kind"),
            models.CheckConstraint(
                condition=Q(kind="guest", slug__isnull=True) | Q(kind="member", slug__isnull=False),
                name="participant_member_has_slug",
            ),
            models.CheckConstraint(
                condition=Q(kind="guest") | Q(token_digest__isnull=True, claimed_by__isnull=True),
                name="participant_member_has_no_token",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claimed_by"], condition=Q(claimed_by__isnull=False), name="participant_claimed_by"
            ),
            models.Index(
                fields=["likeness"], condition=Q(likeness__isnull=False), name="participant_likeness"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.pk}"


class FormerAddress(models.Model):
    """A slug under which a member was known before, for whoever follows an old link; the last bearer's."""

    slug = models.SlugField(max_length=80, primary_key=True, allow_unicode=True)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    class Meta:
        app_label = "accounts"
        db_table = "accounts_former_address"

    def __str__(self) -> str:
        return self.slug


class MemberManager(BaseUserManager["Member"]):
    """Lets Django's authentication find a member by e-mail address."""


class Member(AbstractBaseUser):
    """Somebody with a way to sign in. What a member does is stored under its participant."""

    class Role(models.TextChoices):
        MEMBER = "member"
        MODERATOR = "moderator"
        CURATOR = "curator"

    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="member")
    email = models.EmailField(unique=True)
    role = models.CharField(max_length=9, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = MemberManager()

    class Meta:
        app_label = "accounts"
        db_table = "accounts_member"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["member", "moderator", "curator"]), name="member_role"
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Session(AbstractBaseSession):
    """One browser's session; Django's own, told whose it is, so that members see and end theirs."""

    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=120, blank=True)

    class Meta(AbstractBaseSession.Meta):
        app_label = "accounts"
        db_table = "accounts_session"

    def __str__(self) -> str:
        return f"session of member {self.member_id}"
