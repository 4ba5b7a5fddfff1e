"""What people write in the cells of a film CSV."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.dates import PartialDate, YearRange
from verite.transfer.films_csv.cells import is_nothing, read_kind, read_released, split_addresses, split_list


@pytest.mark.parametrize(
    ("cell", "released"),
    [
        ("1942", PartialDate(1942)),
        (" 1942.0 ", PartialDate(1942)),
        ("1942-10", PartialDate(1942, 10)),
        ("1942-10-27", PartialDate(1942, 10, 27)),
        ("1942–1945", YearRange(1942, 1945)),
        ("1942 - 1945", YearRange(1942, 1945)),
        ("1942/1945", YearRange(1942, 1945)),
        ("1942–45", YearRange(1942, 1945)),
        ("1942-45", YearRange(1942, 1945)),
        ("1998–02", YearRange(1998, 2002)),
        ("2016-", YearRange(2016, None)),
        ("2016–present", YearRange(2016, None)),
        ("since 2016", YearRange(2016, None)),
    ],
)
def test_years_dates_and_ranges_are_read(cell: str, released: PartialDate | YearRange) -> None:
    assert read_released(cell) == released


@pytest.mark.parametrize(
    "cell", ["3000", "42", "1942-13", "1945-1942", "27/10/1942", "c. 1942", "1942?", "1999/03", "nineteen"]
)
def test_what_is_no_year_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_released(cell)


@given(st.text(max_size=20) | st.from_regex(r"(since )?[0-9]{4} ?[-–/]? ?[0-9]{0,4}", fullmatch=True))
def test_any_text_is_a_date_or_no_value(cell: str) -> None:
    with suppress(ValueError):
        assert isinstance(read_released(cell), PartialDate | YearRange)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Film", "film"),
        ("tv movie", "film"),
        ("short film", "short"),
        ("TV-Short", "short"),
        ("Mini-Series", "series"),
        ("tvSeries", "series"),
        ("podcast", None),
    ],
)
def test_kinds_are_read(cell: str, kind: str | None) -> None:
    assert read_kind(cell) == kind


def test_a_list_is_separated_by_semicolons_and_nothing_else() -> None:
    assert split_list("Ann Lee; Ben, Jr ;; n/a;Cid|Dee") == ("Ann Lee", "Ben, Jr", "Cid|Dee")


def test_addresses_may_hold_semicolons_themselves() -> None:
    assert split_addresses(
        " https://a.example/x;y=1;https://b.example/z https://c.example ; d.example ;"
    ) == (
        "https://a.example/x;y=1",
        "https://b.example/z",
        "https://c.example",
        "d.example",
    )


@pytest.mark.parametrize("cell", ["", "  ", "N/A", "-", "—", "null", "\\N", "Unknown"])
def test_marks_for_nothing_say_nothing(cell: str) -> None:
    assert is_nothing(cell)
