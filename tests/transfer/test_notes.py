"""What was left out, in short."""

from __future__ import annotations

from verite.transfer.notes import MOST_SORTS, Note, Sorts


def lines(*notes: Note) -> list[str]:
    sorts = Sorts()
    for note in notes:
        sorts.add(note)
    return list(sorts.lines())


def test_notes_that_say_the_same_stand_below_one_heading_with_their_fields_counted() -> None:
    unknown = "No field of a film is called so."

    said = lines(
        *(Note(line, "price", "9", unknown) for line in range(1, 5)), Note(9, "colour", "red", unknown)
    )

    assert said == [
        "No field of a film is called so. (5)",
        "  price 4, colour 1",
        "  line 1: price “9”",
        "  line 2: price “9”",
        "  line 3: price “9”",
        "  …",
    ]


def test_damage_here_and_there_is_one_sort_and_each_keeps_its_place() -> None:
    said = lines(*(Note(line, "xml", "", f"Line {line}, column 3: damaged.") for line in (12, 90)))

    assert said == [
        "Line …, column …: damaged. (2)",
        "  line 12: xml: Line 12, column 3: damaged.",
        "  line 90: xml: Line 90, column 3: damaged.",
    ]


def test_what_was_refused_says_why_each_time() -> None:
    assert lines(Note(4, "", "", "No title."), Note(5, "", "", "No title.")) == [
        "Refused (2)",
        "  line 4: No title.",
        "  line 5: No title.",
    ]


def test_a_file_of_endless_variety_does_not_fill_memory_or_the_screen() -> None:
    said = lines(*(Note(1, "x", "", "so" + chr(0x4E00 + place)) for place in range(MOST_SORTS * 3)))

    assert f"Others ({MOST_SORTS * 2})" in said
    assert len(said) < MOST_SORTS * 4
