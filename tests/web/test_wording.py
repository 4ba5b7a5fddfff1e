"""How facts are said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verite.catalogue.queries.film_page import Named
from verite.web.credits import MOST_AT_ONCE, ROLES, credits_of
from verite.web.linked_data import data_block
from verite.web.reading import opening, reading_minutes, size
from verite.web.wording import country, date, duration, instant, language, listed, number, released, role


@dataclass(frozen=True)
class Release:
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_year: int | None = None
    is_running: bool = False


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 s"),
        (59, "59 s"),
        (60, "1 min"),
        (89, "1 min"),
        (3569, "59 min"),
        (3571, "1 h"),
        (3600, "1 h"),
        (24995, "6 h 57 min"),
        (360_000, "100 h"),
    ],
)
def test_lengths(seconds: int, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("film", "said"),
    [
        (Release(), ""),
        (Release(1942), "1942"),
        (Release(1942, 10), "October 1942"),
        (Release(1942, 10, 7), "7 October 1942"),
        (Release(1942, last_year=1945), "1942–45"),
        (Release(1998, last_year=2003), "1998–2003"),
        (Release(1999, is_running=True), "since 1999"),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(film: Release, said: str) -> None:
    assert released(film) == said


def test_days_and_instants_are_said_in_one_zone() -> None:
    late = datetime(2019, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-2)))

    assert date(late) == "3 March 2019"
    assert instant(late) == "2019-03-03T01:30:00Z"


def test_names_of_places_tongues_and_roles() -> None:
    assert [country("US"), country("SU")] == ["United States", "Soviet Union"]
    assert [language("en"), language("pt-BR")] == ["English", "Brazilian Portuguese"]
    assert [role("director", 1), role("director", 2), role("made_for", 2)] == [
        "Director",
        "Directors",
        "Made for",
    ]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert number(9214) == "9,214"


@given(st.dictionaries(st.sampled_from(ROLES), st.integers(1, 30)))
def test_a_cast_is_whole_however_it_is_folded(cast: dict[str, int]) -> None:
    people = {
        role: tuple(Named(n, f"{role}-{n}", f"{role} {n}") for n in range(count))
        for role, count in cast.items()
    }

    lines = credits_of(people)

    named = [person.slug for _, names in lines.shown + lines.folded for person in names]
    assert sorted(named) == sorted(person.slug for names in people.values() for person in names)
    assert bool(lines.folded) <= (len(named) > MOST_AT_ONCE)


@example({"title": ["</script><!--", "\u2028&amp;"]})
@given(st.dictionaries(st.text(), st.lists(st.text())))
def test_a_data_block_says_the_same_and_cannot_end_early(facts: dict[str, list[str]]) -> None:
    block = data_block(facts)

    assert json.loads(block) == facts
    assert not set("<>&\u2028\u2029") & set(block)


def test_minutes_to_read_count_words_not_markup() -> None:
    assert reading_minutes(["<p>One <em>word</em>.</p>"]) == 1
    assert reading_minutes([f"<p>{'word ' * 220}</p>", f"<p>{'<b>word</b> ' * 440}</p>"]) == 3


@given(st.text())
def test_an_opening_is_one_line_and_short(text: str) -> None:
    beginning = opening(text, most=160)

    assert len(beginning) <= 160
    assert "\n" not in beginning


@pytest.mark.parametrize(
    ("title", "attribute"),
    [
        ("Why We Fight", ""),
        ("", ""),
        ("The Plow That Broke the Plains", ' data-size="m"'),
        ("Koyaanisqatsi", ' data-size="m"'),
        ("x" * 300, ' data-size="l"'),
        ("word " * 60, ' data-size="l"'),
    ],
)
def test_long_titles_are_set_smaller(title: str, attribute: str) -> None:
    assert size(title) == attribute
