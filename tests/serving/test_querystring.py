"""One spelling for every way of asking for the same page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from verite.core.querystring import MOST_FIELDS, normalised

PARAMS = ("sort", "subject", "part")
MANY = frozenset({"subject"})

names = st.sampled_from([*PARAMS, "utm_source", "", "sort "])
pairs = st.lists(st.tuples(names, st.text(max_size=8)), max_size=12)


def cleaned(query: str) -> str:
    return normalised(query, PARAMS, MANY)


@given(pairs)
def test_spelling_it_again_changes_nothing(given_pairs: list[tuple[str, str]]) -> None:
    once = cleaned(urlencode(given_pairs))
    assert cleaned(once) == once


@given(pairs, st.randoms())
def test_the_order_of_different_parameters_does_not_matter(
    given_pairs: list[tuple[str, str]], random: object
) -> None:
    by_name = sorted(given_pairs, key=lambda pair: pair[0])
    assert cleaned(urlencode(by_name)) == cleaned(urlencode(given_pairs))


@given(pairs)
def test_a_view_reads_in_it_what_it_would_have_read_in_the_original(
    given_pairs: list[tuple[str, str]],
) -> None:
    given_pairs = [(name, value) for name, value in given_pairs if value]
    original, ours = QueryDict(urlencode(given_pairs)), QueryDict(cleaned(urlencode(given_pairs)))
    for name in ("sort", "part"):
        assert ours.get(name) == original.get(name)
    assert set(ours.getlist("subject")) == set(original.getlist("subject"))
    assert set(ours) <= set(PARAMS)


@given(st.text(max_size=40))
def test_whatever_is_typed_into_the_address_bar_has_a_spelling(query: str) -> None:
    assert set(parse_qs(cleaned(query))) <= set(PARAMS)


def test_empty_fields_of_a_form_are_as_good_as_none() -> None:
    assert cleaned("sort=&subject=&part=2") == "part=2"


def test_a_flood_of_parameters_is_refused() -> None:
    with pytest.raises(ValueError, match="fields"):
        cleaned("&".join(f"a{number}=1" for number in range(MOST_FIELDS + 1)))
