"""What the description of a call says beside its types: examples, and how it may be refused."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter

from verite.api.problems import CONTENT_TYPE
from verite.api.v1 import examples
from verite.api.v1.answers import JSON

Description = dict[str, Any]


def described(
    told: object, *, sent: object = None, refused: Iterable[int] = (), status: int = 200
) -> Description:
    """What ``openapi_extra`` takes.

    Args:
        told: an example of the answer.
        sent: an example of the body, where one is sent.
        refused: the statuses with which the call may answer instead.
    """
    responses: dict[int, Description] = {status: {"content": {JSON: {"example": _plain(told)}}}}
    for other in refused:
        example = _plain(examples.PROBLEMS[other], without_nothing=True)
        responses[other] = {
            "description": HTTPStatus(other).phrase,
            "content": {
                CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
            },
        }
    if sent is None:
        return {"responses": responses}
    return {"responses": responses, "requestBody": {"content": {JSON: {"example": _plain(sent)}}}}


def _plain(example: object, *, without_nothing: bool = False) -> Any:
    return TypeAdapter(type(example)).dump_python(
        example, mode="json", exclude_unset=True, exclude_none=without_nothing
    )
