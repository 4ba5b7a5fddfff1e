"""The filters of the list of films, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from verite.discovery.browse import BrowsePage, FacetValue
from verite.discovery.choices import Facet, Length, Sort
from verite.web.wording import country, language


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen; ``name`` and ``value`` are those of the form."""

    name: str
    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Options under one heading: as boxes, or, where there are many, in a list that adds one to the boxes."""

    facet: Facet
    words: str
    boxes: Sequence[Option]
    listed: Sequence[Option] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set; ``query`` is the list without it."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort; ``query`` is the same list sorted so."""

    words: str
    query: str
    is_chosen: bool


def groups(found: BrowsePage) -> list[Group]:
    """The headings of the form, in the order in which people ask."""
    words = {
        Facet.SUBJECT: _("Subject"),
        Facet.DECADE: _("Decade"),
        Facet.LENGTH: _("Length"),
        Facet.PLAYABLE: _("Can be"),
        Facet.YEAR: _("Year"),
        Facet.LANGUAGE: _("Language"),
        Facet.COUNTRY: _("Country"),
    }
    made = []
    for facet, heading in words.items():
        options = [_option(facet, value) for value in found.facets[facet]]
        if facet is Facet.PLAYABLE:
            options += [_option(Facet.CAPTIONS, value) for value in found.facets[Facet.CAPTIONS]]
        if facet in (Facet.YEAR, Facet.LANGUAGE, Facet.COUNTRY):
            boxes = [option for option in options if option.is_chosen]
            listed = [option for option in options if not option.is_chosen]
            more = _("or also …") if boxes else _("any")
            made.append(Group(facet, heading, boxes, listed, more))
        else:
            made.append(Group(facet, heading, options))
    return [group for group in made if group.boxes or group.listed]


def chosen(found: BrowsePage) -> list[Chosen]:
    """Each filter that is set, as it is said above the list."""
    return [
        Chosen(_said(facet, value), found.choice.without(facet, value.value).query())
        for facet in Facet
        for value in found.facets[facet]
        if value.is_chosen
    ]


def orders(found: BrowsePage) -> list[Order]:
    """The ways to sort, the present one marked."""
    words = {Sort.NEWEST: _("Newest here"), Sort.YEAR: _("Year"), Sort.TITLE: _("Title")}
    return [
        Order(said, found.choice.sorted_by(sort).query(), sort is found.choice.sort)
        for sort, said in words.items()
    ]


def ignored(found: BrowsePage) -> list[str]:
    """A sentence for each parameter that was left out."""
    sentences = {
        "subject": _("No film here is about “%(value)s”, so that filter was left out."),
        "decade": _("“%(value)s” is no decade of which there are films here, so that filter was left out."),
        "year": _("No film here is of the year “%(value)s”, so that filter was left out."),
        "length": _("“%(value)s” is no length; there are short, medium and long. That filter was left out."),
        "language": _("No film here is in the language “%(value)s”, so that filter was left out."),
        "country": _("No film here is from the country “%(value)s”, so that filter was left out."),
        "sort": _("There is no order “%(value)s”; the list shows the newest first."),
    }
    other = _("“%(value)s” is nothing to choose by, so that filter was left out.")
    return [sentences.get(one.name, other) % {"value": _short(one.value)} for one in found.ignored]


def _option(facet: Facet, value: FacetValue) -> Option:
    return Option(facet.value, value.value, _words(facet, value), value.count, value.is_chosen)


def _words(facet: Facet, value: FacetValue) -> str:
    match facet:
        case Facet.SUBJECT:
            return value.name
        case Facet.LENGTH:
            return {
                Length.SHORT: _("under 30 min"),
                Length.MEDIUM: _("30 to 60 min"),
                Length.LONG: _("over 60 min"),
            }[Length(value.value)]
        case Facet.PLAYABLE:
            return _("played now")
        case Facet.CAPTIONS:
            return _("read with captions")
        case Facet.LANGUAGE:
            return language(value.value)
        case Facet.COUNTRY:
            return country(value.value)
        case Facet.DECADE:
            return _("%(decade)ss") % {"decade": value.value.removesuffix("s")}
        case _:
            return value.value


def _said(facet: Facet, value: FacetValue) -> str:
    if facet is Facet.PLAYABLE:
        return _("can be played now")
    return _("with captions") if facet is Facet.CAPTIONS else _words(facet, value)


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:40]}…"
