"""Pieces of a page, for a script that puts them where they belong; nobody keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse


def are_asked_for(request: HttpRequest) -> bool:
    """Whether htmx sent the request."""
    return "HX-Request" in request.headers


def piece(
    html: str,
    *,
    status: int = 200,
    into: str = "",
    how: str = "",
    event: str = "",
    detail: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A piece of HTML.

    Args:
        into: the CSS selector of what it is for; otherwise what the sender says.
        how: how it gets there, as ``hx-swap`` has it; otherwise what the sender says.
        event: is raised once it is there, with ``detail``.
    """
    headers = {"HX-Retarget": into, "HX-Reswap": how}
    if event:
        headers["HX-Trigger-After-Settle"] = json.dumps({event: detail or {}})
    said = {name: value for name, value in headers.items() if value}
    # A browser that goes back must not find a piece under the address of the page.
    return HttpResponse(html, status=status, headers=said | {"Cache-Control": "no-store"})
