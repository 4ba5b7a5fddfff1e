"""Cursors and page numbers, whatever is sent in their place."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.paging import (
    BadCursor,
    NoSuchPage,
    Page,
    Value,
    decode,
    encode,
    last_page,
    moment_of_value,
    page_number,
    value_of_moment,
)

INTEGERS = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=30)
VALUES = st.lists(INTEGERS | TEXTS, max_size=4)


def packed(thing: object) -> str:
    """A cursor as somebody would forge it."""
    return urlsafe_b64encode(json.dumps(thing, separators=(",", ":")).encode()).rstrip(b"=").decode()


@given(st.sampled_from(["title", "newest"]), VALUES)
def test_a_cursor_carries_its_values_through_an_address(order: str, values: list[Value]) -> None:
    cursor = encode(order, values)

    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert cursor.isascii()
    assert decode(cursor, order, [type(value) for value in values]) == tuple(values)


@given(st.text() | st.binary().map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_whatever_is_no_cursor_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(BadCursor):
        decode(text, "title", [str, int])


@given(st.recursive(st.none() | st.booleans() | st.floats() | INTEGERS | TEXTS, st.lists))
def test_a_forged_cursor_brings_in_no_other_kind_of_value(forged: object) -> None:
    with pytest.raises(BadCursor):
        decode(packed(["title", forged, forged, forged]), "title", [str, int])
    if type(forged) is not int:
        with pytest.raises(BadCursor):
            decode(packed(["title", forged]), "title", [int])


@pytest.mark.parametrize(
    "forged",
    [
        packed(["newest", "shoah", 12]),
        packed(["title", "shoah"]),
        packed(["title", "shoah", 12, 13]),
        packed(["title", 12, "shoah"]),
        packed(["title", "shoah", True]),
        packed(["title", "shoah", 12.0]),
        packed(["title", "shoah", None]),
        packed(["title", "shoah", 2**63]),
        packed(["title", "sho\0ah", 12]),
        packed(["title", "sho\ud800ah", 12]),
        packed({"title": ["shoah", 12]}),
        packed("title"),
        packed(12),
        packed([]),
        urlsafe_b64encode(b'["title", "shoah", 12]').decode(),
        urlsafe_b64encode('["title","shoah",12]'.encode("utf-16")).decode(),
        urlsafe_b64encode(b'["title","shoah",' + b"1" * 400 + b"]").decode(),
        urlsafe_b64encode(b"[" * 400).decode(),
        "",
        "é",
        "=",
        encode("title", ["shoah", 12]) + "=",
        encode("title", ["shoah", 12]) + "\n",
        encode("title", ["shoah", 12])[:-1],
        packed(["title", "a" * 1000, 12]),
    ],
)
def test_a_cursor_from_elsewhere_is_refused(forged: str) -> None:
    with pytest.raises(BadCursor):
        decode(forged, "title", [str, int])


@pytest.mark.parametrize("values", [["a" * 1000], [2**63], [-(2**63) - 1], ["\0"], ["\ud800"]])
def test_no_cursor_is_given_out_that_would_not_be_taken_back(values: list[Value]) -> None:
    with pytest.raises(ValueError, match="No cursor"):
        encode("title", values)


@pytest.mark.parametrize(
    ("text", "number"), [(None, 1), ("", 1), ("1", 1), ("7", 7), (" 7 ", 7), ("007", 7), ("41", 41)]
)
def test_a_page_is_read_leniently(text: str | None, number: int) -> None:
    assert page_number(text, last=41) == number


@pytest.mark.parametrize("text", ["0", "-1", "42", "x", "1.5", "٣", "²", "1e3", "1 2", "\0", "9" * 5000])
def test_what_is_no_page_of_the_list_is_answered_with_the_last_one(text: str) -> None:
    assert page_number(text, last=41) == NoSuchPage(last=41)


@pytest.mark.parametrize(("total", "last"), [(0, 1), (1, 1), (24, 1), (25, 2), (48, 2), (49, 3)])
def test_every_item_of_a_list_has_its_page(total: int, last: int) -> None:
    assert last_page(total, 24) == last


@pytest.mark.parametrize(
    ("number", "last", "has_previous", "has_next"),
    [(1, 1, False, False), (1, 2, False, True), (2, 3, True, True), (3, 3, True, False)],
)
def test_a_page_knows_its_neighbours(number: int, last: int, has_previous: bool, has_next: bool) -> None:
    page = Page(items=["film"], number=number, last=last, total=60)

    assert (page.has_previous, page.has_next) == (has_previous, has_next)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_goes_through_a_cursor_to_the_microsecond(moment: datetime) -> None:
    assert moment_of_value(value_of_moment(moment)) == moment


@pytest.mark.parametrize("value", [2**63 - 1, -(2**63)])
def test_a_number_that_is_no_moment_is_refused(value: int) -> None:
    with pytest.raises(BadCursor):
        moment_of_value(value)
