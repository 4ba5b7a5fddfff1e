"""What a file says beside the facts of a film: its review, ratings, comments, and where it stood before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote for the site. ``paths`` are old addresses of their page."""

    name: str
    email: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """A film's review, in Markdown."""

    writer: Writer
    markdown: str
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class VoteSaid:
    """A single vote on a comment, 1 or -1. ``voter`` says nothing but whether two votes are one person's."""

    voter: str
    value: int
    cast_at: datetime | None


@dataclass(frozen=True, slots=True)
class RatingSaid:
    """A single rating, 1 to 10. ``voter`` is as in ``VoteSaid``."""

    line: int
    voter: str
    value: int
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class SubscriptionSaid:
    """Somebody who confirmed that they want to hear of new comments on a film.

    ``answers_to`` is the number of the comment whose answers are meant; None for all of the film, or with
    ``to_own`` for answers to whatever they said there themselves.
    """

    email: str
    answers_to: int | None
    to_own: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CommentSaid:
    """A comment, in Markdown. ``parent`` is a number; ``writer`` somebody who also wrote for the site.

    ``helpful`` and ``not_helpful`` count all votes, ``votes`` are those among them that are known one by one.
    ``is_sticky`` and ``is_closed`` say whether it stood on top and whether it could be answered, ``passage`` by its
    number what it is a note on.
    """

    number: int
    line: int
    parent: int | None
    name: str
    markdown: str
    created_at: datetime | None
    writer: Writer | None = None
    edited_at: datetime | None = None
    is_held: bool = False
    helpful: int = 0
    not_helpful: int = 0
    is_sticky: bool = False
    is_closed: bool = False
    passage: int | None = None
    votes: tuple[VoteSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the review that readers were asked about.

    ``key`` is what the text calls it, ``number`` what the comments on it do; not every file says the number.
    """

    key: str
    exact: str
    question: str
    is_open: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectSaid:
    """A subject. ``paths`` are its old addresses."""

    name: str
    description: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Belongings:
    """What belongs to one film.

    Attributes:
        site: host and folder of the site it comes from, without scheme.
        published_at: when it was shown there first; for a film that is new here.
        is_draft: nobody was to see it yet. A film that is public here already stays public.
        total: how many ratings it had, and their sum.
        ratings: those among them that are known one by one.
        branches: its subjects, each with those above it, from the root down.
        year_paths: old addresses of what is its year here.
        paths: old addresses of the film.
    """

    site: str
    published_at: datetime | None = None
    is_draft: bool = False
    review: ReviewSaid | None = None
    total: tuple[int, int] | None = None
    ratings: tuple[RatingSaid, ...] = ()
    subscriptions: tuple[SubscriptionSaid, ...] = ()
    comments: tuple[CommentSaid, ...] = ()
    is_closed: bool = False
    branches: tuple[tuple[SubjectSaid, ...], ...] = ()
    year_paths: tuple[tuple[int, str], ...] = ()
    paths: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
