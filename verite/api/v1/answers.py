"""Answers as bytes.

Objects are written by pydantic's serialiser without being checked: they are ours, and the type checker has
seen them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpResponse
from pydantic import TypeAdapter

JSON = "application/json"


def answer(told: Any, status: int = 200) -> HttpResponse:
    """One of ``verite.api.v1.objects`` as JSON."""
    kind: Any = type(told)
    return HttpResponse(_writer(kind).dump_json(told), status=status, content_type=JSON)


@cache
def _writer(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
