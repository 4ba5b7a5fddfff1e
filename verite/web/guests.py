"""Browsers that take part without an account: the cookie by which they are known again, for pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verite.accounts import acting
from verite.web.cookies import name_of, set_cookie
from verite.web.security import GetResponse

if TYPE_CHECKING:
    from verite.accounts.models import Member

COOKIE = "guest"


class RemembersGuests:
    """Lets ``accounts.acting`` know each request, and sets the cookie where it is new or a day old."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cookie = request.COOKIES.get(name_of(COOKIE, request), "")
        read = request.__dict__["acting"] = acting.read(cookie, lambda: _member(request))
        response = self.get_response(request)
        if read.is_to_be_remembered:
            max_age = int(acting.KEPT.total_seconds())
            set_cookie(response, request, COOKIE, read.signed, max_age=max_age)
        return response


def _member(request: HttpRequest) -> Member | None:
    if name_of("session", request) in request.COOKIES and request.user.is_authenticated:
        return request.user
    return None
