"""What answers each call. Whoever imports this loads all of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from django.http.response import HttpResponseBase
from django.urls import URLPattern

from verite.api.v1 import description
from verite.api.v1.calls import api

View = Callable[..., HttpResponseBase]


@cache
def views() -> Mapping[str, View]:
    """Views by name: those of one address answer to the name of each of its calls."""
    routes = (route for route in api.urls[0] if isinstance(route, URLPattern) and route.name)
    called = {str(route.name): route.callback for route in routes}
    return {**called, "openapi": description.openapi, "docs": description.docs}
