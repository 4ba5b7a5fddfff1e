"""No other site may act in a visitor's name.

Browsers say where a request comes from, so no form carries a token, and an anonymous page is the same for
everybody. Only a client that says nothing at all is shown its filled form once more, to confirm with a token
bound to a cookie that was set with it, to the address and to what was typed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from verite.web.cookies import name_of, set_cookie
from verite.web.security import GetResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_OWN = frozenset({"same-origin", "none"})
DEFAULT_PORTS = {"http": 80, "https": 443}

TOKEN_FIELD = "confirmed"  # noqa: S105 (the name of a form field)
TOKEN_SECONDS = 600
COOKIE = "confirm"

Field = tuple[str, str]
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def from_anywhere(*, because: str) -> Callable[[V], V]:
    """Let other sites post to a view, because it checks a proof of its own, or proves nothing to anybody."""

    def mark(view: V) -> V:
        view.from_anywhere = because  # type: ignore[attr-defined]
        return view

    return mark


class SameOriginOnly:
    """Refuses unsafe requests that another site may have caused, before their view is called."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if request.method in SAFE_METHODS or hasattr(view, "from_anywhere") or _has_bearer_token(request):
            return None
        ours = _is_ours(request)
        if ours:
            return None
        if request.path.startswith("/api/"):
            return _problem()
        if ours is None:
            return _ask_or_accept(request)
        raise PermissionDenied(
            _(
                "This was sent from a page of another site, so nothing was done. Open the page here and try again."
            )
        )


def _has_bearer_token(request: HttpRequest) -> bool:
    # Another site's page cannot set this header without asking us first, which we never grant.
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def _is_ours(request: HttpRequest) -> bool | None:
    """Whether a page of ours caused the request; None if the client does not say."""
    origin = request.headers.get("Origin")
    if origin == "null":
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OUR_OWN
    address = origin if origin is not None else request.headers.get("Referer")
    if address is None:
        return None
    if request.is_secure() and not address.startswith("https:"):
        return False  # whoever sits on the wire can write our plain-HTTP pages
    return _host(address) == _host(f"{request.scheme}://{request.get_host()}")


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if port in (None, DEFAULT_PORTS.get(parts.scheme)):
        return parts.hostname
    return f"{parts.hostname}:{port}"


def _problem() -> HttpResponse:
    return JsonResponse(
        {
            "type": "about:blank",
            "title": _("Forbidden"),
            "status": 403,
            "detail": _("Nothing was done. A script sends the header “Origin”, equal to the host."),
        },
        status=403,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _ask_or_accept(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST" or request.FILES or not _is_form(request):
        raise PermissionDenied(
            _(
                "Your browser does not say which page this came from, so nothing was done. Use another browser."
            )
        )
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    typed = [(name, value) for name, value in fields if name != TOKEN_FIELD]
    cookie = request.COOKIES.get(name_of(COOKIE, request), "")
    if cookie and _is_confirmed(request.POST.get(TOKEN_FIELD, ""), _digest(request, cookie, typed)):
        return None
    return _ask(request, typed)


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")


def _ask(request: HttpRequest, typed: list[Field]) -> HttpResponse:
    cookie = secrets.token_urlsafe(16)
    token = _signer().sign(_digest(request, cookie, typed))
    response = render(
        request,
        "confirm.html",
        {"action": request.get_full_path(), "fields": typed, "token_field": TOKEN_FIELD, "token": token},
        status=403,
    )
    response.headers["Cache-Control"] = "no-store"
    set_cookie(response, request, COOKIE, cookie, max_age=TOKEN_SECONDS, same_site="Strict")
    return response


def _digest(request: HttpRequest, cookie: str, typed: list[Field]) -> str:
    # A browser may send line ends otherwise than it was given them.
    lines = [(name, value.replace("\r\n", "\n").replace("\r", "\n")) for name, value in typed]
    bound = json.dumps([cookie, request.get_full_path(), lines])
    return hashlib.sha256(bound.encode()).hexdigest()


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="verite.web.same_origin")


def _is_confirmed(token: str, digest: str) -> bool:
    try:
        return constant_time_compare(_signer().unsign(token, max_age=TOKEN_SECONDS), digest)
    except signing.BadSignature:
        return False
