"""Errors as programs read them: problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponseBase]

CONTENT_TYPE = "application/problem+json"
PREFIX = "/api/"
KEPT_HEADERS = ("Allow", "Retry-After")

_WORDS: Mapping[int, Callable[[], str]] = {
    400: lambda: _("This request cannot be understood. Look at its address, its headers and its body."),
    403: lambda: _("You may not do this."),
    404: lambda: _("There is nothing at this address. /api/v1/docs lists every call."),
    405: lambda: _("Nothing can be done here in this way. The header “Allow” says in which it can."),
    412: lambda: _("This has changed since. Ask for it without the header “If-Match”."),
    413: lambda: _("This is more than the site takes at once. Send something smaller."),
    415: lambda: _("Send the body as JSON, with the header “Content-Type: application/json”."),
    500: lambda: _("Something broke on our side. It has been written down; try again."),
    503: lambda: _("The site cannot reach its database, or has too much to do. Try again in a moment."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field: of the body, a parameter, or a header by its name."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not done (RFC 9457).

    `field`, where there is one, is what is to be mended first; `errors` is all of it.
    """

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    errors: Sequence[Fault] | None = None

    @property
    def document(self) -> dict[str, object]:
        """What is sent; of what does not apply nothing is said."""
        return {name: told for name, told in asdict(self).items() if told is not None}


class Refusal(Exception):
    """Something is not done. The message says why, and how to mend it.

    Args:
        field: what is to be mended; empty where it is no single field.
        retry_after: seconds to wait; 0 where waiting does not help.
    """

    def __init__(self, status: int, detail: str, *, field: str = "", retry_after: int = 0) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.field = field
        self.retry_after = retry_after


def problem(
    status: int, detail: str = "", *, faults: Sequence[Fault] = (), retry_after: int = 0
) -> JsonResponse:
    """A problem document.

    Args:
        detail: what is wrong and how to mend it; by default the usual words of the status, or the first fault's.
        faults: where several fields can be wrong; the first is named by ``field`` as well.
        retry_after: seconds to wait before it can be sent again; 0 where waiting does not help.
    """
    usual = faults[0].detail if faults else _WORDS.get(status, lambda: "")()
    told = problem_of(HTTPStatus(status), detail or usual, faults)
    response = JsonResponse(
        told.document, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def problem_of(status: HTTPStatus, detail: str, faults: Sequence[Fault] = ()) -> Problem:
    """What a problem document says."""
    first = faults[0].field if faults else None
    return Problem("about:blank", status.phrase, status, detail, first, faults or None)


class SaysProblems:
    """Gives every error that leaves the API the form of a problem, whoever made it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_error = response.status_code >= 400 and request.path.startswith(PREFIX)
        if not is_error or response.headers["Content-Type"] == CONTENT_TYPE:
            return response
        said = problem(response.status_code)
        for name in KEPT_HEADERS:
            if name in response.headers:
                said.headers[name] = response.headers[name]
        return said
