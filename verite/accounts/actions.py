"""Writes about participants."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from verite.accounts.models import Participant
from verite.core import db
from verite.core.slugs import slugify
from verite.core.text import clean_line

LONGEST_NAME = 80


class NameRefused(Exception):
    """A name cannot be used. The message says why, for the person who gave it."""


def name_author(name: str, *, now: datetime) -> int:
    """Find or make the member of this name, who need not be able to sign in: an author that a file names.

    Returns:
        The participant's id.

    Raises:
        NameRefused: nothing of the name is left once control characters are gone.
    """
    name = clean_line(name, LONGEST_NAME)
    if not name:
        raise NameRefused(_("The author needs a name."))
    with db.write():
        participant, _made = Participant.objects.get_or_create(
            slug=slugify(name, fallback="member")[:LONGEST_NAME],
            defaults={"kind": Participant.Kind.MEMBER, "name": name, "created_at": now},
        )
    return participant.pk
