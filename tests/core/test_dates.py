"""Dates that are known in part, and runs of years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.dates import PartialDate, YearRange

YEARS = st.integers(1800, 2100)
DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31))
DATES = (
    YEARS.map(PartialDate)
    | DAYS.map(lambda day: PartialDate(day.year, day.month))
    | DAYS.map(lambda day: PartialDate(day.year, day.month, day.day))
)
RANGES = st.builds(
    lambda first, more: YearRange(first, min(first + more, 2100)), YEARS, st.integers(0, 300)
) | (YEARS.map(lambda first: YearRange(first, None)))


@given(DATES)
def test_a_date_reads_back_as_it_was_written(partial: PartialDate) -> None:
    assert PartialDate.parse(str(partial)) == partial


@given(DATES, DATES)
def test_dates_stand_in_the_order_of_their_texts(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (str(one) < str(other))
    assert (one <= other) == (str(one) <= str(other))


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("1942", PartialDate(1942)),
        ("1942-10", PartialDate(1942, 10)),
        (" 1942-10-27 ", PartialDate(1942, 10, 27)),
        ("2000-02-29", PartialDate(2000, 2, 29)),
    ],
)
def test_a_date_may_be_known_in_part(text: str, partial: PartialDate) -> None:
    assert PartialDate.parse(text) == partial


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Write a date as"),
        ("27.10.1942", "Write a date as"),
        ("1942-1-2", "Write a date as"),
        ("1942-10-", "Write a date as"),
        ("42", "Write a date as"),
        ("１９４２", "Write a date as"),
        ("1942-10-27T00:00", "Write a date as"),
        ("1942-13", "no such date as 1942-13"),
        ("1942-00", "no such date as 1942-00"),
        ("1942-02-30", "no such date as 1942-02-30"),
        ("1900-02-29", "no such date as 1900-02-29"),
        ("1942-10-00", "no such date as 1942-10-00"),
        ("1799", "1799 is not between 1800 and 2100"),
        ("2101", "2101 is not between 1800 and 2100"),
        ("0000", "0 is not between 1800 and 2100"),
    ],
)
def test_a_wrong_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(1942, None, 27)


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_what_is_no_date_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(ValueError, match="Write a date as"):
        PartialDate.parse(text)
    with pytest.raises(ValueError, match="Write years as"):
        YearRange.parse(text)


@given(RANGES)
def test_years_read_back_as_they_were_written_and_as_they_are_shown(years: YearRange) -> None:
    assert YearRange.parse(str(years)) == years
    assert YearRange.parse(years.label()) == years


@pytest.mark.parametrize(
    ("text", "years", "label"),
    [
        ("1942", YearRange(1942, 1942), "1942"),
        ("1942-1945", YearRange(1942, 1945), "1942–1945"),
        ("1942 – 1945", YearRange(1942, 1945), "1942–1945"),
        ("1942—1942", YearRange(1942, 1942), "1942"),
        ("1942-", YearRange(1942, None), "1942–"),
    ],
)
def test_years_are_one_or_several_or_still_going_on(text: str, years: YearRange, label: str) -> None:
    assert YearRange.parse(text) == years
    assert years.label() == label


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1945-1942", "The last year, 1942, lies before the first, 1945"),
        ("1942-45", "Write years as"),
        ("1942-10-27", "Write years as"),
        ("-1942", "Write years as"),
        ("about 1942", "Write years as"),
        ("1700-1942", "1700 is not between"),
        ("1942-2200", "2200 is not between"),
    ],
)
def test_wrong_years_are_refused_with_their_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        YearRange.parse(text)


@pytest.mark.parametrize(("first", "decade"), [(1939, 1930), (1940, 1940), (2000, 2000)])
def test_years_belong_to_the_decade_in_which_they_began(first: int, decade: int) -> None:
    assert YearRange(first, 2003).decade == decade
