"""The film page of an ordinary and of a tuned Django project.

The ordinary one lets the template wander from object to object. The tuned one fetches everything beforehand
with ``select_related`` and ``prefetch_related`` and renders with Jinja2; it is what one would write who knows
Django well and wants no cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from jinja2 import Environment

from verite.catalogue.hosts.moments import write_moment
from verite.catalogue.models import Credit, Film, FilmSubject
from verite.web.stills import card_svg
from verite.web.templating import address

RELATED = 6
DETAILS = ("text", "counts", "review__author")
LISTS = (
    "titles",
    "countries",
    "languages",
    "external_ids",
    "credits__person",
    "film_subjects__subject",
    "parts__sources",
    "review__paragraphs",
)


def environment(**options: Any) -> Environment:
    made = Environment(**options)
    made.globals["url"] = address
    made.filters |= {"timecode": write_moment}
    return made


def film(request: HttpRequest, slug: str) -> HttpResponse:
    is_tuned = settings.SETTINGS_MODULE.endswith("tuned")
    return tuned(request, slug) if is_tuned else ordinary(request, slug)


def ordinary(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Film, slug=slug)
    directors = [credit.person for credit in found.credits.filter(role="director")]
    by_directors = Film.objects.filter(credits__person__in=directors, credits__role="director")
    subjects = [entry.subject for entry in found.film_subjects.order_by("position")]
    by_subject = Film.objects.filter(film_subjects__subject__in=subjects)
    others = _first_of(
        [*by_directors.exclude(pk=found.pk)[:RELATED], *by_subject.exclude(pk=found.pk)[: RELATED * 2]]
    )
    context = {"film": found, "related": [(other, _art(other)) for other in others], "art": _art(found)}
    return render(request, "ordinary.html", context)


def tuned(request: HttpRequest, slug: str) -> HttpResponse:
    found = Film.objects.select_related(*DETAILS).prefetch_related(*LISTS).filter(slug=slug).first()
    if found is None:
        raise Http404
    directors = [credit.person_id for credit in found.credits.all() if credit.role == "director"]
    subjects = [entry.subject_id for entry in found.film_subjects.all()]
    same_director = Credit.objects.filter(person__in=directors, role="director").values_list(
        "film_id", flat=True
    )
    same_subject = FilmSubject.objects.filter(subject__in=subjects).values_list("film_id", flat=True)
    ids = dict.fromkeys([*same_director[: RELATED + 1], *same_subject[: RELATED * 2]])
    ids.pop(found.pk, None)
    others = (
        Film.objects.select_related("counts")
        .prefetch_related("film_subjects__subject")
        .filter(pk__in=list(ids))
    )
    context = {
        "film": found,
        "related": [(other, _art(other)) for other in others[:RELATED]],
        "art": _art(found),
    }
    return render(request, "tuned.html", context)


def nowhere(_request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Gives the twins something to link to."""
    raise Http404


def _art(film: Film) -> str:
    return card_svg(film.slug, film.title)


def _first_of(films: Iterable[Film]) -> list[Film]:
    return list(dict.fromkeys(films))[:RELATED]
