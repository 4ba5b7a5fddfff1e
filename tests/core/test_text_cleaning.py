"""Plain text from outside is one spelling, visible, and no longer than its place."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.text import TextTooLong, clean_line, clean_text, excerpt

# st.text() holds back the halves of surrogate pairs; forms and other sites do not.
ANY_TEXT = st.text(alphabet=st.characters() | st.characters(categories=["Cs", "Cf", "Cc", "Zs", "Mn"]))


@given(ANY_TEXT)
def test_a_cleaned_text_can_be_stored_anywhere_and_cleaning_it_again_changes_nothing(text: str) -> None:
    cleaned = clean_text(text, 10_000)

    cleaned.encode()
    assert not set(cleaned) & set("\0\r\u2028\x85\u202e\u2066\ufeff")
    assert clean_text(cleaned, 10_000) == cleaned


@given(ANY_TEXT, st.integers(1, 40))
def test_a_cleaned_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)

    assert len(line) <= limit
    assert line == " ".join(line.split())
    assert clean_line(line, limit) == line


def test_every_naughty_string_becomes_a_line(shared_data: Path) -> None:
    for text in json.loads((shared_data / "hostile" / "naughty_strings.json").read_text("utf-8")):
        line = clean_line(text, 200)
        assert len(line.splitlines()) <= 1
        assert {unicodedata.category(character) for character in line}.isdisjoint({"Cc", "Cs"})


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        ("  Nanook \t of\r\nthe\u00a0North ", "Nanook of the North"),
        ("Shoah\0\x07\x1b[31m", "Shoah[31m"),
        ("Cafe\u0301", "Café"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2067\u05d0\u2069", "א"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d character", "half character"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("a\u2028b\x0cc", "a b c"),
    ],
)
def test_a_title_from_outside_becomes_one_plain_line(outside: str, inside: str) -> None:
    assert clean_line(outside, 100) == inside


def test_lines_of_a_text_stay_apart_however_they_ended() -> None:
    assert clean_text("a\r\nb\rc\u2028d\n\te", 100) == "a\nb\nc\nd\n\te"


def test_a_text_is_measured_after_cleaning() -> None:
    assert clean_text("a\r\nb\0", 3) == "a\nb"
    with pytest.raises(TextTooLong) as refusal:
        clean_text("a\r\nbc", 3)
    assert (refusal.value.length, refusal.value.limit) == (4, 3)


def test_a_pile_of_marks_is_cut_before_it_costs_time() -> None:
    begun = time.process_time()

    cleaned = clean_text("a" + "\u0301\u0327" * 100_000 + "b", 1_000_000)

    assert time.process_time() - begun < 3  # normalising all of it takes half a minute
    assert len(cleaned) < 15
    assert cleaned.endswith("b")


@pytest.mark.parametrize(
    ("text", "length", "kept"),
    [
        ("Short enough", 12, "Short enough"),
        ("A film about a town", 12, "A film…"),
        ("A film about a town", 13, "A film about…"),
        ("A film, about a town", 9, "A film…"),
        ("two\nlines", 20, "two lines"),
        ("千と千尋の神隠し", 5, "千と千尋…"),
        ("a https://films.example/long", 12, "a https://f…"),
        ("word", 1, "…"),
    ],
)
def test_an_excerpt_ends_between_words_where_there_are_words(text: str, length: int, kept: str) -> None:
    assert excerpt(text, length) == kept


@given(st.text(), st.integers(1, 60))
def test_an_excerpt_begins_as_the_text_does_and_fits(text: str, length: int) -> None:
    short = excerpt(text, length)

    assert len(short) <= length
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
