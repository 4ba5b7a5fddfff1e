"""Countries: names as people write them ↔ ISO 3166-1 alpha-2, with former states that films come from.

``CS`` is Czechoslovakia here, as in film catalogues, not the later Serbia and Montenegro.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from verite.core.text import fold

FORMER = {
    "SU": gettext_noop("Soviet Union"),
    "DD": gettext_noop("East Germany"),
    "YU": gettext_noop("Yugoslavia"),
    "CS": gettext_noop("Czechoslovakia"),
}

# Codes that CLDR names although they are no countries (ISO reserves them, or CLDR made them up).
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

_LONGEST_NAME = 100

# Names are looked for in these languages, in this order; the first that knows the name decides.
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")

_VARIANTS = {
    "AE": "UAE, Emirates",
    "BA": "Bosnia, Bosnia-Herzegovina",
    "BF": "Upper Volta",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia",
    "CD": "Democratic Republic of the Congo, DR Congo, DRC, Zaire, Congo-Kinshasa, Belgian Congo",
    "CG": "Congo, Republic of the Congo, Congo-Brazzaville",
    "CI": "Ivory Coast",
    "CN": "People’s Republic of China, PRC, Mainland China",
    "CS": "Czechoslovak Socialist Republic, ČSSR, CSK",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "DD": "German Democratic Republic, GDR, DDR",
    "DE": "West Germany, Federal Republic of Germany, FRG",
    "FM": "Federated States of Micronesia",
    "GB": "Great Britain, Britain, England, Scotland, Wales, Northern Ireland, U.K.",
    "HK": "Hong Kong",
    "IE": "Republic of Ireland, Éire",
    "IR": "Islamic Republic of Iran, Persia",
    "KP": "Democratic People’s Republic of Korea, DPRK",
    "KR": "Republic of Korea, Korea",
    "LA": "Lao People’s Democratic Republic",
    "LK": "Ceylon",
    "MD": "Republic of Moldova",
    "MK": "Macedonia, Republic of North Macedonia",
    "MM": "Myanmar, Burma",
    "MO": "Macao, Macau",
    "NL": "Holland",
    "PS": "Palestine, State of Palestine, Occupied Palestinian Territory",
    "RU": "Russian Federation",
    "SK": "Slovak Republic",
    "SU": "USSR, Union of Soviet Socialist Republics, SUN",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TH": "Siam",
    "TL": "East Timor",
    "TR": "Turkey",
    "TT": "Trinidad",
    "TW": "Province of China Taiwan, Republic of China, Formosa",
    "TZ": "United Republic of Tanzania",
    "US": "United States of America, U.S.A., U.S., America",
    "VA": "Vatican, Holy See",
    "VE": "Bolivarian Republic of Venezuela",
    "VN": "Viet Nam",
    "YU": "Socialist Federal Republic of Yugoslavia, Federal Republic of Yugoslavia, YUG",
    "ZW": "Rhodesia",
}  # fmt: skip


@cache
def codes() -> frozenset[str]:
    """Every code that a film's country may have."""
    named = frozenset(code for code in _territories("en") if len(code) == 2 and code.isalpha())
    return named - _NO_COUNTRIES | FORMER.keys()


@lru_cache(maxsize=1000)
def read_country(text: str) -> str | None:
    """The code of a country written as a name, a common variant or a code of two or three letters."""
    if len(text) > _LONGEST_NAME:
        return None
    for wanted in (_key(text), _key(_turned(text))):
        for language in _LANGUAGES:
            if wanted and (code := _by_name(language).get(wanted)):
                return code
    return _by_code().get(text.upper())


def name(code: str, locale: str) -> str:
    """A country's name in a language, such as "fr" or "pt-BR"; the code itself where it has none."""
    if code in FORMER:
        with translation.override(locale):
            return gettext(FORMER[code])
    return _territories(locale).get(code, code)


def _territories(locale: str) -> Mapping[str, str]:
    return Locale.parse(locale, sep="-").territories


@cache
def _by_code() -> dict[str, str]:
    replaced = {
        old: new[0]
        for old, new in get_global("territory_aliases").items()
        if old.isalpha() and len(new) == 1 and new[0] in codes()
    }
    return replaced | {code: code for code in codes()}


@cache
def _by_name(language: str) -> dict[str, str]:
    found = {_key(name): code for code, name in _territories(language).items() if code in codes()}
    if language == "en":
        found |= {_key(former): code for code, former in FORMER.items()}
        found |= {_key(variant): code for code, them in _VARIANTS.items() for variant in them.split(", ")}
    return found


def _turned(text: str) -> str:
    """ "Korea, Republic of" as "Republic of Korea", which is how it is listed."""
    country, _, rest = text.partition(",")
    return f"{rest} {country}"


def _key(text: str) -> str:
    words = re.findall(r"[^\W_]+", fold(text.replace("&", " and ")).replace("saint ", "st "))
    return "".join(words[1:] if words[:1] == ["the"] else words)
