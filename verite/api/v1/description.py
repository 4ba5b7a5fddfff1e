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
from verite.api.problems import CONTENT_TYPE
from verite.api.v1.answers import JSON
from verite.api.v1.calls import api
from verite.api.v1.objects import Problem
from verite.core.text import Html, Profile
from verite.core.text import render as render_words

PREFIX = "api/v1/"

_REFERENCE = re.compile(r'"#/components/schemas/(\w+)"')


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    description: Html


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as the page shows it; ``sent`` and ``told`` are JSON."""

    id: str
    method: str
    path: str
    description: Html
    parameters: tuple[Parameter, ...]
    sent: str
    status: str
    told: str
    refused: tuple[str, ...]


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
    known = {**made["components"]["schemas"], **problem.pop("$defs"), "Problem": problem}
    return {**made, "components": {"schemas": dict(sorted(_named(made["paths"], known).items()))}}


def _named(told: object, known: dict[str, Any]) -> dict[str, Any]:
    """Those of the known schemas that are spoken of; parameters are told in place."""
    found: dict[str, Any] = {}
    for name in _REFERENCE.findall(json.dumps(told)):
        if name not in found:
            found |= {name: known[name], **_named(known[name], known)}
    return found


def _calls() -> Iterator[Call]:
    for path, methods in document()["paths"].items():
        for method, call in methods.items():
            yield _call(path, method, call)


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
        parameters=tuple(
            Parameter(given["name"], given["in"], _words(given.get("description", "")))
            for given in call["parameters"]
        ),
        sent=_pretty(sent) if sent else "",
        status=str(status),
        told=_pretty(told),
        refused=tuple(
            str(status) for status, answer in call["responses"].items() if CONTENT_TYPE in answer["content"]
        ),
    )


def _pretty(example: object) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2)


def _words(markdown: str) -> Html:
    return render_words(markdown, kind=Profile.COMMENT)
