"""Paragraphs that keep their keys across edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verite.catalogue.paragraphs import carry_keys

OLD = [
    ("a", "It begins with an empty cinema. The seats fold themselves down and the audience comes in."),
    ("b", "What it shows is ordinary. People wake, wash, catch trams, sort cigarettes into boxes."),
    ("c", "Underneath lies an argument about work, and about who is seen to be doing it."),
    ("d", "See it with any of the many scores that have been written for it, or once with none."),
]
TEXTS = [text for _key, text in OLD]
NEW = "A paragraph that nobody has read before, on the weather in Odesa and the price of film stock."

words = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]),
    min_size=1,
    max_size=9,
)
paragraphs = words.map(" ".join)
texts = st.lists(paragraphs, max_size=8)


def keyed(old: list[str]) -> list[tuple[str, str]]:
    return [(f"key{place}", text) for place, text in enumerate(old)]


@given(texts, texts)
def test_no_two_paragraphs_share_a_key_and_no_key_is_given_to_two(old: list[str], new: list[str]) -> None:
    keys = carry_keys(keyed(old), new)

    assert len(keys) == len(set(keys)) == len(new)
    assert all(0 < len(key) <= 12 for key in keys)


@given(texts, texts)
def test_an_unchanged_paragraph_has_a_key_of_its_text_wherever_it_stands(
    old: list[str], new: list[str]
) -> None:
    before = keyed(old)
    keys = carry_keys(before, new)

    for text in set(old) & set(new):
        of_this_text = {key for key, each in before if each == text}
        kept = [key for key, each in zip(keys, new, strict=True) if each == text and key in of_this_text]
        assert len(kept) == min(old.count(text), new.count(text))


@given(st.lists(paragraphs, unique=True, max_size=8), st.data())
def test_insertions_deletions_and_moves_leave_every_other_key_where_it_was(
    old: list[str], data: st.DataObject
) -> None:
    of = {text: key for key, text in keyed(old)}
    kept = data.draw(st.permutations(old).map(lambda order: order[: len(order) // 2 + 1]))
    inserted = data.draw(st.lists(st.sampled_from([NEW, NEW.upper()]), max_size=2, unique=True))
    new = data.draw(st.permutations([*kept, *inserted]))

    keys = carry_keys(keyed(old), new)

    assert all(key == of[text] for key, text in zip(keys, new, strict=True) if text in of)


def test_the_same_text_keeps_every_key() -> None:
    assert carry_keys(OLD, TEXTS) == ["a", "b", "c", "d"]


def test_an_edited_paragraph_keeps_its_key() -> None:
    edited = TEXTS[1].replace("ordinary", "ordinary, or seems so").replace("trams", "buses")

    assert carry_keys(OLD, [TEXTS[0], NEW, edited, TEXTS[3]])[2] == "b"


def test_a_paragraph_that_was_edited_and_moved_keeps_its_key() -> None:
    assert carry_keys(OLD, [TEXTS[3] + " Twice, even.", TEXTS[0]]) == ["d", "a"]


def test_another_paragraph_in_the_same_place_is_another_paragraph() -> None:
    keys = carry_keys(OLD, [TEXTS[0], NEW, TEXTS[2], TEXTS[3]])

    assert keys[1] not in {"a", "b", "c", "d"}


def test_of_a_paragraph_that_was_split_one_half_keeps_the_key() -> None:
    first, second = TEXTS[0].split(". ")

    keys = carry_keys(OLD, [first + ".", second, *TEXTS[1:]])

    assert (keys[0] == "a") != (keys[1] == "a")
    assert keys[2:] == ["b", "c", "d"]


def test_of_several_alike_the_nearest_is_taken() -> None:
    old = [("x", "Part one: watch it twice."), ("y", NEW), OLD[0], ("z", "Part one: watch it twice.")]

    assert carry_keys(old, [NEW, TEXTS[0], "Part one: watch it thrice."]) == ["y", "a", "z"]


def test_repeated_paragraphs_keep_their_order() -> None:
    old = [("x", "***"), ("y", NEW), ("z", "***")]

    assert carry_keys(old, ["***", NEW, "***"]) == ["x", "y", "z"]
    assert carry_keys(old, [NEW, "***"]) == ["y", "z"]
