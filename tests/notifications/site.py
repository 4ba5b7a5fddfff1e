"""A site in which things happen, and the mails of its readers: for tests of notifications.

What happens is of a kind of its own, told by a teller such as a room above registers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.due_jobs import failures, run_due_jobs
from verite.core.db import write
from verite.core.text import Profile, render
from verite.notifications import actions, jobs
from verite.notifications.models import Address, Subscription
from verite.notifications.telling import Heading, Told
from verite.notifications.topics import Interval, Subject, Topic

SUNDAY_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KIND = "thing"
FILM, OTHER_FILM = Subject(Topic.FILM, 5), Subject(Topic.FILM, 6)


@dataclass
class Site:
    """Things by number, and a clock that stands until it is moved."""

    data: Path
    now: datetime = SUNDAY_NOON
    things: dict[int, Told] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=lambda: {5: "Night Mail", 6: "Nanook"})

    def tell(self, object_ids: Sequence[int]) -> list[Told]:
        return [self.things[each] for each in object_ids if each in self.things]

    def name_films(self, abouts: Sequence[int]) -> Mapping[int, Heading]:
        return {
            about: Heading(f"New comments on {self.titles[about]}", f"/films/{about}/")
            for about in abouts
            if about in self.titles
        }

    def name_people(self, abouts: Sequence[int]) -> Mapping[int, Heading]:
        return {about: Heading("Replies to you", "/me/") for about in abouts}

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def happens(
        self,
        *subjects: Subject,
        author: int | None = None,
        words: str = "Well *observed*.",
        headline: str = "Ada on Night Mail",
        place: str = "Night Mail",
    ) -> int:
        """Something new under these subjects; its number."""
        number = max(self.things, default=0) + 1
        self.things[number] = Told(
            number,
            headline,
            place,
            f"/films/5/#{number}",
            self.now,
            words,
            render(words, kind=Profile.COMMENT),
        )
        with write():
            actions.announce(
                [(each.topic, each.about) for each in subjects or (FILM,)],
                kind=KIND,
                object_id=number,
                author_id=author,
                now=self.now,
            )
        return number

    def works(self) -> None:
        """The worker does all that is due at this moment, as it would each minute."""
        with write():
            jobs.look_into_outbox.enqueue()
        run_due_jobs(self.now)
        assert not failures(), failures()

    def mails(self) -> list[EmailMessage]:
        """All that were sent, oldest first."""
        return [
            message_from_bytes(file.read_bytes(), policy=policy.default)
            for file in sorted((self.data / "mail").glob("*.eml"))
        ]

    def mails_to(self, email: str) -> list[EmailMessage]:
        return [mail for mail in self.mails() if mail["To"] == email]

    def told(self, email: str) -> list[int]:
        """The numbers of the things that an address was told, as often as it was told them."""
        return [
            int(number)
            for mail in self.mails_to(email)
            for number in re.findall(r"/films/5/#(\d+)$", words_of(mail), re.MULTILINE)
        ]


def words_of(mail: EmailMessage) -> str:
    """The text part."""
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def markup_of(mail: EmailMessage) -> str:
    """The HTML part."""
    part = mail.get_body(("html",))
    assert part
    return str(part.get_content())


def token_in(mail: EmailMessage, path: str) -> str:
    """What stands in the first link of a mail to ``/notify/<path>/…/``."""
    found = re.search(rf"/notify/{path}/([^/]+)/", words_of(mail))
    assert found, words_of(mail)
    return found[1]


def a_reader(
    email: str,
    subject: Subject = FILM,
    *,
    now: datetime,
    interval: Interval = Interval.INSTANTLY,
    participant: int | None = None,
) -> int:
    """Somebody who has asked to be told, and confirmed it; the id of the subscription."""
    actions.subscribe(subject, email, interval=interval, participant_id=participant, language="en", now=now)
    row = Subscription.objects.get(
        address__digest=Address.objects.get(email=email).digest, topic=subject.topic, about=subject.about
    )
    from verite.notifications import tokens

    actions.confirm(tokens.to_confirm(row.address_id, now=now), [row.pk], participant_id=participant, now=now)
    return row.pk
