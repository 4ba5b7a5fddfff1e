"""What is sent to the API, read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from verite.api.problems import problem
from verite.api.v1.answers import JSON

Run = Callable[..., HttpResponseBase]


class Reader(Parser):
    """An empty parameter is as good as none, as in the page cache."""

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        filled = {name: kept for name, values in data.lists() if (kept := list(filter(None, values)))}
        return super().parse_querydict(MultiValueDict(filled), list_fields, request)


def takes_json(run: Run) -> Run:
    """Refuse a body in another format, which might be read as something that nobody meant."""

    @wraps(run)
    def refusing(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return run(request, **parts) if request.content_type == JSON else problem(415)

    return refusing
