"""Pages are UTF-8, and so is whatever a browser sends from them."""

from __future__ import annotations

import codecs

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verite.web.security import GetResponse


class Utf8Only:
    """Refuses what calls itself otherwise.

    Python knows codecs that give half characters, which no page can show again, or no text at all.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.encoding is not None and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest(f"Sent in {request.encoding!r}")
        return self.get_response(request)
