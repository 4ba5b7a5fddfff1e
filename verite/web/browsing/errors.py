"""What a visitor reads when there is no page. Each says what to do next."""

from __future__ import annotations

import re
import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

from verite.core.db.errors import explained
from verite.discovery.search import nearest_films, nearest_people
from verite.web.old_addresses import moved, moved_comment
from verite.web.security import GetResponse

RETRY_SECONDS = 5

# Addresses that end in somebody's or something's name: it may be misspelt, and worth a guess.
_NAMED = re.compile(r"/(?:films|people|subjects|collections)/([^/]+)")
_BETWEEN_WORDS = re.compile(r"[-_/.+\s]+")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """404, with what the address may have meant; or the way to what a site that moved in had there."""
    try:
        if elsewhere := moved_comment(request) or moved(request):
            return elsewhere
    except DatabaseError:
        pass  # then it is a 404 like any other
    named = _NAMED.match(request.path)
    words = _BETWEEN_WORDS.sub(" ", named[1]).strip()[:200] if named else ""
    films, people = [], []
    try:
        if request.path.startswith("/people/"):
            people = nearest_people(words)
        elif words:
            films = nearest_films(words)
    except DatabaseError:
        pass  # a guess is not worth a second failure
    context = {"path": request.path, "words": words, "films": films, "people": people}
    return render(request, "not_found.html", context, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: the address or what was sent cannot be understood."""
    return render(request, "refused.html", {"status": 400}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; the reason, where there is one, is written for visitors."""
    return render(request, "refused.html", {"status": 403, "reason": str(exception)}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is to blame. It asks no database, and no template but its own."""
    error = sys.exception()
    trouble = explained(error) if error else None
    status = 503 if trouble else 500
    response = render(request, "broken.html", {"status": status}, status=status)
    if trouble:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class SaysWhatIsAllowed:
    """Gives the bare 405 of a view a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        said = render(request, "refused.html", {"status": 405}, status=405)
        said.headers["Allow"] = response.headers["Allow"]
        return said
