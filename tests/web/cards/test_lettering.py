"""Which words can be set, and how they are broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.web.cards.lettering import DOT, SANS, SERIF, Face, fitted, settable

SIZES = (80, 60, 40)
COVERED = st.text("abcdefghijklmnopqrstuvwxyzÀéßØœ ABC123.,:;!?’“”—–…&-", min_size=1, max_size=400)


@pytest.mark.parametrize("face", [SERIF, SANS])
@pytest.mark.parametrize(
    "title",
    ["نانوك ابن الشمال", "北方的纳努克", "Kino 🎬", "Ночь", "a\ufffd", "a\uffff", "\ud800", "ẗ̈́"],
)
def test_a_title_with_a_character_that_the_face_lacks_is_left_out_whole(title: str, face: Face) -> None:
    assert settable(title, face) == ""


@pytest.mark.parametrize("face", [SERIF, SANS])
@pytest.mark.parametrize(
    "title",
    [
        "Être et avoir",
        "Rabbit à la Berlin — “œuvre”",
        "Ça ira… £50 ½ ¿Qué?",
        "Dogs’ 100% @home",
        "Łódź Symphony",
        "Dušan, Őze i Țepeș",
        "Əliyev’in İstanbul’u",
        "Chuyện tử tế của Trần Văn Thủy",
        "Ṣalāḥ al-Dīn",
    ],
)
def test_a_title_in_latin_letters_is_set_as_it_is(title: str, face: Face) -> None:
    assert settable(title, face) == title


@pytest.mark.parametrize(
    ("title", "set_as"),
    [
        ("evil\u202egnp.exe\u2066", "evilgnp.exe"),
        ("nul\x00 and\x1b bell\x07", "nul and bell"),
        ("  two \n lines\u2029and\xa0more\t", "two lines and more"),
        ("zero\u200bwidth\ufeff soft\xadhyphen", "zerowidth softhyphen"),
        ("non\u2011breaking", "non-breaking"),
        ("e\u0301tude", "étude"),
        ("\ufb01ne Ｗide", "fine Wide"),
    ],
)
def test_invisible_characters_go_and_other_forms_of_a_letter_become_the_letter(
    title: str, set_as: str
) -> None:
    assert settable(title, SERIF) == set_as


@given(title=st.text(max_size=300))
def test_whatever_is_set_has_no_control_character_and_no_box(title: str) -> None:
    words = settable(title, SERIF)

    assert words.isprintable()
    assert settable(words, SERIF) == words


@given(title=COVERED)
def test_every_line_fits_the_width_and_all_lines_the_height(title: str) -> None:
    setting = fitted(settable(title, SERIF), SERIF, sizes=SIZES, width=440, height=300)

    assert all(setting.font.getlength(words) <= 440 + 1 for words in setting.lines)
    assert setting.height <= 300


@given(title=COVERED)
def test_no_letter_is_lost_unless_an_ellipsis_says_so(title: str) -> None:
    words = settable(title, SERIF)
    setting = fitted(words, SERIF, sizes=SIZES, width=440, height=300)
    shown, asked = "".join(setting.lines).replace(" ", ""), words.replace(" ", "")

    assert shown == asked or (shown.endswith("…") and asked.startswith(shown[:-1]))


def test_a_short_title_is_set_large_and_a_longer_one_smaller() -> None:
    titles = ("Rain", "The Plow That Broke the Plains", "On the Bowery, and Other Stories of One Long Year")
    sizes = [fitted(title, SERIF, sizes=SIZES, width=440, height=280).font.size for title in titles]

    assert sizes == [80, 80, 60]


def test_a_word_wider_than_the_line_makes_the_title_smaller_before_it_is_torn() -> None:
    assert fitted("Kleinstadtgeschichten", SERIF, sizes=SIZES, width=440, height=300).lines == (
        "Kleinstadtgeschichten",
    )
    assert len(fitted("x" * 90, SERIF, sizes=SIZES, width=440, height=300).lines) > 1


def test_two_lines_are_evenly_long() -> None:
    setting = fitted("Berlin: Symphony of a City", SERIF, sizes=(40,), width=400, height=100)

    assert setting.lines == ("Berlin: Symphony", "of a City")


def test_a_title_too_long_for_the_smallest_size_ends_after_a_whole_word() -> None:
    setting = fitted("Wind and water, " * 40, SERIF, sizes=SIZES, width=440, height=130)

    assert len(setting.lines) == 3
    assert setting.lines[-1].endswith(("Wind…", "and…", "water…"))


def test_a_dot_between_two_facts_is_dropped_where_the_line_ends() -> None:
    facts = f"{DOT} ".join(["1942", "War and propaganda", "7 parts", "6 h 57 min"])
    setting = fitted(facts, SANS, sizes=(28,), width=330, height=100)

    assert len(setting.lines) == 2
    assert not any(line.startswith("·") or line.endswith("·") for line in setting.lines)
    assert "1942\xa0· War" in setting.lines[0]
