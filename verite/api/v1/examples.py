"""An example of everything that is sent and answered, for the description of the API; names are the demo's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from verite.api.v1.objects import (
    Author,
    Collection,
    CollectionEntry,
    Comment,
    CommentList,
    Credit,
    Film,
    FilmInList,
    FilmList,
    ImportedRatings,
    Part,
    PassageAnchor,
    Person,
    Rated,
    Rating,
    RelatedFilm,
    RelatedList,
    Review,
    Source,
    Subject,
    SubjectList,
    SubjectName,
    Votes,
)
from verite.api.v1.sent import CommentSent, PassageSent, RatingSent, VoteSent

_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
_LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_CURSOR = "WyJuZXdlc3QiLDEyXQ"

RATING = Rating(7.61, 49, (0, 0, 0, 0, 0, 0, 0, 0, 0, 1), ImportedRatings(48, 363))

FILM = Film(
    slug="why-we-fight",
    title="Why We Fight",
    year=1942,
    subjects=["war-propaganda"],
    parts=[
        Part(
            1,
            "Prelude to War",
            3120,
            [Source("internet-archive", "https://archive.org/details/PreludeToWar", "plays")],
        )
    ],
    rating=RATING,
    comment_count=2,
    review=Review("<p>Made to convince soldiers.</p>", "Made to convince soldiers.", "Curator 1", _LATER),
)

_IN_LIST = FilmInList(
    slug="why-we-fight",
    title="Why We Fight",
    kind="series",
    year=1942,
    last_year=1945,
    is_running=False,
    length=None,
    tagline="Seven films made to tell an army what it was fighting, mostly out of the enemy’s own pictures.",
    subject=SubjectName("war-propaganda", "War & propaganda"),
    directors=["Frank Capra"],
    plays="partly",
    has_captions=False,
    published_at=_DAY,
)
FILM_LIST = FilmList([_IN_LIST], _CURSOR, 83)

RELATED = RelatedList(
    [
        RelatedFilm(
            slug="tunisian-victory",
            title="Tunisian Victory",
            years="1944",
            length=4560,
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
    film="why-we-fight",
    parent=None,
    root=12,
    depth=0,
    author=Author("Reader 7", "guest", "bkmt", ""),
    html="<p>The maps are <em>honest</em>, it is said. By whom?</p>",
    created_at=_DAY,
    edited_at=None,
    helpful=3,
    not_helpful=0,
    own_vote=0,
    state="published",
    kind="asks",
    source="",
    taken_up_at=None,
    sticky=False,
    closed=False,
    anchor=PassageAnchor(7, "review", "the maps", "Then come ", ". Made at", "exact"),
    reply_count=1,
    hidden_count=0,
    replies_cursor=None,
)
_REPLY = replace(
    COMMENT,
    anchor=None,
    id=14,
    parent=12,
    depth=1,
    author=Author("Agnès", "member", "", "curator"),
    html="<p>Its own makers, on the title page.</p>",
    kind="source",
    source="https://archive.org/details/PreludeToWar",
    created_at=_LATER,
    helpful=0,
    reply_count=0,
)
COMMENT_LIST = CommentList([COMMENT, _REPLY], None, 2)
REPLY_LIST = CommentList([_REPLY], None, 1)
COMMENT_SENT = CommentSent(
    body="The maps are *honest*, it is said. By whom?",
    name="Reader 7",
    kind="asks",
    anchor=PassageSent(on="review", exact="the maps", prefix="Then come ", suffix=". Made at"),
)
VOTE_SENT, VOTES = VoteSent(value=1), Votes(1, 4, 0)
RATING_SENT, RATED = RatingSent(value=10), Rated(10, RATING)

SUBJECT_LIST = SubjectList(
    [Subject("history", "History", None, 38), Subject("war-propaganda", "War & propaganda", "history", 30)],
    _CURSOR,
    24,
)
PERSON = Person(
    "frank-capra",
    "Frank Capra",
    [Credit("director", "tunisian-victory", "Tunisian Victory", "1944", 4560, can_be_played=True)],
    None,
    1,
)
COLLECTION = Collection(
    slug="filmed-for-the-state",
    title="Filmed for the state",
    tagline="Public money, public argument: what governments asked of their film makers, and what they got.",
    curator="Curator 1",
    html="<p>All of these were paid for by a government that wanted something.</p>",
    published_at=_DAY,
    revised_at=_LATER,
    items=[CollectionEntry(_IN_LIST, "Nothing but a speaker, and other people’s pictures.")],
    next=None,
    total=1,
)
