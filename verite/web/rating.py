"""A film's ratings on its page, and giving one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from markupsafe import Markup

from verite.accounts.acting import act, actor_of
from verite.accounts.actors import Actor
from verite.accounts.pace import paced, too_often
from verite.accounts.permissions import Act, may
from verite.core import clock
from verite.discovery.figures import figures_of
from verite.ratings import actions
from verite.ratings.queries import OwnRating
from verite.ratings.score import HIGHEST, LOWEST, NotARating, Score, chosen
from verite.web import pieces, wording
from verite.web.film_place import FilmPlace, place_of

KEPT = 512  # sections of films, some 4 KB each
# Heights of bars, in per cent of the histogram: a number fits above the tallest, and one rating can be seen.
TALLEST, THINNEST = 76.0, 0.5
_FRAMES = frozenset(str(value) for value in range(LOWEST, HIGHEST + 1))
MOST_IN_FIGURES = 999  # beyond, a bar is as narrow as its number, which gives way to its share


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one of the ten ratings; places and sizes are per cent of the histogram."""

    left: float
    top: float
    height: float
    label: str

    @property
    def middle(self) -> float:
        return round(self.left + 4.1, 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a section says to whoever has just sent a rating.

    Attributes:
        said: what was done.
        wrong: why nothing was done.
        picked: the frame that they chose; None leaves the one that counts.
        is_new: whether the section takes the place of the one that they used.
    """

    said: str = ""
    wrong: str = ""
    picked: int | None = None
    is_new: bool = False


def section(request: HttpRequest, film: FilmPlace, score: Score, own: OwnRating | None) -> str:
    """The rating's row on a film's page, the same for everybody who has given none; ``own`` is for its giver."""
    said = _said(request)
    if own is None and not said:
        return _everybodys(film, score, get_language())
    return _made(film, score, own, Answer(said=said))


@require_POST
def rate(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a film a rating, change it, or take it back by sending an empty one."""
    film = place_of(slug)
    actor = actor_of(request)
    if not may(actor, Act.RATE):
        raise PermissionDenied
    sent = request.POST.getlist("rating")
    try:
        value = _read(sent)
    except NotARating as error:
        return _refused(request, film, actor, Answer(wrong=str(error), picked=_picked(sent)), status=422)
    now = clock.now()
    if too_soon := paced(Act.RATE, actor, address=request.META["REMOTE_ADDR"], now=now):
        told = Answer(wrong=too_often(too_soon), picked=value)
        refusal = _refused(request, film, actor, told, status=429)
        refusal.headers["Retry-After"] = str(too_soon.retry_after)
        return refusal
    return _rated(request, film, act(request, now=now), value, now=now)


def _rated(
    request: HttpRequest, film: FilmPlace, actor: Actor, value: int | None, *, now: datetime
) -> HttpResponse:
    if actor.participant_id is None:
        raise PermissionDenied
    try:
        actions.rate(film.id, actor.participant_id, value, now=now)
    except actions.RatingRefused as error:  # withdrawn since it was found
        raise Http404 from error
    said = "unrated" if value is None else "rated"
    if pieces.are_asked_for(request):
        return pieces.piece(_present(film, actor, Answer(said=_words(said), is_new=True)))
    back = reverse("film", kwargs={"slug": film.slug}, query={"said": said}, fragment="rating")
    return HttpResponseRedirect(back, status=303)


def _read(sent: Sequence[str]) -> int | None:
    """The one rating that was sent; "Remove it" sends an empty one after the frame that is still chosen."""
    if sent and sent[-1] == "":
        return None
    if len(sent) != 1:
        raise NotARating
    return chosen(sent[0])


def _picked(sent: Sequence[str]) -> int | None:
    """The first frame among what was sent, to be shown again."""
    return next((int(each) for each in sent if each in _FRAMES), None)


def _refused(
    request: HttpRequest, film: FilmPlace, actor: Actor, answer: Answer, *, status: int
) -> HttpResponse:
    html = _present(film, actor, answer)
    if pieces.are_asked_for(request):
        return pieces.piece(html, status=status)
    return render(request, "rating.html", {"film": film, "rating": html}, status=status)


def _present(film: FilmPlace, actor: Actor, answer: Answer) -> str:
    figures = figures_of(film.id, actor.participant_id)
    return _made(film, figures.score, figures.own_rating, answer)


def _said(request: HttpRequest) -> str:
    """What was done a moment ago; nothing for whoever has never done anything, so that their pages are equal."""
    said = _words(request.GET.get("said", ""))
    return said if said and actor_of(request).participant_id is not None else ""


def _words(said: str) -> str:
    return {"rated": _("Your rating is saved."), "unrated": _("Your rating is taken back.")}.get(said, "")


@lru_cache(maxsize=KEPT)
def _everybodys(film: FilmPlace, score: Score, language: str) -> str:  # noqa: ARG001 (it makes another section)
    return _made(film, score, None, Answer())


def _made(film: FilmPlace, score: Score, own: OwnRating | None, answer: Answer) -> str:
    picked = answer.picked or (own.value if own else None)
    context = {
        "action": reverse("rate", kwargs={"slug": film.slug}),
        "answer": answer,
        "bars": list(_bars(score)),
        "counts": _counts(score),
        "mean": wording.hundredths(score.mean) if score.mean is not None else "",
        "own": own,
        "picked": picked,
        "score": score,
    }
    return Markup(render_to_string("_rating.html", context))  # noqa: S704 (made by a template)


def _bars(score: Score) -> Iterator[Bar]:
    most = max(score.histogram)
    if not most:
        return
    for column, count in enumerate(score.histogram):
        height = max(round(TALLEST * count / most, 1), THINNEST if count else 0)
        yield Bar(
            left=10 * column + 0.9,
            top=round(100 - height, 1),
            height=height,
            label=_label(count, score, most),
        )


def _label(count: int, score: Score, most: int) -> str:
    return wording.number(count) if most <= MOST_IN_FIGURES else wording.share(count, score.own_count)


def _counts(score: Score) -> str:
    """The histogram for whoever hears it: "37 ratings given here. 1: 1, 2: 0, …"."""
    given = ngettext("%(number)s rating given here.", "%(number)s ratings given here.", score.own_count)
    each = (f"{value}: {wording.number(count)}" for value, count in enumerate(score.histogram, LOWEST))
    return given % {"number": wording.number(score.own_count)} + " " + ", ".join(each)
