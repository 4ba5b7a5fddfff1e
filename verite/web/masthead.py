"""Whose page it is: "Sign in" at the head of every page, and a member's own name for a member.

Pages, and the pieces that are kept of them, are made with the words for everybody. For a member those words
are exchanged on the way out, so that nothing personal is ever in what is kept.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from verite.accounts.acting import actor_of
from verite.accounts.actors import NOBODY_YET, Actor
from verite.web.cookies import name_of
from verite.web.security import GetResponse


class OwnMasthead:
    """Puts a member's name where everybody else is asked to sign in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A failure may be the database's, which is not to be asked again.
        if (
            name_of("session", request) in request.COOKIES
            and response.status_code < 500
            and _is_page(response)
        ):
            actor = actor_of(request)
            if actor.is_member:
                page, everybodys = response.content, _words(request, NOBODY_YET)  # type: ignore[attr-defined]
                response.content = page.replace(everybodys, _words(request, actor), 1)  # type: ignore[attr-defined]
        return response


def _is_page(response: HttpResponseBase) -> bool:
    return isinstance(response, HttpResponse) and response.headers["Content-Type"].startswith("text/html")


def _words(request: HttpRequest, actor: Actor) -> bytes:
    return render_to_string("_masthead_me.html", {"actor": actor}, request).encode()
