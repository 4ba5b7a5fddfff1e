"""The shelf against the same questions asked one film at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from verite.discovery.choices import Choice, Facet, Sort
from verite.discovery.shelf import Shelf

VALUES = {
    Facet.SUBJECT: ("war", "nature", "law"),
    Facet.DECADE: ("1940s", "2010s"),
    Facet.LANGUAGE: ("en", "fr", "ja"),
    Facet.COUNTRY: ("GB", "FR"),
    Facet.PLAYABLE: ("yes",),
}

Has = Mapping[Facet, frozenset[str]]


@dataclass(frozen=True)
class Stock:
    films: list[Has]
    by_title: list[int]

    def shelf(self) -> Shelf:
        places = range(len(self.films))
        return Shelf(
            film_ids=[self.id_of(place) for place in places],
            values={
                facet: {
                    value: sum(1 << place for place in places if value in self.films[place][facet])
                    for value in values
                }
                for facet, values in VALUES.items()
            },
            orders={Sort.NEWEST: places, Sort.TITLE: self.by_title},
            topics={},
        )

    @staticmethod
    def id_of(place: int) -> int:
        return 1_000 - place * 3

    def having(self, chosen: Mapping[Facet, tuple[str, ...]]) -> list[int]:
        return [
            place
            for place, film in enumerate(self.films)
            if all(film[facet] & set(values) for facet, values in chosen.items())
        ]


a_film = st.fixed_dictionaries(
    {facet: st.frozensets(st.sampled_from(values)) for facet, values in VALUES.items()}
)
a_choice = st.dictionaries(st.sampled_from(list(VALUES)), st.none(), max_size=3).flatmap(
    lambda facets: st.fixed_dictionaries(
        {
            facet: st.sets(st.sampled_from(VALUES[facet]), min_size=1).map(lambda s: tuple(sorted(s)))
            for facet in facets
        }
    )
)
a_stock = st.lists(a_film, max_size=40).flatmap(
    lambda films: st.permutations(range(len(films))).map(lambda order: Stock(films, list(order)))
)


@given(a_stock, a_choice)
def test_what_matches_is_what_has_one_value_of_every_facet_chosen(
    stock: Stock, chosen: dict[Facet, tuple[str, ...]]
) -> None:
    shelf = stock.shelf()

    films = shelf.matching(Choice(chosen))

    expected = [stock.id_of(place) for place in stock.having(chosen)]
    assert shelf.page(films, Sort.NEWEST, 0, 100) == expected
    assert films.bit_count() == len(expected)


@given(a_stock, a_choice, st.sampled_from(list(VALUES)))
def test_the_count_beside_a_value_is_what_choosing_it_alone_in_its_facet_gives(
    stock: Stock, chosen: dict[Facet, tuple[str, ...]], facet: Facet
) -> None:
    counts = stock.shelf().counts(Choice(chosen), facet)

    assert counts == {value: len(stock.having({**chosen, facet: (value,)})) for value in VALUES[facet]}


@given(a_stock, a_choice, st.sampled_from([Sort.NEWEST, Sort.TITLE]), st.integers(1, 7))
def test_pages_and_cursors_meet_every_film_once_in_the_same_order(
    stock: Stock, chosen: dict[Facet, tuple[str, ...]], sort: Sort, size: int
) -> None:
    shelf = stock.shelf()
    films = shelf.matching(Choice(chosen))
    whole = shelf.page(films, sort, 0, 100)

    by_number = [
        id_ for start in range(0, len(whole) + 1, size) for id_ in shelf.page(films, sort, start, size)
    ]
    by_cursor = shelf.page(films, sort, 0, size)
    while by_cursor and (following := shelf.page_after(films, sort, by_cursor[-1], size)):
        by_cursor += following

    assert by_number == whole
    assert by_cursor == whole
    assert len(set(whole)) == len(whole)


@given(a_stock.filter(lambda stock: len(stock.films) > 2), a_choice)
def test_a_cursor_goes_on_from_a_film_that_no_longer_matches(
    stock: Stock, chosen: dict[Facet, tuple[str, ...]]
) -> None:
    shelf = stock.shelf()

    after_the_second = shelf.page_after(shelf.matching(Choice(chosen)), Sort.NEWEST, stock.id_of(1), 100)

    assert after_the_second == [stock.id_of(place) for place in stock.having(chosen) if place > 1]
