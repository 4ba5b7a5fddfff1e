"""How long a film is, as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.transfer.lengths import LONGEST_SECONDS, read_length

HOUR = 3600


@pytest.mark.parametrize(
    "text",
    [
        "93",
        "93 min",
        "93min.",
        "93 minutes",
        "93'",
        "93′",
        "1 h 33",
        "1h33",
        "1h 33m",
        "1 hr 33 min",
        "1 hour and 33 minutes",
        "1 hour, 33 minutes",
        "1 Std. 33 Min.",
        "1:33:00",
        "1:33",
        "93:00",
        "PT1H33M",
        "PT93M",
        "pt5580s",
        "1.55 hours",
        "1,55 h",
        "~93 min",
        "ca. 93 min",
        " 93  min ",
    ],
)
def test_ninety_three_minutes_are_found_however_they_are_written(text: str) -> None:
    assert read_length(text) == 93 * 60


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45 sec", 45),
        ("1 h 20 s", HOUR + 20),
        ("1h 33min 20s", HOUR + 33 * 60 + 20),
        ("0:32", 32 * 60),
        ("10:32", 10 * 60 + 32),
        ("2h", 2 * HOUR),
        ("PT45.5S", 45),
        ("01:02:03.500", HOUR + 2 * 60 + 3),
    ],
)
def test_hours_minutes_and_seconds_are_told_apart(text: str, seconds: int) -> None:
    assert read_length(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 Season",
        "3 Seasons",
        "h",
        "PT",
        "0",
        "0:00",
        "-5",
        "1:75",
        "1:75:00",
        "8 x 45 min",
        "4 5 sec",
        "9" * 400,
        "9 h x",
    ],
)
def test_what_is_no_length_is_none(text: str) -> None:
    assert read_length(text) is None


@given(st.integers(1, LONGEST_SECONDS))
def test_a_clock_tells_every_length(seconds: int) -> None:
    assert read_length(f"{seconds // HOUR}:{seconds // 60 % 60:02}:{seconds % 60:02}") == seconds


@given(st.text(max_size=40))
def test_any_text_is_a_sensible_length_or_none(text: str) -> None:
    found = read_length(text)

    assert found is None or 1 <= found <= LONGEST_SECONDS
