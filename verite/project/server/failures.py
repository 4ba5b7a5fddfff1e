"""What is said when Django cannot be asked: finished bytes that need neither templates nor a database."""

from __future__ import annotations

import json
from http import HTTPStatus

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from verite.project.pagecache.cache import Made
from verite.project.pagecache.entries import head_bytes

WORDS = {
    400: _("This request cannot be understood. Go back, reload the page and try again."),
    408: _("The request took too long to arrive. Check the connection and send it again."),
    413: _("This is more than the site takes at once. Go back, shorten what you wrote, and send it again."),
    431: _("The request has too many headers. Delete this site’s cookies in your browser and try again."),
    500: _("Something broke on our side. It has been written down; try again, or go to the front page."),
    503: _("The site cannot reach its database, or has too much to do. Try again in a moment."),
}

PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<h1>{title}</h1><p>{words}</p><p><a href="/">{front_page}</a></p></html>
"""


def failure(status: int, path: str = "/", *, language: str = "", close: bool = False) -> Made:
    """A complete answer for one of the statuses in ``WORDS``: a page, or for a program a problem (RFC 9457).

    Args:
        path: what was asked for; under ``/api/`` ask programs.
        language: the visitor's; the site's own where it is not known.
        close: the connection ends with it.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        if path.startswith("/api/"):
            content_type, body = b"application/problem+json", _problem(status)
        else:
            content_type, body = b"text/html; charset=utf-8", _page(status)
    headers = [
        (b"content-type", content_type),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"5"))
    if close:
        headers.append((b"connection", b"close"))
    return Made(status, headers, body.encode())


def failure_bytes(status: int) -> bytes:
    """The same as it goes over the wire, closing the connection, for where no request has been understood."""
    made = failure(status, close=True)
    head = head_bytes([(b"content-length", b"%d" % len(made.body)), *made.headers])
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode() + head + made.body


def _page(status: int) -> str:
    return PAGE.format(
        language=translation.get_language(),
        title=gettext("Error %(status)d") % {"status": status},
        words=gettext(WORDS[status]),
        front_page=gettext("Front page"),
    )


def _problem(status: int) -> str:
    facts = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return json.dumps(facts | {"detail": gettext(WORDS[status])})
