"""The API's description of itself: OpenAPI for programs, and the same as a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja.openapi.schema import REF_TEMPLATE
from pydantic import TypeAdapter

from verite.api.addresses import origin
from verite.api.problems import CONTENT_TYPE, Problem
from verite.api.v1.answers import JSON
from verite.api.v1.calls import api
from verite.core.text import Html, Profile
from verite.core.text import render as render_words

PREFIX = "api/v1/"

_ANYTHING = {"type": "string"}
_REFERENCE = re.compile(r'"#/components/schemas/(\w+)"')


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    description: Html


@dataclass(frozen=True, slots=True)
class Refused:
    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as the page shows it; ``sent`` and ``told`` are JSON, the fields of a body are parameters too."""

    id: str
    method: str
    path: str
    description: Html
    parameters: tuple[Parameter, ...]
    sent: str
    status: str
    told: str
    refused: tuple[Refused, ...]


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    whole = {**document(), "servers": [{"url": origin(request)}]}
    return HttpResponse(json.dumps(whole, ensure_ascii=False), content_type=JSON)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every call with an example, for people."""
    context = {"calls": list(_calls()), "description": _words(document()["info"]["description"])}
    return render(request, "api.html", context)


@cache
def document() -> dict[str, Any]:
    """The description, but for where the site is."""
    made = api.get_openapi_schema(path_prefix=PREFIX)
    problem = TypeAdapter(Problem).json_schema(ref_template=REF_TEMPLATE)
    for parameter in (each for _path, _method, call in _operations(made) for each in call["parameters"]):
        if parameter["in"] == "query":
            _let_be_empty(parameter)
    known = {**made["components"]["schemas"], **problem.pop("$defs"), "Problem": problem}
    return {**made, "components": {"schemas": dict(sorted(_named(made["paths"], known).items()))}}


def _named(told: object, known: dict[str, Any]) -> dict[str, Any]:
    """Those of the known schemas that are spoken of; parameters are told in place."""
    found: dict[str, Any] = {}
    for name in _REFERENCE.findall(json.dumps(told)):
        if name not in found:
            found |= {name: known[name], **_named(known[name], known)}
    return found


def _let_be_empty(parameter: dict[str, Any]) -> None:
    """Whatever is empty counts as none: see ``bodies.Reader``."""
    listed = parameter["schema"].get("items")
    if listed is None:
        parameter["allowEmptyValue"] = True
    elif listed != _ANYTHING:
        parameter["schema"]["items"] = {"anyOf": [listed, {"const": ""}]}


def _calls() -> Iterator[Call]:
    for path, method, call in _operations(document()):
        yield _call(path, method, call)


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            yield path, method, call


def _call(path: str, method: str, call: dict[str, Any]) -> Call:
    ((status, told), *_others) = (
        (status, answer["content"][JSON]["example"])
        for status, answer in call["responses"].items()
        if JSON in answer["content"]
    )
    sent = call.get("requestBody", {}).get("content", {}).get(JSON, {}).get("example")
    return Call(
        id=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        method=method.upper(),
        path=path,
        description=_words(call["description"]),
        parameters=(*_parameters(call), *_fields(call)),
        sent=_pretty(sent) if sent else "",
        status=str(status),
        told=_pretty(told),
        refused=tuple(
            Refused(status, answer["content"][CONTENT_TYPE]["example"]["detail"])
            for status, answer in call["responses"].items()
            if CONTENT_TYPE in answer["content"]
        ),
    )


def _parameters(call: dict[str, Any]) -> Iterator[Parameter]:
    for given in call["parameters"]:
        yield Parameter(given["name"], given["in"], _words(given.get("description", "")))


def _fields(call: dict[str, Any]) -> Iterator[Parameter]:
    if "requestBody" in call:
        reference = call["requestBody"]["content"][JSON]["schema"]["$ref"]
        sent = document()["components"]["schemas"][reference.rpartition("/")[2]]
        for name, field in sent["properties"].items():
            yield Parameter(name, "body", _words(field.get("description", sent["description"])))


def _pretty(example: object) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2)


def _words(markdown: str) -> Html:
    return render_words(markdown, kind=Profile.COMMENT)
