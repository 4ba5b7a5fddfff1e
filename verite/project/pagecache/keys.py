"""From what a client asks to the page that answers it."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from django.urls import Resolver404, resolve
from django.utils.encoding import repercent_broken_unicode

from verite.core.freshness import page_of
from verite.project.pagecache.negotiation import language
from verite.project.pagecache.store import PageKey, Spelling


def page_key(spelling: Spelling) -> PageKey | None:
    """The key of the page at an address; None if its view has not declared that its answer may be kept."""
    scheme, host, target, accept_language = spelling
    raw_path, _, query = target.partition(b"?")
    path = decoded_path(raw_path)
    try:
        declared = page_of(resolve(path).func)
        if declared is None:
            return None
        normalised = declared.normalised(query.decode("latin-1"))
    except (Resolver404, ValueError):
        return None  # Django has its own answers to these
    return PageKey(scheme, host.decode("latin-1").lower(), path, normalised, language(accept_language))


def decoded_path(raw_path: bytes) -> str:
    """The path as Django's views see it."""
    return repercent_broken_unicode(unquote_to_bytes(raw_path)).decode()
