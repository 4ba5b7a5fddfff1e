"""What a note is on, as whoever posts it says: words of the review, a moment of a part, or where others are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from verite.discussion.refusals import AnchorRefused

# Of a part whose length nobody knows.
LONGEST_PART_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the review, as ``anchors.quoted`` takes them; without ``exact`` all of the paragraph."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    paragraph: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A second of a part (by its position), or a stretch from one to another."""

    part: int
    start_seconds: int
    end_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """The very place where other notes are, or where a curator asks."""

    anchor_id: int


On: TypeAlias = Passage | Moment | Beside


def within(moment: Moment, length_seconds: int | None) -> Moment:
    """A moment that can be in a part of this length (None where nobody knows it).

    Raises:
        AnchorRefused: it lies beyond the end, or ends before it begins.
    """
    most = length_seconds or LONGEST_PART_SECONDS
    if not 0 <= moment.start_seconds <= most or (moment.end_seconds or 0) > most:
        raise AnchorRefused(_("This moment lies beyond the end of the part. Choose an earlier one."))
    if moment.end_seconds is None or moment.end_seconds == moment.start_seconds:
        return Moment(moment.part, moment.start_seconds)
    if moment.end_seconds < moment.start_seconds:
        raise AnchorRefused(_("This stretch ends before it begins. Change one of the two times."))
    return moment
