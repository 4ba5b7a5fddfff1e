"""An example of everything that is sent and answered, for the description of the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from verite.api.v1.objects import (
    Author,
    Collection,
    CollectionEntry,
    Comment,
    CommentList,
    CommentSent,
    Credit,
    Fault,
    Film,
    FilmInList,
    FilmList,
    ImportedRatings,
    Part,
    Person,
    Problem,
    Rated,
    Rating,
    RatingSent,
    RelatedFilm,
    RelatedList,
    Review,
    Source,
    Subject,
    SubjectList,
    SubjectName,
    Votes,
    VoteSent,
)

_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
_LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_CURSOR = "WyJuZXdlc3QiLDEyXQ"

RATING = Rating(7.61, 49, (0, 0, 0, 0, 0, 0, 0, 0, 0, 1), ImportedRatings(48, 363))

FILM = Film(
    slug="prelude-to-war",
    title="Prelude to War",
    year=1942,
    subjects=["second-world-war"],
    parts=[
        Part(
            1,
            "Prelude to War",
            3160,
            [Source("internet-archive", "https://archive.org/details/PreludeToWar", "plays")],
        )
    ],
    rating=RATING,
    comment_count=2,
    review=Review("<p>Made to convince soldiers.</p>", "Made to convince soldiers.", "Curator 1", _LATER),
)

_IN_LIST = FilmInList(
    slug="prelude-to-war",
    title="Prelude to War",
    kind="film",
    year=1942,
    last_year=None,
    is_running=False,
    length=3160,
    tagline="The first of seven films made for American soldiers",
    subject=SubjectName("second-world-war", "Second World War"),
    directors=["Frank Capra"],
    plays="whole",
    has_captions=False,
    published_at=_DAY,
)
FILM_LIST = FilmList([_IN_LIST], _CURSOR, 83)

RELATED = RelatedList(
    [
        RelatedFilm(
            slug="the-nazis-strike",
            title="The Nazis Strike",
            years="1943",
            length=2460,
            can_be_played=True,
            directors=["Frank Capra"],
            reason="Also directed by Frank Capra",
            score=1000,
        )
    ],
    None,
    1,
)

COMMENT = Comment(
    id=12,
    film="prelude-to-war",
    parent=None,
    root=12,
    depth=0,
    author=Author("Reader 7", "guest", "bkmt"),
    html="<p>The maps are <em>honest</em>.</p>",
    created_at=_DAY,
    edited_at=None,
    helpful=3,
    not_helpful=0,
    own_vote=0,
    state="published",
    kind="comment",
    anchor=None,
    reply_count=1,
    hidden_count=0,
    replies_cursor=None,
)
_REPLY = Comment(
    id=14,
    film="prelude-to-war",
    parent=12,
    root=12,
    depth=1,
    author=Author("Agnès", "member", ""),
    html="<p>Are they?</p>",
    created_at=_LATER,
    edited_at=None,
    helpful=0,
    not_helpful=0,
    own_vote=0,
    state="published",
    kind="comment",
    anchor=None,
    reply_count=0,
    hidden_count=0,
    replies_cursor=None,
)
COMMENT_LIST = CommentList([COMMENT, _REPLY], None, 2)
REPLY_LIST = CommentList([_REPLY], None, 1)
COMMENT_SENT = CommentSent(body="The maps are *honest*.", name="Reader 7")
VOTE_SENT, VOTES = VoteSent(value=1), Votes(1, 4, 0)
RATING_SENT, RATED = RatingSent(value=10), Rated(10, RATING)

SUBJECT_LIST = SubjectList(
    [Subject("history", "History", None, 31), Subject("second-world-war", "Second World War", "history", 12)],
    None,
    2,
)
PERSON = Person(
    "frank-capra",
    "Frank Capra",
    [Credit("director", "prelude-to-war", "Prelude to War", "1942", 3160, can_be_played=True)],
    None,
    1,
)
COLLECTION = Collection(
    slug="why-we-fight",
    title="Why We Fight",
    tagline="Seven films that explained a war to those sent into it",
    curator="Curator 1",
    html="<p>In the order in which they were shown.</p>",
    published_at=_DAY,
    revised_at=_LATER,
    items=[CollectionEntry(_IN_LIST, "Begin here.")],
    next=None,
    total=1,
)


def _problem(status: HTTPStatus, detail: str, field: str | None = None) -> Problem:
    errors = [Fault(field, detail)] if field else None
    return Problem("about:blank", status.phrase, status, detail, field, errors)


PROBLEMS: Mapping[int, Problem] = {
    each.status: each
    for each in (
        _problem(HTTPStatus.BAD_REQUEST, "This request cannot be understood."),
        _problem(HTTPStatus.FORBIDDEN, "This is your own comment: others say whether it is helpful."),
        _problem(HTTPStatus.NOT_FOUND, "There is no such film here."),
        _problem(
            HTTPStatus.CONFLICT, "This discussion is closed. It can be read, but nothing more can be posted."
        ),
        _problem(HTTPStatus.GONE, "This comment has been removed."),
        _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is more than the site takes at once."),
        _problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as JSON."),
        _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "This is no place in this list. Begin it anew.", "cursor"),
        _problem(HTTPStatus.TOO_MANY_REQUESTS, "That was very often in a short time."),
    )
}
