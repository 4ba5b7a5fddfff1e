"""How calls are refused: what is really said, for the description of the API. A test provokes each of them."""

from __future__ import annotations

from http import HTTPStatus

from verite.api.problems import Fault, Problem, problem_of


def _of_field(field: str, detail: str) -> Problem:
    return problem_of(HTTPStatus.UNPROCESSABLE_ENTITY, detail, [Fault(field, detail)])


NO_FILM = problem_of(HTTPStatus.NOT_FOUND, "There is no such film here.")
NO_COMMENT = problem_of(HTTPStatus.NOT_FOUND, "There is no such comment here.")
NO_PERSON = problem_of(HTTPStatus.NOT_FOUND, "There is no such person here.")
NO_COLLECTION = problem_of(HTTPStatus.NOT_FOUND, "There is no such collection here.")
REMOVED = problem_of(HTTPStatus.GONE, "This comment has been removed.")
NO_PLACE = _of_field("cursor", "This is no place in this list. Begin it anew.")

NO_WORDS = _of_field("body", "There is nothing to read in this comment yet. Write a word or two.")
NO_VOTE = _of_field("value", "Input should be less than or equal to 1")
NO_RATING = _of_field("value", "Input should be less than or equal to 10")
OWN_COMMENT = problem_of(HTTPStatus.FORBIDDEN, "This is your own comment: others say whether it is helpful.")
CLOSED = problem_of(
    HTTPStatus.CONFLICT,
    "This discussion is closed. It can be read, but nothing more can be posted. Keep a copy of your words.",
)
FROM_ELSEWHERE = problem_of(
    HTTPStatus.FORBIDDEN,
    "Nothing was done. A script sends the header “Origin”, equal to the host.",
)
TOO_OFTEN = problem_of(
    HTTPStatus.TOO_MANY_REQUESTS,
    "That was too often in a short time. Nothing is lost: send it again in 40 seconds.",
)

NOT_UNDERSTOOD = problem_of(
    HTTPStatus.BAD_REQUEST,
    "This request cannot be understood. Look at its address, its headers and its body.",
)

# Whatever is sent can be refused so.
OF_BODIES = (
    NOT_UNDERSTOOD,
    problem_of(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "This is more than the site takes at once. Send something smaller.",
    ),
    problem_of(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Send the body as JSON, with the header “Content-Type: application/json”.",
    ),
    TOO_OFTEN,
)
