"""What the description of a call says beside its types: examples, and how it may be refused."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter

from verite.api.problems import CONTENT_TYPE, Problem
from verite.api.v1.answers import JSON

Description = dict[str, Any]


def described(
    told: object, *, sent: object = None, refused: Iterable[Problem] = (), status: int = 200
) -> Description:
    """What ``openapi_extra`` takes.

    Args:
        told: an example of the answer.
        sent: an example of the body, where one is sent.
        refused: how the call may be refused, each status once.
    """
    responses: dict[int, Description] = {status: {"content": {JSON: {"example": _plain(told)}}}}
    if status == HTTPStatus.CREATED:
        responses[status]["headers"] = _header("Location", "Where it is read.", type="string")
    for each in sorted(refused, key=lambda problem: problem.status):
        schema = {"$ref": "#/components/schemas/Problem"}
        responses[each.status] = {
            "description": each.title,
            "content": {CONTENT_TYPE: {"schema": schema, "example": each.document}},
        }
        if each.status == HTTPStatus.TOO_MANY_REQUESTS:
            responses[each.status]["headers"] = _header("Retry-After", "In seconds.", type="integer")
    if sent is None:
        return {"responses": responses}
    return {"responses": responses, "requestBody": {"content": {JSON: {"example": _plain(sent)}}}}


def _header(name: str, description: str, **schema: str) -> Description:
    return {name: {"description": description, "required": True, "schema": schema}}


def _plain(example: object) -> Any:
    return TypeAdapter(type(example)).dump_python(example, mode="json", exclude_unset=True)
