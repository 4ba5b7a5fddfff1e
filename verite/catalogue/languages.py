"""Languages: names and tags as people write them ↔ BCP 47 tags. ``zxx`` says that nobody speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from verite.core.text import fold

from .countries import read_country

SILENT = "zxx"

# Where CLDR has no name, or one that no visitor would use.
_OUR_NAMES = {SILENT: gettext_noop("No dialogue"), "cmn": gettext_noop("Mandarin")}

_LONGEST_NAME = 100

# Names are looked for in these languages, in this order; the first that knows the name decides.
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")

_VARIANTS = {
    "ase": "ASL",
    "cmn": "Mandarin, Mandarin Chinese",
    "es": "Castilian",
    "fa": "Farsi",
    "he": "Modern Hebrew",
    "pt-BR": "Brazilian",
    SILENT: "silent, silent film, none, no dialogue, no dialog, without dialogue, no speech",
}

# CLDR's names for "we do not know": no statement about a film.
_NO_STATEMENT = {"und", "mis", "root"}


@lru_cache(maxsize=1000)
def read_language(text: str) -> str | None:
    """The tag of a language written as a name or a tag, in canonical form; None when it is no language."""
    if len(text) > _LONGEST_NAME:
        return None
    wanted = _key(text)
    for language in _LANGUAGES:
        if tag := _by_name(language).get(wanted):
            return tag
    return _regional(text) or _standard(text)


def name(tag: str, locale: str) -> str:
    """A language's name in a language, such as "fr" or "pt-BR"; the tag itself where it has none."""
    if tag in _OUR_NAMES:
        with translation.override(locale):
            return gettext(_OUR_NAMES[tag])
    words = Locale.parse(locale, sep="-")
    names: Mapping[str, str] = words.languages
    if whole := names.get(tag.replace("-", "_")):
        return whole
    import langcodes  # slow to load, and hardly ever needed to name a language

    language = langcodes.Language.get(tag, normalize=False)
    spoken = names.get(language.language or "", "")
    details = [
        words.scripts.get(language.script or "", ""),
        words.territories.get(language.territory or "", ""),
    ]
    inside = ", ".join(filter(None, details))
    return (f"{spoken} ({inside})" if inside else spoken) or tag


def _regional(text: str) -> str | None:
    """ "Portuguese (Brazil)" """
    written = re.fullmatch(r"(.+)\((.+)\)\s*", text)
    if not written:
        return None
    language, country = read_language(written[1]), read_country(written[2])
    return _standard(f"{language}-{country}") if language and country else None


def _standard(text: str) -> str | None:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", text):
        return None
    import langcodes  # see `name`

    tag = langcodes.standardize_tag(text)
    return tag if langcodes.tag_is_valid(tag) and tag not in _NO_STATEMENT else None


@cache
def _by_name(language: str) -> dict[str, str]:
    names = Locale(language).languages
    found = {_key(name): tag.replace("_", "-") for tag, name in names.items() if tag not in _NO_STATEMENT}
    if language == "en":
        found |= {_key(variant): tag for tag, them in _VARIANTS.items() for variant in them.split(", ")}
    return found


def _key(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", fold(text)))
