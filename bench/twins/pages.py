"""The film page of an ordinary and of a tuned Django project.

The ordinary one lets the template wander from object to object. The tuned one fetches everything beforehand
with ``select_related`` and ``prefetch_related`` and renders with Jinja2; it is what one would write who knows
Django well and wants no cache. A third is the tuned one in Django's own templates, for somebody who takes part:
the page says how they voted and rated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timesince import timesince
from jinja2 import Environment

from bench.twins.comments import TwinComment
from verite.accounts.acting import actor_of
from verite.catalogue.hosts.moments import write_moment
from verite.catalogue.models import Credit, Film, FilmSubject
from verite.discussion.models import CommentVote
from verite.ratings.models import COUNTS, FilmScore, Rating
from verite.web.stills import card_svg
from verite.web.templating import address

RELATED = 6
FRAMES = range(1, 11)
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
    made.filters |= {"timecode": write_moment, "timesince": timesince}
    return made


def film(request: HttpRequest, slug: str) -> HttpResponse:
    match settings.SETTINGS_MODULE.partition("settings_")[2]:
        case "ordinary":
            return ordinary(request, slug)
        case "tuned":
            return render(request, "tuned.html", tuned(slug))
    return participants(request, slug)


def ordinary(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Film, slug=slug)
    directors = [credit.person for credit in found.credits.filter(role="director")]
    by_directors = Film.objects.filter(credits__person__in=directors, credits__role="director")
    subjects = [entry.subject for entry in found.film_subjects.order_by("position")]
    by_subject = Film.objects.filter(film_subjects__subject__in=subjects)
    others = _first_of(
        [*by_directors.exclude(pk=found.pk)[:RELATED], *by_subject.exclude(pk=found.pk)[: RELATED * 2]]
    )
    context = {
        "film": found,
        "related": [(other, _art(other)) for other in others],
        "art": _art(found),
        "score": _score(found),
        "comments": TwinComment.objects.filter(film=found, parent=None).order_by("-created_at"),
        "frames": FRAMES,
    }
    return render(request, "ordinary.html", context)


def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """The tuned page in Django's templates, with what is the reader's own."""
    reader, context = actor_of(request).participant_id, tuned(slug)
    found, said = context["film"], context["said"]
    own = CommentVote.objects.filter(participant=reader, comment__in=[comment.pk for comment in said])
    votes = dict(own.values_list("comment", "value"))
    for comment in said:
        comment.own_vote = votes.get(comment.pk, 0)
    rating = Rating.objects.filter(participant=reader, film=found).first()
    return render(request, "ordinary.html", {**context, "rating": rating})


def tuned(slug: str) -> dict[str, Any]:
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
    said = list(TwinComment.objects.select_related("participant").filter(film=found).order_by("created_at"))
    below = defaultdict(list)
    for comment in said:
        below[comment.parent_id].append(comment)
    for comment in said:
        comment.replies = below[comment.pk]
    return {
        "film": found,
        "related": [(other, _art(other)) for other in others[:RELATED]],
        "art": _art(found),
        "score": _score(found),
        "said": said,
        "comments": below[None][::-1],
        "frames": FRAMES,
    }


def nowhere(_request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Gives the twins something to link to."""
    raise Http404


def _score(film: Film) -> dict[str, Any]:
    score = FilmScore.objects.filter(film=film).first() or FilmScore(film=film)
    counts = [getattr(score, column) for column in COUNTS]
    number = sum(counts) + score.imported_count
    total = score.imported_sum + sum(value * count for value, count in zip(FRAMES, counts, strict=True))
    return {"counts": counts, "number": number, "mean": total / number if number else None}


def _art(film: Film) -> str:
    return card_svg(film.slug, film.title)


def _first_of(films: Iterable[Film]) -> list[Film]:
    return list(dict.fromkeys(films))[:RELATED]
