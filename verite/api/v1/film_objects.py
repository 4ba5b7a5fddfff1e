"""Films as the API tells them."""

from __future__ import annotations

from dataclasses import replace

from verite.api.v1.asked import no_such_film
from verite.api.v1.objects import (
    Film,
    FilmInList,
    ImportedRatings,
    Part,
    Rating,
    Review,
    Source,
    SubjectName,
)
from verite.catalogue import hosts
from verite.catalogue.queries import film_page
from verite.catalogue.queries.film_cards import FilmCard
from verite.catalogue.queries.reviews import review_markdown
from verite.core.fragments import Fragments
from verite.discovery.figures import figures_of
from verite.ratings.score import Score

KEPT = 256  # films, some 10 KB each
_UNRATED = Score((0,) * 10)

# A film with its id, and without what visitors add: that changes far more often than the rest.
_told: Fragments[tuple[int, Film]] = Fragments(most=KEPT)


def film_object(slug: str) -> Film:
    """A film, in at most five queries; in one where what is told of it is kept.

    Raises:
        Http404: there is none in public.
    """
    film_id, film = _told.get(slug, lambda: _tell(slug))
    figures = figures_of(film_id)
    return replace(film, rating=rating_object(figures.score), comment_count=figures.talk.comment_count)


def rating_object(score: Score) -> Rating:
    return Rating(
        value=None if score.mean is None else float(score.mean),
        count=score.count,
        histogram=score.histogram,
        imported=ImportedRatings(score.imported_count, score.imported_sum),
    )


def in_list(card: FilmCard) -> FilmInList:
    return FilmInList(
        slug=card.slug,
        title=card.title,
        kind=card.kind,
        year=card.year,
        last_year=card.last_year,
        is_running=card.is_running,
        length=card.length_seconds,
        tagline=card.tagline,
        subject=SubjectName(card.subject.slug, card.subject.name) if card.subject else None,
        directors=card.directors,
        plays=card.plays,
        has_captions=card.has_captions,
        published_at=card.published_at,
    )


def _tell(slug: str) -> tuple[int, Film]:
    found = film_page.film_page(slug)
    if found is None:
        raise no_such_film()
    return found.id, Film(
        slug=found.slug,
        title=found.title,
        year=found.year,
        subjects=[topic.subject.slug for topic in found.topics],
        parts=[_part(part) for part in found.parts],
        rating=rating_object(_UNRATED),
        comment_count=0,
        review=_review(found.id, found.review) if found.review else None,
    )


def _part(part: film_page.Part) -> Part:
    return Part(part.position, part.title, part.length_seconds, [_source(source) for source in part.sources])


def _source(source: film_page.Source) -> Source:
    address = hosts.by_slug(source.host).watch_address(source.ref, source.start_seconds)
    return Source(source.host, address, source.state)


def _review(film_id: int, review: film_page.Review) -> Review:
    return Review(
        html="".join(paragraph.html for paragraph in review.paragraphs),
        markdown=review_markdown(film_id),
        author=review.author,
        revised_at=review.revised_at,
    )
