"""What the API answers with. Programs lean on these: a field may come, none may go.

They are the description in ``openapi.json`` and what is sent, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

Cursor = Annotated[str | None, Field(description="Send it as `cursor` for what follows; null at the end.")]
Seconds = Annotated[int | None, Field(description="In seconds; null where nobody knows.")]
Vote = Annotated[int, Field(json_schema_extra={"enum": [1, -1, 0]})]
SafeHtml = Annotated[str, Field(description="Sanitised HTML, safe to put into a page.")]


@dataclass(frozen=True, slots=True)
class Source:
    """A place where a part can be played; `state` is `unchecked`, `plays` or `gone`."""

    host: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a film, with its sources in the order in which the player tries them."""

    position: int
    title: str
    length: Seconds
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class ImportedRatings:
    """Ratings taken over from elsewhere as one total."""

    count: int
    sum: int


@dataclass(frozen=True, slots=True)
class Rating:
    """A film's ratings."""

    value: Annotated[
        float | None, Field(description="The mean to two decimals, as pages show it; null without ratings.")
    ]
    count: Annotated[int, Field(description="Of all ratings, imported ones among them.")]
    histogram: Annotated[
        Sequence[int],
        Field(description="How many given here say 1, 2, … 10.", min_length=10, max_length=10),
    ]
    imported: ImportedRatings


@dataclass(frozen=True, slots=True)
class Review:
    """The curator's review."""

    html: SafeHtml
    markdown: str
    author: str
    revised_at: datetime


@dataclass(frozen=True, slots=True)
class Film:
    """A film."""

    slug: str
    title: str
    year: int | None
    subjects: Annotated[Sequence[str], Field(description="Slugs, as `/subjects` has them.")]
    parts: Sequence[Part]
    rating: Rating
    comment_count: int
    review: Review | None


@dataclass(frozen=True, slots=True)
class SubjectName:
    """A subject, as a link says it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class FilmInList:
    """A film in a list; `plays` is `whole`, `partly`, `gone` or `unknown`."""

    slug: str
    title: str
    kind: str
    year: int | None
    last_year: int | None
    is_running: bool
    length: Seconds
    tagline: str
    subject: Annotated[SubjectName | None, Field(description="The first of its subjects.")]
    directors: Sequence[str]
    plays: str
    has_captions: bool
    published_at: datetime


@dataclass(frozen=True, slots=True)
class FilmList:
    """Some films of a list."""

    items: Sequence[FilmInList]
    next: Cursor
    total: int


@dataclass(frozen=True, slots=True)
class RelatedFilm:
    """Another film, and why it is near."""

    slug: str
    title: str
    years: str
    length: Seconds
    can_be_played: bool
    directors: Sequence[str]
    reason: Annotated[str, Field(description="A sentence for people, in the language asked for.")]
    score: Annotated[int, Field(description="More is nearer; to be compared within this list only.")]


@dataclass(frozen=True, slots=True)
class RelatedList:
    """Related films, those first that can be played; all of them."""

    items: Sequence[RelatedFilm]
    next: None
    total: int


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a comment; `kind` is `member` or `guest`."""

    name: str
    kind: str
    mark: Annotated[
        str,
        Field(
            description="Tells the guests of one thread apart: show it beside the name. Empty for members."
        ),
    ]
    label: Annotated[
        str,
        Field(description="`curator`, `moderator`, or `maker` of this very film; empty for everybody else."),
    ]


AnchorState = Annotated[
    str,
    Field(
        description="`exact`; `moved`: found elsewhere or altered; `uncertain`: perhaps this is the place;"
        " `orphan`: it is gone."
    ),
]


@dataclass(frozen=True, slots=True)
class PassageAnchor:
    """Words of the review, as they were noted. Notes with the same `id` are on the same place."""

    id: int
    on: Literal["review"]
    exact: str
    prefix: str
    suffix: str
    state: AnchorState


@dataclass(frozen=True, slots=True)
class MomentAnchor:
    """A second of a part, or a stretch up to `end`; `part` is null once it is gone."""

    id: int
    on: Literal["part"]
    part: int | None
    start: int
    end: int | None
    state: AnchorState


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. Of one that is removed but has replies only the place is kept, without author and words."""

    id: int
    film: Annotated[str, Field(description="The film's slug.")]
    parent: Annotated[int | None, Field(description="The comment that it answers.")]
    root: Annotated[int, Field(description="The comment at the head of its branch, perhaps itself.")]
    depth: int
    author: Author | None
    html: SafeHtml
    created_at: datetime
    edited_at: datetime | None
    helpful: int
    not_helpful: int
    own_vote: Annotated[Vote, Field(description="How whoever asks voted.")]
    state: Annotated[
        str,
        Field(
            description="`published`, `removed`, `removed_by_author`; `held` for its author while it waits."
        ),
    ]
    kind: Annotated[
        str,
        Field(
            description="`comment`, `question`, `asks` (for a source), `source` (gives one) or `correction`."
        ),
    ]
    source: Annotated[str, Field(description="The address that one of kind `source` gives; may be empty.")]
    taken_up_at: Annotated[
        datetime | None, Field(description="When a curator did what one of kind `correction` says.")
    ]
    sticky: Annotated[bool, Field(description="Whether curators keep it before all others.")]
    closed: Annotated[bool, Field(description="Whether neither it nor anything below it can be answered.")]
    anchor: Annotated[
        PassageAnchor | MomentAnchor | None, Field(description="What it is a note on, if it is one.")
    ]
    reply_count: Annotated[int, Field(description="Of direct replies.")]
    hidden_count: Annotated[int, Field(description="How much below it this answer leaves out.")]
    replies_cursor: Annotated[
        str | None,
        Field(description="The `cursor` with which `/comments/{id}/replies` has what is left out."),
    ]


@dataclass(frozen=True, slots=True)
class CommentList:
    """Some comments in the order in which pages show them, each right after what it answers."""

    items: Sequence[Comment]
    next: Cursor
    total: Annotated[int, Field(description="Of all comments below, those on other pages among them.")]


@dataclass(frozen=True, slots=True)
class Votes:
    """How a comment stands after a vote; `value` is one's own."""

    value: Vote
    helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True)
class Rated:
    """How a film stands after a rating; `value` is one's own."""

    value: int | None
    rating: Rating


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; `film_count` is that of its whole branch."""

    slug: str
    name: str
    parent: Annotated[str | None, Field(description="Slug of the subject right above.")]
    film_count: int


@dataclass(frozen=True, slots=True)
class SubjectList:
    """Some subjects, each right after the one above it."""

    items: Sequence[Subject]
    next: Cursor
    total: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A film in a person's list, and what they did in it."""

    role: str
    slug: str
    title: str
    years: str
    length: Seconds
    can_be_played: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A person, and some of their credits; `total` counts films."""

    slug: str
    name: str
    items: Sequence[Credit]
    next: Cursor
    total: int


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A film in its place in a collection, and the curator's line on why it stands there."""

    film: FilmInList
    note: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection with all its films in order."""

    slug: str
    title: str
    tagline: str
    curator: str
    html: SafeHtml
    published_at: datetime
    revised_at: datetime
    items: Sequence[CollectionEntry]
    next: None
    total: int
