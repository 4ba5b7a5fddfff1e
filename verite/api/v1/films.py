"""Films: the catalogue, one of them, what is near it, and rating it."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view
from pydantic import Field

from verite.accounts.permissions import Act
from verite.api.v1 import examples, refusals
from verite.api.v1.answers import answer
from verite.api.v1.asked import FilmSlug, Limit, Listed, acting, allowed, film_of
from verite.api.v1.bodies import takes_json
from verite.api.v1.described import described
from verite.api.v1.film_objects import film_object, in_list, rating_object
from verite.api.v1.objects import Film, FilmList, Rated, RelatedFilm, RelatedList
from verite.api.v1.sent import RatingSent
from verite.core import clock
from verite.discovery.browse import PAGE_SIZE, stretch
from verite.discovery.choices import Choice, Facet, Length, Sort, canonical
from verite.discovery.figures import figures_of
from verite.discovery.related import related_films
from verite.ratings import actions

router = Router(tags=["Films"])

MOST_VALUES = 20  # of one facet: all of them together stay below the 200 parameters that Django takes


class FilmsAsked(Listed):
    """Filters: several values of one mean "or", several filters mean "and"; a value that no film has gives none."""

    subject: Annotated[
        list[str],
        Field(description="Slugs; each stands for its whole branch.", max_length=MOST_VALUES),
    ] = []
    decade: Annotated[list[str], Field(description="Such as `1940s`.", max_length=MOST_VALUES)] = []
    year: Annotated[list[str], Field(description="Such as `1942`.", max_length=MOST_VALUES)] = []
    length: Annotated[
        list[Length],
        Field(
            description="`short` is below half an hour, `medium` up to an hour, `long` longer.",
            max_length=MOST_VALUES,
        ),
    ] = []
    playable: Annotated[
        list[Literal["yes"]], Field(description="`yes`: what plays here.", max_length=MOST_VALUES)
    ] = []
    captions: Annotated[
        list[Literal["yes"]], Field(description="`yes`: what has captions.", max_length=MOST_VALUES)
    ] = []
    language: Annotated[list[str], Field(description="Such as `en`.", max_length=MOST_VALUES)] = []
    country: Annotated[list[str], Field(description="Such as `US`.", max_length=MOST_VALUES)] = []
    sort: Annotated[
        Sort, Field(description="`newest` here first, newest made first (`year`), or by `title`.")
    ] = Sort.NEWEST
    limit: Limit = PAGE_SIZE

    @property
    def choice(self) -> Choice:
        asked = {facet: getattr(self, facet) for facet in Facet}
        return Choice(
            {
                facet: tuple(sorted({canonical(facet, value) for value in values}))
                for facet, values in asked.items()
                if values
            },
            self.sort,
        )


@router.get(
    "/films",
    response=FilmList,
    openapi_extra=described(examples.FILM_LIST, refused=[refusals.NOT_UNDERSTOOD, refusals.NO_PLACE]),
)
def films(request: HttpRequest, asked: Query[FilmsAsked]) -> HttpResponse:  # noqa: ARG001 (every call gets it)
    """The catalogue, or what the filters leave of it."""
    found = stretch(asked.choice, after=asked.after, limit=asked.limit)
    return answer(FilmList([in_list(card) for card in found.films], found.next, found.count))


@router.get(
    "/films/{slug}", response=Film, openapi_extra=described(examples.FILM, refused=[refusals.NO_FILM])
)
def film(request: HttpRequest, slug: FilmSlug) -> HttpResponse:  # noqa: ARG001
    """A film with its parts, sources, ratings and review."""
    return answer(film_object(slug))


@router.get(
    "/films/{slug}/related",
    response=RelatedList,
    openapi_extra=described(examples.RELATED, refused=[refusals.NO_FILM]),
)
def related(request: HttpRequest, slug: FilmSlug) -> HttpResponse:  # noqa: ARG001
    """Films near this one, each with the reason."""
    found = [
        RelatedFilm(
            slug=each.film.slug,
            title=each.film.title,
            years=each.film.years,
            length=each.film.length_seconds,
            can_be_played=each.film.can_be_played,
            directors=each.film.directors,
            reason=each.reason,
            score=each.score,
        )
        for each in related_films(film_of(slug).id)
    ]
    return answer(RelatedList(found, None, len(found)))


@router.put(
    "/films/{slug}/rating",
    response=Rated,
    openapi_extra=described(
        examples.RATED,
        sent=examples.RATING_SENT,
        refused=[refusals.FROM_ELSEWHERE, refusals.NO_FILM, refusals.NO_RATING, *refusals.OF_BODIES],
    ),
)
@decorate_view(takes_json)
def rate(request: HttpRequest, slug: FilmSlug, sent: RatingSent) -> HttpResponse:
    """Give a film a rating from 1 to 10, change it, or take it back."""
    now = clock.now()
    allowed(request, Act.RATE)
    place = film_of(slug)
    participant_id = acting(request, Act.RATE, now=now)
    value = actions.rate(place.id, participant_id, sent.value, now=now)
    return answer(Rated(value, rating_object(figures_of(place.id).score)))
