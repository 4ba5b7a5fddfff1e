"""Jinja2 as this site uses it: what every template can call.

Pages are addressed by the name of their view: ``address("film", slug=film.slug)``. A page extends
``base.html`` and fills ``title``, ``description``, ``head`` and ``main``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined

from verite.accounts.actors import NOBODY_YET
from verite.catalogue.hosts.moments import write_moment
from verite.web import note_words, wording
from verite.web.assets import asset
from verite.web.reading import size
from verite.web.stills import card_svg


def environment(**options: Any) -> Environment:
    """Made once by Django's template back end, which passes its own options."""
    options |= {
        "loader": PackageLoader("verite.web"),
        "undefined": StrictUndefined,
        "autoescape": _is_markup,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
        "bytecode_cache": _compiled_templates(),
    }
    made = Environment(**options)  # noqa: S701 (autoescape is on for all but mail)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals |= {
        "address": address,
        "asset": asset,
        "card": card_svg,
        "has_page": has_page,
        "language": translation.get_language,
        "nobody": NOBODY_YET,
        "origin": origin,
        "site": settings.VERITE.site_name,
    }
    made.filters |= {
        "country": wording.country,
        "date": wording.date,
        "duration": wording.duration,
        "instant": wording.instant,
        "language": wording.language,
        "listed": wording.listed,
        "noted_state": note_words.state,
        "noted_time": note_words.time,
        "noted_words": note_words.short,
        "number": wording.number,
        "released": wording.released,
        "role": wording.role,
        "size": size,
        "timecode": write_moment,
    }
    return made


def _is_markup(template: str | None) -> bool:
    return template is None or not template.endswith(".txt")


def _compiled_templates() -> FileSystemBytecodeCache:
    """Templates compiled at an earlier start: compiling those of a film page takes a fifth of a start."""
    folder = settings.VERITE.data / "cache"
    folder.mkdir(mode=0o700, exist_ok=True)  # what lies there is run
    return FileSystemBytecodeCache(str(folder))


# Addresses depend on nothing but their arguments, and a page has dozens of them.
@lru_cache(maxsize=16384)
def address(view_name: str, **arguments: Any) -> str:
    """The path of a page, such as ``/films/why-we-fight/``."""
    return reverse(view_name, kwargs=arguments)


def has_page(view_name: str) -> bool:
    """Whether the site has this page, so that the navigation names only what exists."""
    try:
        address(view_name)
    except NoReverseMatch:
        return False
    return True


def origin(request: HttpRequest) -> str:
    """Scheme and host under which the site is known, without a slash at the end."""
    return settings.VERITE.site_url or f"{request.scheme}://{request.get_host()}"
