"""Every call of the API by its address.

What answers them is loaded when the first is asked for: it would take a tenth of a start that few sites need.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import conditional_page

import verite.core.routes  # noqa: F401 (it makes row_id and unicode_slug known)
from verite.core import freshness
from verite.discovery.choices import Facet

View = Callable[..., HttpResponseBase]

LISTED = ("sort", "cursor", "limit")
AS_LISTS = 30  # seconds that lists of the whole catalogue may be old, as on pages
A_DAY = 86_400


def _call(name: str) -> View:
    """Whatever ``verite.api.v1.views`` has under this name, by whichever method."""

    def view(request: HttpRequest, **parts: str | int) -> HttpResponseBase:
        from verite.api.v1.views import views

        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        # The page cache knows what they have who send no cookie.
        answered = conditional_page(views()[name]) if request.COOKIES else views()[name]
        response = answered(request, **parts)
        request.method = asked
        allowed = response.headers.get("Allow", "")
        if "GET" in allowed and "HEAD" not in allowed:
            response.headers["Allow"] = f"{allowed}, HEAD"
        return response

    view.__name__ = view.__qualname__ = name
    return view


def _at(
    address: str,
    name: str,
    *,
    params: Iterable[str] = (),
    many: Collection[str] = (),
    max_age: float | None = None,
) -> URLPattern:
    """A call that can be read, so that the page cache may answer it."""
    kept = freshness.page(params=params, many=many, max_age=max_age)
    return path(address, kept(_call(name)), name=f"api_{name}")


def _only_sent_to(address: str, name: str) -> URLPattern:
    return path(address, _call(name), name=f"api_{name}")


urlpatterns = [
    _at("openapi.json", "openapi", max_age=A_DAY),
    _at("docs", "docs", max_age=A_DAY),
    _at("films", "films", params=(*Facet, *LISTED), many=frozenset(Facet), max_age=AS_LISTS),
    _at("films/<unicode_slug:slug>", "film"),
    _at("films/<unicode_slug:slug>/related", "related"),
    _at("films/<unicode_slug:slug>/comments", "comments", params=LISTED),
    _only_sent_to("films/<unicode_slug:slug>/rating", "rate"),
    _at("comments/<row_id:comment_id>", "comment"),
    _at("comments/<row_id:comment_id>/replies", "replies", params=LISTED),
    _only_sent_to("comments/<row_id:comment_id>/vote", "vote"),
    _at("subjects", "subjects", params=("cursor", "limit"), max_age=AS_LISTS),
    _at("people/<unicode_slug:slug>", "person", params=("cursor",)),
    _at("collections/<unicode_slug:slug>", "collection"),
]
