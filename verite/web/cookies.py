"""Names of our cookies: ``verite-…``, and ``__Host-verite-…`` over HTTPS, which no other host can set."""

from __future__ import annotations

from typing import Literal

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

SameSite = Literal["Lax", "Strict"]


def name_of(cookie: str, request: HttpRequest) -> str:
    """What the cookie is called in this request and its answer."""
    return f"__Host-verite-{cookie}" if request.is_secure() else f"verite-{cookie}"


def set_cookie(
    response: HttpResponseBase,
    request: HttpRequest,
    cookie: str,
    value: str,
    *,
    max_age: int,
    same_site: SameSite = "Lax",
) -> None:
    """Set a cookie that no script can read, for ``max_age`` seconds."""
    response.set_cookie(
        name_of(cookie, request),
        value,
        max_age=max_age,
        secure=request.is_secure(),
        httponly=True,
        samesite=same_site,
    )


class Sessions(SessionMiddleware):
    """Django's sessions, whose cookie is called otherwise over HTTPS; its own knows one name only."""

    def process_request(self, request: HttpRequest) -> None:
        if request.is_secure():
            request.COOKIES.pop("verite-session", None)
            if (key := request.COOKIES.get("__Host-verite-session")) is not None:
                request.COOKIES["verite-session"] = key
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        if request.is_secure() and (cookie := response.cookies.pop("verite-session", None)) is not None:
            cookie.set("__Host-verite-session", cookie.value, cookie.coded_value)
            cookie["secure"] = True
            response.cookies["__Host-verite-session"] = cookie
        return response
