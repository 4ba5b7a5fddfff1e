"""Which film somebody speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from . import FilmFacts, FilmRefused, folded
from .merging import merge


class Known(Hashable, Protocol):
    """A film as far as it is known, with an identity of its own."""

    @property
    def facts(self) -> FilmFacts: ...


K = TypeVar("K", bound=Known)


class Index(Generic[K]):
    """Films by external id and by title, in the order in which they were added."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[str, str], K] = {}
        self._by_title: defaultdict[str, set[K]] = defaultdict(set)
        self._order: dict[K, int] = {}

    def add(self, film: K) -> None:
        """Add a film, or take note of what else it is called now."""
        self._order.setdefault(film, len(self._order))
        for external_id in film.facts.external_ids:
            self._by_id[external_id] = film
        for title in (film.facts.title, *film.facts.other_titles):
            self._by_title[folded(title)].add(film)

    def find(self, said: FilmFacts) -> K | None:
        """The film that ``said`` (which must be cleaned) speaks of; None when it is none of these.

        1. The film that carries one of its external ids. An ``own`` id alone does not do when both title and
           year differ: then two lists have used the same number.
        2. Else a film of the same title (any of its titles, folded) and the same first year, unless both have
           ids of one scheme that differ. Another year is another film, whatever else agrees.
        3. Else, where one of the two has no year, the one film of that title that nothing contradicts: no ids
           that differ, not a series against a short, no directors of whom none is the same. Where it could be
           several, it is none of them: a film too many is seen and mended, a wrong merger is not.

        Of several films, one that knows all of this already comes first. What was taken into a film before is
        so found there again, however much has been learnt since, and saying it again changes nothing.

        Raises:
            FilmRefused: the ids belong to two films, or an own id to quite another one.
        """
        if film := self._of_same_ids(said):
            return film
        called_so = sorted(self._by_title.get(folded(said.title), ()), key=self._order.__getitem__)
        if said.year is not None and (film := _of_same_year(said, called_so)):
            return film
        return _without_year(said, called_so)

    def _of_same_ids(self, said: FilmFacts) -> K | None:
        known = [external_id for external_id in said.external_ids if external_id in self._by_id]
        films = [self._by_id[external_id] for external_id in known]
        if any(film is not films[0] for film in films):
            raise FilmRefused(
                _("Its ids belong to different films: %s.")
                % "; ".join(_described(film.facts) for film in films)
            )
        if (
            films
            and {scheme for scheme, _value in known} == {"own"}
            and _is_quite_another(films[0].facts, said)
        ):
            raise FilmRefused(_("Its own id already belongs to %s.") % _described(films[0].facts))
        return films[0] if films else None


def _of_same_year(said: FilmFacts, called_so: Sequence[K]) -> K | None:
    found = [film for film in called_so if film.facts.year == said.year and not _ids_differ(film.facts, said)]
    if len(found) < 2:
        return found[0] if found else None
    by_title = [film for film in found if folded(film.facts.title) == folded(said.title)]
    return _that_knows_it(said, found) or (by_title or found)[0]


def _without_year(said: FilmFacts, called_so: Sequence[K]) -> K | None:
    possible = [
        film
        for film in called_so
        if None in (film.facts.year, said.year) and not _contradict(film.facts, said)
    ]
    if len(possible) < 2:
        return possible[0] if possible else None
    nearest = [film for film in possible if film.facts.year == said.year]
    return _that_knows_it(said, possible) or (nearest[0] if len(nearest) == 1 else None)


def _that_knows_it(said: FilmFacts, films: Iterable[K]) -> K | None:
    return next((film for film in films if merge(film.facts, said, said_wins=False)[0] == film.facts), None)


def _contradict(known: FilmFacts, said: FilmFacts) -> bool:
    # "film" contradicts nothing: it is what a film is as long as nobody has said more.
    directors = [set(map(folded, facts.credits.get("director", ()))) for facts in (known, said)]
    return (
        _ids_differ(known, said)
        or {known.kind, said.kind} == {"series", "short"}
        or (all(directors) and directors[0].isdisjoint(directors[1]))
    )


def _ids_differ(known: FilmFacts, said: FilmFacts) -> bool:
    schemes = {scheme for scheme, _value in known.external_ids} & {
        scheme for scheme, _value in said.external_ids
    }
    common = {scheme for scheme, _value in set(known.external_ids) & set(said.external_ids)}
    return bool(schemes - common)


def _is_quite_another(known: FilmFacts, said: FilmFacts) -> bool:
    # By its first title and year, which stay: what was refused once is not taken in the second time.
    other_title = bool(said.title) and folded(said.title) != folded(known.title)
    return other_title and None not in (known.year, said.year) and known.year != said.year


def _described(facts: FilmFacts) -> str:
    return f"{facts.title} ({facts.year})" if facts.year else facts.title
