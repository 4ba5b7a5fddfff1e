"""Titles and people by the words that a visitor typed. Every text has an answer; none is an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from verite.catalogue.queries.film_cards import FilmCard, cards_of
from verite.catalogue.queries.people import PersonName, people_of
from verite.core import freshness, paging
from verite.core.text import fold
from verite.discovery import keys
from verite.discovery.models import FilmDocument, PersonDocument
from verite.discovery.search.engine import engine
from verite.discovery.search.index import FILMS, PEOPLE, Index, Match
from verite.discovery.search.words import Words, words_of

# To judge a match costs two to four microseconds. Words that more films than this have are said by nobody who
# looks for one film, so their films come newest first.
MOST_JUDGED = 5_000
MOST_EXACT = 24

# A word that more documents begin with than this tells nothing about what was meant.
MOST_CANDIDATES = 1_500
PREFIX = 3  # letters of each word that are taken to be right
NEAR = 75.0  # in percent: "nanok" and "nanook of the north" reach 86, "figth" and "fight club" 77
MOST_LIKELY = 50

_ORDER = "words"


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of films that have all words. ``count`` goes no further than ``MOST_JUDGED``; see ``is_ranked``."""

    films: Sequence[FilmCard]
    count: int
    is_ranked: bool
    following: str | None

    @property
    def is_more(self) -> bool:
        """Whether there are more than ``count``."""
        return not self.is_ranked


NOTHING = Hits((), 0, is_ranked=True, following=None)


def find(text: str, *, limit: int, after: str | None = None) -> Hits:
    """The films whose titles or people have all these words, the best first, in at most six queries.

    Args:
        after: ``following`` of the page before; anything else gives the first page.
    """
    freshness.depends_on(keys.catalogue())
    words = words_of(text)
    if not words:
        return NOTHING
    count = engine().count(FILMS, words, MOST_JUDGED + 1)
    if not count:
        return NOTHING
    is_ranked = count <= MOST_JUDGED
    matches = _best(words, limit + 1, after) if is_ranked else _newest(words, limit + 1, after)
    more = len(matches) > limit
    matches = matches[:limit]
    return Hits(
        films=cards_of([match.id for match in matches]),
        count=min(count, MOST_JUDGED),
        is_ranked=is_ranked,
        following=_cursor(matches[-1]) if more else None,
    )


def find_people(text: str, *, limit: int) -> list[PersonName]:
    """The people whose names have all these words, the best first; of very many, those who came last."""
    freshness.depends_on(keys.catalogue())
    words = words_of(text)
    if not words:
        return []
    if engine().count(PEOPLE, words, MOST_JUDGED + 1) > MOST_JUDGED:
        return people_of(engine().newest(PEOPLE, words, limit, None))
    return people_of([match.id for match in engine().best(PEOPLE, words, limit, None)])


def nearest_films(text: str, *, limit: int = 3) -> list[FilmCard]:
    """The films whose titles look most like this text, such as one with a slip of the pen; often none."""

    def titles(ids: Sequence[int]) -> dict[int, str]:
        return dict(FilmDocument.objects.filter(film__in=ids).values_list("film_id", "title"))

    return cards_of(_nearest(FILMS, text, titles, limit))


def nearest_people(text: str, *, limit: int = 3) -> list[PersonName]:
    """The people whose names look most like this text; often none."""

    def names(ids: Sequence[int]) -> dict[int, str]:
        return dict(PersonDocument.objects.filter(person__in=ids).values_list("person_id", "name"))

    return people_of(_nearest(PEOPLE, text, names, limit))


def _best(words: Words, limit: int, after: str | None) -> list[Match]:
    return engine().best(FILMS, words, limit, _match(after))


def _newest(words: Words, limit: int, after: str | None) -> list[Match]:
    exact = set(
        FilmDocument.objects.filter(title=words.whole)
        .order_by("-film")
        .values_list("film_id", flat=True)[:MOST_EXACT]
    )
    last = _match(after)
    following = engine().newest(FILMS, words, limit + len(exact), last.id if last else None)
    first = [] if last else sorted(exact, reverse=True)
    return [Match(0.0, film_id) for film_id in (*first, *(f for f in following if f not in exact))][:limit]


def _nearest(
    index: Index, text: str, titles_of: Callable[[Sequence[int]], dict[int, str]], limit: int
) -> list[int]:
    candidates: set[int] = set()
    for word in words_of(text).all:
        found = engine().beginning(index, word[:PREFIX], MOST_CANDIDATES + 1)
        if len(found) <= MOST_CANDIDATES:
            candidates.update(found)
    asked = fold(text)
    titles = titles_of(sorted(candidates))
    # A quick look at all of them, then a close one at the best.
    likely = process.extract(asked, titles, scorer=fuzz.WRatio, score_cutoff=NEAR / 2, limit=MOST_LIKELY)
    judged = sorted(((likeness(asked, title), found) for title, _score, found in likely), reverse=True)
    return [found for score, found in judged[:limit] if score >= NEAR]


def likeness(asked: str, title: str) -> float:
    """How well each word that was asked for is met by some word of a title, in percent; longer words count more.

    A title that has little else comes before one that has much: a tenth of the points is for that.
    """
    words = title.split()
    met = sum(len(word) * max(fuzz.ratio(word, other) for other in words) for word in asked.split())
    return 0.9 * met / sum(map(len, asked.split())) + 0.1 * fuzz.ratio(asked, title)


def _cursor(match: Match) -> str:
    return paging.encode(_ORDER, [repr(match.rank), match.id])


def _match(cursor: str | None) -> Match | None:
    try:
        rank, film_id = paging.decode(cursor or "", _ORDER, [str, int])
        return Match(float(rank), int(film_id))
    except ValueError:
        return None
