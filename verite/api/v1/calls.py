"""Every call of the API together, and how each refusal is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from verite import __version__
from verite.api.problems import Fault, Refusal, problem
from verite.api.v1 import catalogue, comments, films
from verite.api.v1.bodies import Reader
from verite.core.paging import BadCursor
from verite.discussion.refusals import TalkRefused
from verite.ratings.actions import RatingRefused

# What the discussion calls a field → what it is called here.
_FIELDS = {"comment": "body", "vote": "value"}


DESCRIPTION = (
    "What pages show and do, for programs. Reading is open to everybody.\n\n"
    "Guests rate, vote and comment as they do on pages: the first of these answers sets a cookie, which a script"
    " keeps and sends from then on. With whatever it sends it says `Origin`, equal to the host.\n\n"
    "A list is `{items, next, total}`; `next` goes back as `cursor`. An empty parameter counts as none.\n\n"
    "Every error is a problem document (RFC 9457), whose `field`, where it has one, names what is to be mended."
)


class Api(NinjaAPI):
    """Calls are known by the names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Api(
    title="Vérité",
    version=__version__,
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="verite-v1",
    parser=Reader(),
)
for router in (films.router, comments.router, catalogue.router):
    api.add_router("", router)


@api.exception_handler(Refusal)
def refused(_request: HttpRequest, error: Refusal) -> HttpResponse:
    faults = [Fault(error.field, error.detail)] if error.field else []
    return problem(error.status, error.detail, faults=faults, retry_after=error.retry_after)


@api.exception_handler(TalkRefused)
def talk_refused(_request: HttpRequest, error: TalkRefused) -> HttpResponse:
    if error.status != TalkRefused.status:
        return problem(error.status, str(error))
    return problem(error.status, faults=[Fault(_FIELDS.get(error.field, error.field), str(error))])


@api.exception_handler(RatingRefused)
@api.exception_handler(Http404)
def missing(_request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, str(error))


@api.exception_handler(PermissionDenied)
def forbidden(_request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error))


@api.exception_handler(BadCursor)
def lost(_request: HttpRequest, _error: BadCursor) -> HttpResponse:
    return problem(422, faults=[Fault("cursor", _("This is no place in this list. Begin it anew."))])


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, faults=list(_faults(error.errors)))


@api.exception_handler(RequestDataTooBig)
def too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(413)


@api.exception_handler(HttpError)
def unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is no JSON."""
    return problem(error.status_code)


def _faults(errors: list[dict[str, Any]]) -> Iterator[Fault]:
    for error in errors:
        # Where it was sent, then the names of arguments of ours, then the field.
        inside = [str(step) for step in error["loc"][1:] if step not in ("sent", "asked")]
        yield Fault(".".join(inside) or "body", error["msg"])
