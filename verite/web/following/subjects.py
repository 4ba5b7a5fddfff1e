"""What can be followed, as addresses and forms name it: ``film:12``, and ``replies`` for what is about oneself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verite.accounts.actors import Actor
from verite.notifications import telling
from verite.notifications.telling import Heading
from verite.notifications.topics import PERSONAL, Subject, Topic

MOST_OFFERED = 5
LONGEST_NUMBER = 18  # digits, which every database can hold


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be followed, with its name in forms and in words."""

    subject: Subject
    heading: Heading

    @property
    def name(self) -> str:
        return self.subject.topic.value if self.subject.topic in PERSONAL else str(self.subject)


def subject_called(name: str, actor: Actor) -> Subject | None:
    """The subject of this name; None where there is none, or it is about oneself and one is nobody yet."""
    topic, _colon, about = name.partition(":")
    try:
        found = Topic(topic)
    except ValueError:
        return None
    if found in PERSONAL:
        return None if actor.participant_id is None else Subject(found, actor.participant_id)
    if not (about.isascii() and about.isdecimal() and len(about) <= LONGEST_NUMBER):
        return None
    return Subject(found, int(about))


def offers(names: Iterable[str], actor: Actor) -> list[Offer]:
    """What is public of the subjects of these names, each once and in their order; at most ``MOST_OFFERED``."""
    wanted = list(dict.fromkeys(found for name in names if (found := subject_called(name, actor))))
    headings = telling.headings(wanted[:MOST_OFFERED])
    return [Offer(subject, headings[subject]) for subject in wanted if subject in headings]
