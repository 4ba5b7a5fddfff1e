"""What people may be called, so that nobody is taken for somebody else."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import gettext as _

from verite.core.ids import short_mark
from verite.core.slugs import slugify
from verite.core.text import TextTooLong, clean_text
from verite.core.text.cleaning import inked

LONGEST_NAME = 80

_LETTER = re.compile(r"[^\W_]")


class NameRefused(Exception):
    """A name cannot be used. The message says why, for the person who gave it."""


def checked_name(name: str) -> str:
    """A name as it will be stored: one line, one spelling, nothing invisible.

    Raises:
        NameRefused: it is too long, or no letter or digit is in it.
    """
    try:
        name = " ".join(inked(clean_text(name, LONGEST_NAME)).split())
    except TextTooLong as error:
        raise NameRefused(
            _("This name has %(length)d characters, and there is room for %(limit)d. Please shorten it.")
            % {"length": error.length, "limit": error.limit}
        ) from error
    if not _LETTER.search(name):
        raise NameRefused(_("A name needs at least one letter or digit."))
    return name


def slug_of(name: str) -> str:
    """A name as it stands in ``/members/<slug>/``; names that look alike give the same."""
    return slugify(name, fallback="member")[:LONGEST_NAME]


def guest_mark(participant_id: int, *, thread_id: int) -> str:
    """Four letters that stand beside a guest's name throughout one thread; a member's name never has them."""
    return short_mark(participant_id, thread_id, settings.SECRET_KEY)
