"""Joining what is said about a film with what is known of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.sayings import NANOOK, film
from verite.catalogue.facts import FilmFacts, PartFacts
from verite.catalogue.facts.cleaning import clean
from verite.catalogue.facts.merging import merge
from verite.core.dates import PartialDate, YearRange

RELEASED = [
    None,
    PartialDate(1929),
    PartialDate(1929, 5),
    PartialDate(1930),
    YearRange(1929, 1931),
    YearRange(1929, None),
]


def names(*among: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(among), max_size=2, unique=True).map(tuple)


facts = st.builds(
    FilmFacts,
    title=st.sampled_from(["Rain", "RAIN", "Regen"]),
    other_titles=names("Regen", "Pluie"),
    released=st.sampled_from(RELEASED),
    kind=st.sampled_from(["", "film", "short", "series"]),
    length_seconds=st.sampled_from([None, 60, 90]),
    synopsis=st.sampled_from(["", "Rings on a canal.", "A gutter sings."]),
    countries=names("NL", "FR"),
    subjects=names("Cities", "Water"),
    credits=st.dictionaries(st.sampled_from(["director", "writer"]), names("Ann", "Ben"), max_size=2),
    external_ids=st.lists(st.sampled_from([("imdb", "tt0000001"), ("own", "7")]), max_size=2).map(tuple),
    parts=st.lists(
        st.builds(PartFacts, position=st.integers(1, 2), title=st.sampled_from(["", "A"])), max_size=2
    ).map(tuple),
).map(lambda said: clean(said)[0])


def merged(known: FilmFacts, said: FilmFacts, *, said_wins: bool = False) -> FilmFacts:
    return merge(known, said, said_wins=said_wins)[0]


@given(facts, facts, st.booleans())
def test_merging_the_same_again_changes_nothing(known: FilmFacts, said: FilmFacts, said_wins: bool) -> None:
    known = merged(FilmFacts(), known)
    once = merged(known, said, said_wins=said_wins)

    assert merged(once, said, said_wins=said_wins) == once


@given(facts, facts)
def test_what_both_say_alike_does_not_depend_on_who_came_first(known: FilmFacts, said: FilmFacts) -> None:
    there, back = (merged(merged(FilmFacts(), one), other) for one, other in ((known, said), (said, known)))

    assert set(there.external_ids) == set(back.external_ids)
    assert set(there.subjects) == set(back.subjects)
    assert {there.kind, back.kind} != {"film", "short"}


@given(facts, facts)
def test_nothing_that_is_known_is_lost_unless_the_facts_win(known: FilmFacts, said: FilmFacts) -> None:
    known = merged(FilmFacts(), known)
    after = merged(known, said)

    assert after.title == known.title
    assert after.countries == (known.countries or said.countries)
    assert set(known.other_titles) <= set(after.other_titles)
    assert set(known.subjects) <= set(after.subjects)
    assert after.length_seconds == (known.length_seconds or said.length_seconds)
    assert all(after.credits[role] == names for role, names in known.credits.items() if names)


def test_a_film_of_which_nothing_is_known_becomes_what_is_said() -> None:
    said, _remarks = clean(NANOOK)

    assert merged(FilmFacts(), said) == said


@pytest.mark.parametrize(
    ("known", "said", "expected"),
    [
        (PartialDate(1929), PartialDate(1929, 5, 1), PartialDate(1929, 5, 1)),
        (PartialDate(1929, 5, 1), PartialDate(1929), PartialDate(1929, 5, 1)),
        (PartialDate(1929), YearRange(1929, 1931), YearRange(1929, 1931)),
        (PartialDate(1929, 5), PartialDate(1929, 6), PartialDate(1929, 5)),
        (PartialDate(1929), PartialDate(1930), PartialDate(1929)),
    ],
)
def test_a_more_exact_date_of_the_same_year_is_taken_over(
    known: PartialDate, said: PartialDate | YearRange, expected: PartialDate | YearRange
) -> None:
    assert merged(replace(film(), released=known), replace(film(), released=said)).released == expected


def test_what_was_not_taken_over_is_named_beside_what_was_kept() -> None:
    known = film("Rain", 1929, credits={"director": ("Ann", "Ben")}, synopsis="Rings. " * 40)
    said = film("Rain", 1930, credits={"director": ("Ben", "Cid")}, synopsis="A gutter.")

    _after, remarks = merge(known, said, said_wins=False)

    assert [(remark.field, remark.value) for remark in remarks] == [
        ("year", "1930"),
        ("director", "Cid"),
        ("synopsis", "A gutter."),
    ]
    assert remarks[1].kept == "Ann; Ben"
    assert len(remarks[2].kept) <= 100


def test_fewer_names_than_are_known_differ_in_nothing() -> None:
    known = film(kind="film", credits={"director": ("Ann", "Ben")}, countries=("US", "FR"))

    assert merge(known, film(credits={"director": ("Ben",)}, countries=("FR",)), said_wins=False) == (
        known,
        [],
    )


def test_a_title_that_loses_becomes_another_title() -> None:
    assert merged(film("Rain"), film("Regen")).other_titles == ("Regen",)
    assert merged(film("Rain"), film("RAIN!")) == film("Rain", kind="film")

    won = merged(film("Rain", other_titles=("Regen", "Pluie")), film("Regen"), said_wins=True)
    assert (won.title, won.other_titles) == ("Regen", ("Pluie", "Rain"))
