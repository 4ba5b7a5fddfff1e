"""What a WordPress site consists of, whichever file it was read from: a WXR export or a dump of its database.

A reader yields records in this order: the site, its authors and terms, then its posts, each with its comments.
Texts are as WordPress stores them: HTML, entities and shortcodes included. Nothing here is judged yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from verite.transfer.formats import Unreadable

Metas: TypeAlias = tuple[tuple[str, str], ...]
"""Keys and values, in order; a key may come more than once."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site as a whole. ``address`` is where its pages lie: ``https://example.org/films``.

    ``best_rating`` is the highest rating that readers could give; 0 where the file does not say.
    """

    title: str = ""
    address: str = ""
    best_rating: int = 0


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote posts. ``number`` is 0 where only a login is known; ``slug`` is the name in addresses."""

    login: str
    number: int = 0
    name: str = ""
    email: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag or other term. ``parent`` is the slug of the one above it; ``number`` 0 where unknown."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """A single vote on a comment. ``voter`` is opaque, and empty where nobody knows; ``stamp`` are seconds (Unix)."""

    voter: str
    value: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Rating:
    """A single rating of a post, on the site's own scale. ``voter`` and ``stamp`` are as in ``Vote``."""

    line: int
    voter: str
    value: int
    stamp: str


ALL_COMMENTS, ANSWERS_TO_ONE, ANSWERS_TO_OWN = "post", "comment", "all_comment"
"""What wpDiscuz calls the kinds of subscription."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Somebody's wish to hear of comments. ``about`` is the comment whose answers are meant, for the kind so called."""

    line: int
    email: str
    kind: str
    about: int
    is_confirmed: bool
    date: str


@dataclass(frozen=True, slots=True)
class Form:
    """A question about a passage. ``number`` is what comments call it, ``key`` what the text of the post does."""

    number: int
    key: str
    question: str
    is_open: bool
    content: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. Dates are ``YYYY-MM-DD HH:MM:SS``; ``approved`` is ``1``, ``0``, ``spam`` or ``trash``.

    ``user`` is the number of the author who was signed in; 0 for everybody else.
    """

    number: int
    line: int = 0
    parent: int = 0
    author: str = ""
    user: int = 0
    date: str = ""
    date_gmt: str = ""
    content: str = ""
    approved: str = "1"
    kind: str = ""
    metas: Metas = ()
    votes: tuple[Vote, ...] = ()

    def meta(self, key: str) -> str:
        return _first(self.metas, key)


@dataclass(frozen=True, slots=True)
class Post:
    """A post, page, attachment or whatever else has a post's number."""

    number: int
    line: int = 0
    kind: str = "post"
    status: str = "publish"
    title: str = ""
    slug: str = ""
    link: str = ""
    author: str = ""
    content: str = ""
    excerpt: str = ""
    date: str = ""
    date_gmt: str = ""
    password: str = ""
    is_open: bool = True
    terms: tuple[Term, ...] = ()
    metas: Metas = ()
    comments: tuple[Comment, ...] = ()
    ratings: tuple[Rating, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    forms: tuple[Form, ...] = ()

    def meta(self, key: str) -> str:
        return _first(self.metas, key)


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a broken file could be read only after mending, or not at all; or what it holds for nobody."""

    line: int
    why: str
    field: str = "xml"
    value: str = ""


Record: TypeAlias = Site | Author | Term | Post | Damage


@dataclass(frozen=True, slots=True)
class Export:
    """An opened file.

    Attributes:
        understood: what it was understood as, for people.
        records: a record each with the bytes of the file that have been read so far; None where there is none
            yet, so that waiting people see something move. Raises ``Unreadable`` where the file is broken; read
            once, in memory that does not grow with the file.
        highest_comment: the highest number of any comment in the file, or more. Reads the whole file.
    """

    understood: str
    records: Iterator[tuple[Record | None, int]]
    highest_comment: Callable[[], int] = field(default=lambda: 0)


class Broken(Unreadable):
    """A file is damaged from some line on. What came before it has been read."""


def _first(metas: Metas, key: str) -> str:
    return next((value for name, value in metas if name == key), "")
