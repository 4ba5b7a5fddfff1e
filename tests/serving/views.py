"""A site of a few odd pages. What a page says lies in rows ``text:<id>``; ``film:<id>`` tells that it changed."""

from __future__ import annotations

import os
import random
import secrets
import threading
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import get_language

from verite.core.db import write
from verite.core.freshness import depends_on, page, touch, versions

# As long as a real page, and about as hard to compress.
_random = random.Random(7)
FILLING = "".join(f"<p>the film of {_random.randrange(10**6)}</p>" for _ in range(1200))


def said(film_id: int) -> int:
    return versions([f"text:{film_id}"])[f"text:{film_id}"]


def change(film_id: int) -> None:
    with write():
        touch(f"text:{film_id}", f"film:{film_id}")


@page(params=("sort", "subject"), many=("subject",))
def film(request: HttpRequest, film_id: int) -> HttpResponse:
    depends_on(f"film:{film_id}")
    _count_rendering(f"film-{film_id}")
    text = f"said={said(film_id)} query={request.GET.urlencode()} language={get_language()}"
    return HttpResponse(f"<!doctype html><title>Film</title>{text}|{_of_the_visitor(request)}{FILLING}")


@page(max_age=60)
def home(request: HttpRequest) -> HttpResponse:
    _count_rendering("home")
    return HttpResponse("home")


@page(max_age=0.2)
def brief(request: HttpRequest) -> HttpResponse:
    _count_rendering("brief")
    return HttpResponse("brief")


@page()
def forgetful(request: HttpRequest) -> HttpResponse:
    """Names nothing that it depends on."""
    return HttpResponse("forgetful")


@page(params=("wish",))
def failing(request: HttpRequest) -> HttpResponse:
    depends_on("film:1")
    _count_rendering("failing")
    wish = request.GET.get("wish")
    if wish == "404":
        raise Http404
    if wish == "500":
        raise RuntimeError("as wished")
    response = HttpResponse("wish granted", status=int(wish) if wish in ("301", "410") else 200)
    if wish == "cookie":
        response.set_cookie("verite-guest", "you")
    return response


@page()
def slow(request: HttpRequest) -> HttpResponseBase:
    """Takes as long as a file named ``hold`` lies in the data folder."""
    depends_on("film:7")
    text = f"slow said={said(7)}"
    _count_rendering("slow")
    while (settings.VERITE.data / "hold").exists():
        threading.Event().wait(0.01)
    return HttpResponse(text)


@page()
def personal(request: HttpRequest) -> HttpResponseBase:
    """Declared to be kept, and yet gives each visitor a cookie of their own; as slow as ``slow``."""
    depends_on("film:7")
    response = slow(request)
    response.set_cookie("verite-guest", secrets.token_hex(8))
    return response


def echo(request: HttpRequest) -> JsonResponse:
    """What Django sees of a request."""
    return JsonResponse(
        {
            "method": request.method,
            "length": len(request.body),
            "client": request.META["REMOTE_ADDR"],
            "scheme": request.scheme,
            "host": request.get_host(),
            "headers": dict(request.headers),
            "path": request.path,
            "query": request.META["QUERY_STRING"],
            "pid": os.getpid(),
        }
    )


def post(request: HttpRequest, film_id: int) -> HttpResponse:
    change(film_id)
    return HttpResponse(str(said(film_id)))


def _of_the_visitor(request: HttpRequest) -> str:
    """Whatever could tell one visitor from another; nothing, on a page that is kept."""
    return f"cookies={sorted(request.COOKIES)} agent={request.headers.get('User-Agent')}|"


def _count_rendering(name: str) -> None:
    with Path(settings.VERITE.data, f"rendered-{name}").open("a") as file:
        file.write(".")


urlpatterns = [
    path("", home),
    path("films/<int:film_id>/", film),
    path("films/<int:film_id>/change", post),
    path("forgetful/", forgetful),
    path("failing/", failing),
    path("slow/", slow),
    path("brief/", brief),
    path("personal/", personal),
    path("echo", echo),
]
