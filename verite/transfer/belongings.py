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
class CommentSaid:
    """A comment, in Markdown. ``parent`` is a number; ``writer`` somebody who also wrote for the site.

    ``is_sticky``, ``is_closed`` and ``passage`` say what it was that nothing here can be yet.
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


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the review that readers were asked about. ``key`` is what its plugin calls it."""

    key: str
    exact: str
    question: str
    is_open: bool


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
        branches: its subjects, each with those above it, from the root down.
        year_paths: old addresses of what is its year here.
        paths: old addresses of the film.
    """

    site: str
    published_at: datetime | None = None
    is_draft: bool = False
    review: ReviewSaid | None = None
    total: tuple[int, int] | None = None
    comments: tuple[CommentSaid, ...] = ()
    is_closed: bool = False
    branches: tuple[tuple[SubjectSaid, ...], ...] = ()
    year_paths: tuple[tuple[int, str], ...] = ()
    paths: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
