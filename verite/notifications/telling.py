"""What a happening says is told by the room whose subject it is, at the moment a mail goes.

This room knows nothing of comments. It stores that something happened, never what was said: so nothing that was
removed meanwhile can reach anybody. Rooms above register, in their ``AppConfig.ready``, who tells their things
(``register``) and what their topics are called (``name_topic``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from verite.core.text import Html
from verite.notifications.topics import Subject, Topic


@dataclass(frozen=True, slots=True)
class Told:
    """One thing as everybody may read it now.

    Attributes:
        headline: who did what, in the language that is active: "Ada on Night Mail".
        place: what it belongs to, such as the film's title; mails group by it.
        path: where it stands, "/films/night-mail/…"; its own place, not only its page.
        text: its words, plain.
        html: its words, through the sanitiser.
        edited_at: when they were changed, if they were.
    """

    object_id: int
    headline: str
    place: str
    path: str
    at: datetime
    text: str
    html: Html
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a topic is called, in the language that is active ("New comments on Night Mail"), and where it stands."""

    words: str
    path: str


class Teller(Protocol):
    """Tells things of one kind by their ids. What is not public now is not among the answers."""

    def __call__(self, object_ids: Sequence[int]) -> Iterable[Told]: ...


class Namer(Protocol):
    """Names topics of one kind. What is not public now is not among the answers."""

    def __call__(self, abouts: Sequence[int]) -> Mapping[int, Heading]: ...


_tellers: dict[str, Teller] = {}
_namers: dict[Topic, Namer] = {}


def register(kind: str, teller: Teller) -> None:
    """Let ``teller`` tell whatever is announced with this kind (at most 12 characters)."""
    _tellers[kind] = teller


def name_topic(topic: Topic, namer: Namer) -> None:
    """Let ``namer`` name this topic. Only what it names can be followed."""
    _namers[topic] = namer


def tell(objects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Told]:
    """Whatever of these is public now, by kind and id; one call for each kind."""
    ids: dict[str, list[int]] = {}
    for kind, object_id in objects:
        ids.setdefault(kind, []).append(object_id)
    return {
        (kind, told.object_id): told
        for kind, wanted in ids.items()
        if kind in _tellers
        for told in _tellers[kind](wanted)
    }


def headings(subjects: Iterable[Subject]) -> dict[Subject, Heading]:
    """What these are called, as far as they are public now; one call for each topic."""
    abouts: dict[Topic, list[int]] = {}
    for subject in subjects:
        abouts.setdefault(subject.topic, []).append(subject.about)
    return {
        Subject(topic, about): heading
        for topic, wanted in abouts.items()
        if topic in _namers
        for about, heading in _namers[topic](wanted).items()
    }
