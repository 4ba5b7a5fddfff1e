"""Checks and tidies what is said about a film, before any database is asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from verite.catalogue.countries import codes
from verite.catalogue.external_ids import read_external_id
from verite.catalogue.hosts import Found, recognise
from verite.catalogue.languages import read_language
from verite.core.dates import PartialDate, YearRange
from verite.core.text import TextTooLong, clean_line, clean_text

from . import KINDS, ROLES, SCHEMES, FilmFacts, FilmRefused, PartFacts, Released, Remark, folded, place

T = TypeVar("T")

MOST_PARTS = 2000
MOST_IN_A_LIST = 200

_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_SUBJECT, _LONGEST_ID = 300, 200, 120, 200
_LONGEST_TEXT = 10_000
_ANY_LENGTH = 1 << 30


def clean(facts: FilmFacts) -> tuple[FilmFacts, list[Remark]]:
    """The same facts in the catalogue's spelling, addresses recognised; and what had to be left out.

    Raises:
        FilmRefused: something is too long, out of range, or no such thing as it claims to be.
    """
    if not facts.title.strip() and not facts.external_ids:
        raise FilmRefused(_("There is no title."))
    title = _line("title", facts.title, _LONGEST_TITLE)
    parts, remarks = _parts(facts.parts)
    cleaned = FilmFacts(
        title=title,
        other_titles=tuple(
            other
            for other in _names("other_titles", facts.other_titles, _LONGEST_TITLE)
            if folded(other) != folded(title)
        ),
        released=_released(facts.released),
        kind=_one_of("kind", facts.kind, ("", *KINDS)),
        length_seconds=_length(facts.length_seconds),
        tagline=_line("tagline", facts.tagline, _LONGEST_TITLE),
        synopsis=_text("synopsis", facts.synopsis),
        rights=_text("rights", facts.rights),
        public_performance=_text("public_performance", facts.public_performance),
        countries=tuple(dict.fromkeys(_one_of("countries", code, codes()) for code in facts.countries)),
        languages=tuple(dict.fromkeys(map(_language, facts.languages))),
        subjects=_names("subjects", facts.subjects, _LONGEST_SUBJECT),
        credits={
            _one_of("credits", role, ROLES): people
            for role, names in facts.credits.items()
            if (people := _names(role, names, _LONGEST_NAME))
        },
        external_ids=tuple(
            dict.fromkeys(_external_id(scheme, value) for scheme, value in facts.external_ids)
        ),
        parts=parts,
    )
    return cleaned, remarks


def _parts(parts: Iterable[PartFacts]) -> tuple[tuple[PartFacts, ...], list[Remark]]:
    cleaned: dict[int, PartFacts] = {}
    remarks = []
    for part in parts:
        if not 1 <= part.position <= MOST_PARTS:
            raise FilmRefused(
                _("A film has the parts 1 to %(most)d, not %(position)d.")
                % {"most": MOST_PARTS, "position": part.position}
            )
        sources, unknown = _recognised(part)
        remarks += unknown
        title = _line("part", part.title, _LONGEST_TITLE)
        length = _length(part.length_seconds)
        if unknown and not (sources or title or length):
            continue  # an address that plays nothing does not make a part
        earlier = cleaned.get(part.position, PartFacts(position=part.position))
        cleaned[part.position] = replace(
            earlier,
            title=earlier.title or title,
            length_seconds=earlier.length_seconds or length,
            sources=_once((*earlier.sources, *sources), place),
        )
    return tuple(cleaned[position] for position in sorted(cleaned)), remarks


def _recognised(part: PartFacts) -> tuple[list[Found], list[Remark]]:
    sources, unknown = list(part.sources), []
    for address in part.addresses:
        if found := recognise(address):
            sources.append(found)
        else:
            unknown.append(
                Remark(
                    "address", clean_line(address, 300), _("No video host that we know plays this address.")
                )
            )
    return sources, unknown


def _once(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The first item of each key, in order."""
    kept: dict[Hashable, T] = {}
    for item in items:
        kept.setdefault(key(item), item)
    return tuple(kept.values())


def _line(field: str, text: str, limit: int) -> str:
    line = clean_line(text, _ANY_LENGTH)
    if len(line) > limit:
        raise FilmRefused(f"{field}: {TextTooLong(len(line), limit)}")
    return line


def _text(field: str, text: str) -> str:
    try:
        return clean_text(text, _LONGEST_TEXT).strip()
    except TextTooLong as error:
        raise FilmRefused(f"{field}: {error}") from error


def _names(field: str, names: Iterable[str], limit: int) -> tuple[str, ...]:
    """Each name once, by what it is compared by, in the first spelling."""
    lines = [line for name in names if (line := _line(field, name, limit))]
    if len(lines) > MOST_IN_A_LIST:
        raise FilmRefused(
            _("%(field)s: there are %(count)d, and there is room for %(most)d.")
            % {"field": field, "count": len(lines), "most": MOST_IN_A_LIST}
        )
    return _once(lines, folded)


def _one_of(field: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise FilmRefused(_("%(field)s: %(value)s is not known.") % {"field": field, "value": value})
    return value


def _language(tag: str) -> str:
    if read_language(tag) != tag:
        raise FilmRefused(_("languages: %s is no language tag in its usual form, such as en or pt-BR.") % tag)
    return tag


def _external_id(scheme: str, value: str) -> tuple[str, str]:
    _one_of("external_ids", scheme, SCHEMES)
    spelt = read_external_id(scheme, _line(scheme, value, _LONGEST_ID))
    if spelt is None:
        raise FilmRefused(
            _("%(scheme)s: %(value)s is no id of that catalogue.") % {"scheme": scheme, "value": value}
        )
    return scheme, spelt


def _length(seconds: int | None) -> int | None:
    if seconds is not None and not 0 < seconds < 1 << 31:
        raise FilmRefused(_("A length of %d seconds is none.") % seconds)
    return seconds


def _released(released: Released | None) -> Released | None:
    """A range of one year is that year."""
    if isinstance(released, YearRange) and released.last == released.first:
        return PartialDate(released.first)
    return released
