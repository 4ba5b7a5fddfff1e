"""What was changed in a text, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.text.comparing import Change, changes

TEXT = st.lists(st.sampled_from(["the", "maps", "are", "lies", " ", "\n\n", "e\u0301", "<b>"])).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The maps lie.", "The maps lie.", [("", "", "The maps lie.")]),
        ("The maps lie", "The maps never lie", [("", "", "The maps"), ("", " never", " lie")]),
        ("It ends at noon.", "It ends at noon, sharp.", [("", "", "It ends at noon"), ("", ", sharp", ".")]),
        ("It ends", "It ends well", [("", "", "It ends"), ("", " well", "")]),
        ("not his best film", "a bad film", [("not his best", "a bad", " film")]),
        ("One. Two.", "One.\n\nTwo.", [("", "", "One."), (" Two", "\n\nTwo", ".")]),
        ("Lies.\n\nArt.", "Lies!\n\nArt.", [("", "", "Lies"), (".", "!", "\n\nArt.")]),
        ("a की b", "a का b", [("", "", "a"), (" की", " का", " b")]),
        ("", "Now.", [("", "Now.", "")]),
        ("", "", []),
    ],
)
def test_what_was_taken_out_stands_before_what_was_put_in(
    before: str, after: str, expected: list[Change]
) -> None:
    assert changes(before, after) == expected


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_changes(before: str, after: str) -> None:
    found = changes(before, after)

    assert "".join(change.gone + change.kept for change in found) == before
    assert "".join(change.new + change.kept for change in found) == after


@given(TEXT)
def test_where_nothing_changed_nothing_is_shown_as_changed(text: str) -> None:
    assert not any(change.gone or change.new for change in changes(text, text))
