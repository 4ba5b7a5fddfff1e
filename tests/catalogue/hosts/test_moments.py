"""Moments are read as people write them and written as clocks show them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verite.catalogue.hosts.moments import LONGEST, read_start, write_moment

moment = st.integers(0, LONGEST - 1)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0),
        ("754", 754),
        ("754s", 754),
        ("754.9", 754),
        ("0090", 90),
        (" 754 ", 754),
        ("12m34s", 754),
        ("12m34", 754),
        ("12M34S", 754),
        ("12 m 34 s", 754),
        ("90m", 5400),
        ("90min", 5400),
        ("1h", 3600),
        ("1h30", 5400),
        ("1h2m3s", 3723),
        ("01h02m03s", 3723),
        ("1h3s", 3603),
        ("0:07", 7),
        ("0:7", 7),
        ("12:34", 754),
        ("90:00", 5400),
        ("1:02:03", 3723),
        ("01:02:03.5", 3723),
        ("99:59:59", LONGEST - 1),
    ],
)
def test_a_moment_is_read_in_every_spelling(written: str, seconds: int) -> None:
    assert read_start(written) == seconds


@pytest.mark.parametrize(
    "written",
    [
        *["", " ", "soon", "-5", "+5", "1:60", "1:2:3:4", ":30", "1:", "m", "s", "1s2m", "5x", "1e3", "٣"],
        *["100h", "360000", "9" * 5000, "1:" + "9" * 5000],
    ],
)
def test_what_names_no_moment_of_a_film_is_none(written: str) -> None:
    assert read_start(written) is None


@given(moment)
def test_a_written_moment_is_read_back(seconds: int) -> None:
    assert read_start(write_moment(seconds)) == seconds


@given(moment)
def test_all_spellings_of_a_moment_agree(seconds: int) -> None:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)

    assert {
        read_start(f"{seconds}"),
        read_start(f"{hours}h{minute}m{second}s"),
        read_start(f"{hours}:{minute}:{second:02}"),
    } == {seconds}


@given(st.text() | st.text("0123456789:hms. "))
@example("9" * 5000)
def test_any_text_is_a_moment_of_a_film_or_none(text: str) -> None:
    assert read_start(text) is None or read_start(text) in range(LONGEST)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0:00"), (7, "0:07"), (754, "12:34"), (3600, "1:00:00"), (36_005, "10:00:05")],
)
def test_a_moment_is_written_as_a_clock_shows_it(seconds: int, written: str) -> None:
    assert write_moment(seconds) == written


def test_there_is_no_moment_before_the_start() -> None:
    with pytest.raises(ValueError, match="before its start"):
        write_moment(-1)
