"""The list of films, narrowed as a visitor chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verite.catalogue.queries.film_cards import FilmCard, cards_of
from verite.core import paging
from verite.discovery.choices import Choice, Facet, Ignored, Length, Sort, read_choice
from verite.discovery.shelf import Shelf, shelf

PAGE_SIZE = 24
MOST_PAGES = 100  # further on, a cursor
TOPICS_SHOWN = 12


class BeyondTheEnd(LookupError):
    """There is no such page of the list. ``last`` is the number of the last one that has a number."""

    def __init__(self, choice: Choice, last: int) -> None:
        super().__init__(choice, last)
        self.choice = choice
        self.last = last


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that can be chosen, and how many films that would give. ``name`` is a subject's; else empty."""

    value: str
    count: int
    is_chosen: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """One page of films. ``number`` is None where a cursor led; ``following`` is the next page's parameter."""

    choice: Choice
    ignored: Sequence[Ignored]
    films: Sequence[FilmCard]
    count: int
    catalogue_count: int
    facets: Mapping[Facet, Sequence[FacetValue]]
    number: int | None
    last_number: int
    following: tuple[str, int | str] | None

    @property
    def first_place(self) -> int | None:
        """The place of the page's first film in the whole list, from 1 on, where it is known."""
        return None if self.number is None else (self.number - 1) * PAGE_SIZE + 1


def browse_page(given: Mapping[str, Sequence[str]]) -> BrowsePage:
    """The page of films that the parameters of an address ask for, in three queries.

    Parameters that ask for nothing we have are left out and named in ``ignored``.

    Raises:
        BeyondTheEnd: there is no such page, or the film from which it should go on has left.
    """
    here = shelf()
    choice, ignored = read_choice(given, here.values)
    films = here.matching(choice)
    count = films.bit_count()
    last_number = min(MOST_PAGES, paging.last_page(count, PAGE_SIZE))
    number: int | None = None
    try:
        if cursor := (given.get("after") or [""])[-1]:
            (after,) = paging.decode(cursor, choice.sort, [int])
            ids = here.page_after(films, choice.sort, int(after), PAGE_SIZE + 1)
        else:
            number = _number(given, last_number)
            ids = here.page(films, choice.sort, (number - 1) * PAGE_SIZE, PAGE_SIZE + 1)
    except (paging.BadCursor, LookupError) as error:
        raise BeyondTheEnd(choice, last_number) from error
    return BrowsePage(
        choice=choice,
        ignored=ignored,
        films=cards_of(ids[:PAGE_SIZE]),
        count=count,
        catalogue_count=len(here.film_ids),
        facets={facet: _values(here, choice, facet) for facet in Facet},
        number=number,
        last_number=last_number,
        following=_following(ids, choice, number),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the ``count`` films of a choice, in its order; ``next`` is the cursor of those that follow, if any."""

    films: Sequence[FilmCard]
    count: int
    next: str | None


def stretch(choice: Choice, *, after: str | None = None, limit: int = PAGE_SIZE) -> Stretch:
    """``limit`` films of a choice, in three queries. A value that no film has gives none.

    Args:
        after: the ``next`` of the stretch before.

    Raises:
        BadCursor: ``after`` belongs to another order, or the film from which to go on has left.
    """
    here = shelf()
    films = here.matching(choice)
    if after is None:
        ids = here.page(films, choice.sort, 0, limit + 1)
    else:
        (film_id,) = paging.decode(after, choice.sort, [int])
        try:
            ids = here.page_after(films, choice.sort, int(film_id), limit + 1)
        except LookupError as error:
            raise paging.BadCursor("The film from which to go on has left.") from error
    following = paging.encode(choice.sort, [ids[limit - 1]]) if len(ids) > limit else None
    return Stretch(cards_of(ids[:limit]), films.bit_count(), following)


def newest_matching(given: Mapping[str, Sequence[str]], limit: int) -> tuple[Choice, list[FilmCard]]:
    """The newest films of a choice, for its feed.

    Raises:
        LookupError: the choice names something the catalogue does not have.
    """
    here = shelf()
    choice, ignored = read_choice(given, here.values)
    if ignored:
        raise LookupError(ignored)
    newest = choice.sorted_by(Sort.NEWEST)
    return newest, cards_of(here.page(here.matching(newest), newest.sort, 0, limit))


def film_counts(facet: Facet) -> dict[str, int]:
    """How many films of the whole catalogue have each value; at most a minute old."""
    return shelf().counts(Choice(), facet)


def catalogue_count() -> int:
    """How many films can be browsed; at most a minute old."""
    return len(shelf().film_ids)


def _values(here: Shelf, choice: Choice, facet: Facet) -> list[FacetValue]:
    chosen = choice.of(facet)
    found = [
        FacetValue(value, count, value in chosen, here.topics[value].name if facet is Facet.SUBJECT else "")
        for value, count in here.counts(choice, facet).items()
        if count or value in chosen
    ]
    match facet:
        case Facet.SUBJECT:
            # The chosen ones, what lies right below them, and then the largest.
            below = {slug for slug, topic in here.topics.items() if topic.parent in chosen}
            found.sort(key=lambda v: (not v.is_chosen, v.value not in below, -v.count, v.name))
            return found[: max(TOPICS_SHOWN, len(chosen))]
        case Facet.DECADE | Facet.YEAR:
            return sorted(found, key=lambda v: v.value, reverse=True)
        case Facet.LANGUAGE | Facet.COUNTRY:
            return sorted(found, key=lambda v: (-v.count, v.value))
        case Facet.LENGTH:
            return sorted(found, key=lambda v: list(Length).index(Length(v.value)))
        case _:
            return found


def _number(given: Mapping[str, Sequence[str]], last: int) -> int:
    number = paging.page_number((given.get("page") or [""])[-1], last=last)
    if isinstance(number, paging.NoSuchPage):
        raise LookupError(number)
    return number


def _following(ids: Sequence[int], choice: Choice, number: int | None) -> tuple[str, int | str] | None:
    if len(ids) <= PAGE_SIZE:
        return None
    if number is not None and number < MOST_PAGES:
        return "page", number + 1
    return "after", paging.encode(choice.sort, [ids[PAGE_SIZE - 1]])
