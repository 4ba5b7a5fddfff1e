"""What can be followed, and how often somebody wants to hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from verite.core.jobs.schedules import Daily
from verite.notifications.refusals import IntervalRefused

# More than this is no mail; it says that there is more, and where.
MOST_TOLD = 100


class Topic(StrEnum):
    """What a happening belongs to; a number beside it says which film, thread or participant."""

    FILM = "film"  # all new comments on a film
    THREAD = "thread"  # answers below the comment that heads a thread
    REPLIES = "replies"  # answers to what a participant said
    MENTIONS = "mentions"  # a participant is named
    NOTES = "notes"  # notes on the review of a film
    FILMS = "films"  # new films on the site; the number is 0
    SUBJECT = "subject"  # new films in a subject
    CURATOR = "curator"  # new films by a curator (a participant)


# About one participant, who alone may follow them; they move when a guest turns out to be a member.
PERSONAL = (Topic.REPLIES, Topic.MENTIONS)


class Interval(StrEnum):
    """How often somebody wants mail."""

    INSTANTLY = "instantly"
    DAILY = "daily"
    WEEKLY = "weekly"


# However much happens, an address is sent no more than one "instantly" mail in this time.
REST = timedelta(minutes=10)

MORNING = Daily(time(7))
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be followed: ``Subject(Topic.FILM, 5)``."""

    topic: Topic
    about: int

    def __str__(self) -> str:
        return f"{self.topic}:{self.about}"


def interval_called(name: str) -> Interval:
    """An interval by its name.

    Raises:
        IntervalRefused: there is none of this name.
    """
    try:
        return Interval(name)
    except ValueError as error:
        raise IntervalRefused(_("Choose how often you want mail: instantly, daily or weekly.")) from error


def next_mail(interval: Interval, now: datetime) -> datetime:
    """When something that happens now may be told at the earliest: at once, or with the next digest.

    Digests go in the morning by the site's time zone, weekly ones on Mondays.
    """
    if interval is Interval.INSTANTLY:
        return now
    coming = MORNING.after(now)
    while interval is Interval.WEEKLY and _local(coming).weekday() != MONDAY:
        coming = MORNING.after(coming)
    return coming


def _local(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_default_timezone())
