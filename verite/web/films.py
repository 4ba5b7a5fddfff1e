"""A film's own page, and the card that stands for it where its address is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markupsafe import Markup

from verite.accounts.acting import actor_of
from verite.catalogue.queries.film_page import FilmPage, Part, film_page
from verite.core import freshness
from verite.core.fragments import Fragments
from verite.core.ids import new_token
from verite.discovery.figures import figures_of
from verite.discovery.related import related_films
from verite.discussion.queries import thread
from verite.web import ledger, linked_data, moments, rating, review
from verite.web.credits import citation, credits_of
from verite.web.film_place import FilmPlace
from verite.web.player import Screen, allow_hosts, screen
from verite.web.reading import opening, plain
from verite.web.stills import card_png, still_svg
from verite.web.talk import section as talk
from verite.web.templating import origin
from verite.web.wording import duration, released

DESCRIPTION_LENGTH = 160
KEPT = 256  # pages of films, some 20 KB each

# Stands in a kept page wherever something is put into it; no text from outside can say it.
_GAP = Markup(f"<!--{new_token(128)}-->")  # noqa: S704


@dataclass(frozen=True, slots=True)
class _Told:
    """What a film's page says of the film itself, and the parts whose hosts it may show.

    Attributes:
        pieces: HTML before the facts for programs, the time bar, the rating, the review and the discussion,
            and after it.
    """

    place: FilmPlace
    review: review.Told
    pieces: Sequence[str]
    facts: linked_data.Facts
    parts: tuple[Part, ...]
    screen: Screen


_told: Fragments[_Told] = Fragments(most=KEPT)


@require_safe
@freshness.page(params=("part", "sort", "t"))
def film(request: HttpRequest, slug: str) -> HttpResponse:
    """``?part=&t=`` choose the part and the second, ``?sort=`` the order of comments.

    Whatever else they say is taken for the beginning, and for the usual order.
    """
    part, moment = request.GET.get("part", ""), request.GET.get("t", "")
    name = (slug, part, moment, origin(request), get_language())
    told = _told.get(name, lambda: _tell(request, _found(slug), part, moment))
    response = HttpResponse(_with_what_visitors_add(request, told))
    allow_hosts(response, told.parts)
    return response


def _with_what_visitors_add(request: HttpRequest, told: _Told) -> str:
    film, actor, sort = told.place, actor_of(request), talk.asked_for(request)
    figures = figures_of(film.id, actor.participant_id, with_places=True)
    said = thread(film.id, sort, talk=figures.talk, viewer_id=actor.participant_id)
    to_facts, to_reel, to_rating, to_review, to_discussion, to_end = told.pieces
    return "".join(
        [
            to_facts,
            linked_data.data_block(told.facts | linked_data.crowd(figures.score, figures.talk)),
            to_reel,
            moments.reel(told.screen, film, len(told.parts), figures.places),
            to_rating,
            rating.section(request, film, figures.score, figures.own_rating),
            to_review,
            review.section(told.review, figures.places),
            to_discussion,
            talk.section(
                request,
                film,
                figures,
                said,
                sort,
                actor,
                beside=moments.most_discussed(film, len(told.parts), figures.places),
            ),
            to_end,
        ]
    )


def _tell(request: HttpRequest, found: FilmPage, part: str, moment: str) -> _Told:
    chosen = screen(found, part=part, moment=moment)
    address = origin(request) + reverse("film", kwargs={"slug": found.slug})
    image = origin(request) + reverse("film_card", kwargs={"slug": found.slug})
    html = render_to_string(
        "film.html",
        {
            "film": found,
            "screen": chosen,
            "still": still_svg(found.slug, found.title, _main_subject(found)),
            "credits": credits_of(found.people),
            "ledger": ledger.entries(found.parts, chosen.part),
            "elsewhere": list(ledger.elsewhere(found.external_ids, is_series=found.kind == "series")),
            "related": related_films(found.id),
            "citation": citation(found, chosen, address=address),
            "in_short": _in_short(found),
            "address_here": address,
            "image": image,
            "linked_data": _GAP,
            "rating": _GAP,
            "reel": _GAP,
            "review": _GAP,
            "talk": _GAP,
        },
        request,
    )
    facts = linked_data.movie(found, address=address, image=image)
    place = FilmPlace(found.id, found.slug, found.title)
    return _Told(place, review.told_of(found), html.split(_GAP), facts, found.parts, chosen)


@require_safe
@freshness.page()
def film_card(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 (every view gets it)
    """The picture that other sites show beside a link to the film."""
    found = _found(slug)
    subject = _main_subject(found)
    facts = [released(found), subject, duration(found.length_seconds) if found.length_seconds else ""]
    slate = " · ".join(filter(None, facts))
    picture = card_png(slug, found.title, subject, slate=slate, site=settings.VERITE.site_name)
    return HttpResponse(picture, content_type="image/png")


def _found(slug: str) -> FilmPage:
    found = film_page(slug)
    if found is None:
        raise Http404
    return found


def _main_subject(film: FilmPage) -> str:
    return film.topics[0].subject.name if film.topics else ""


def _in_short(film: FilmPage) -> str:
    """What the page is about, in the length that search engines show; empty where nobody has said."""
    paragraphs = film.review.paragraphs if film.review else ()
    text = film.tagline or film.synopsis or (plain(paragraphs[0].html) if paragraphs else "")
    return opening(text, most=DESCRIPTION_LENGTH)
