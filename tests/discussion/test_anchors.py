"""Quotes out of a review: taken when a note is posted, found again when the review was edited."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from verite.core.text.cleaning import legible, normalised
from verite.discussion.anchors import (
    CONTEXT,
    MOST_CHARACTERS,
    NotThere,
    Paragraph,
    Placed,
    Quote,
    place,
    place_all,
    plain_text,
    quoted,
    whole_paragraph,
)

ON_CREWS = (
    "Nobody in the film is named, and nobody is asked anything. The camera stands where a tired person would"
    " stand, a little to the side, and waits for the tram like everybody else."
)
ON_SOUND = (
    "The sound was made afterwards. What seems to be the harbour is a bathtub, and the film never hides it:"
    " in the last reel we are shown the bathtub."
)
ON_LAW = (
    "Whoever owns the negative has so far refused every request. Copies circulate, and they are good ones."
)
REVIEW = [Paragraph("crews", ON_CREWS), Paragraph("sound", ON_SOUND), Paragraph("law", ON_LAW)]


def edited(**texts: str) -> list[Paragraph]:
    """The review with other texts; an empty one is taken out."""
    now = [Paragraph(each.key, texts.get(each.key, each.text)) for each in REVIEW]
    return [each for each in now if each.text]


def test_the_words_of_html_are_read_as_a_browser_selects_them() -> None:
    html = "<p>Rain &amp; <em>ste</em>am,<br>\nby   the&nbsp;river</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"

    assert plain_text(html) == "Rain & steam, by the river one two"


def test_a_quote_keeps_what_stands_around_it_within_its_paragraph() -> None:
    quote = quoted(REVIEW, "the film", paragraph="crews")

    assert quote == Quote("the film", "Nobody in ", " is named, and nobody is asked a", "crews", 10)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"prefix": "is a bathtub, and "}, "sound"),
        ({"suffix": " never hides it"}, "sound"),
        ({"paragraph": "sound"}, "sound"),
        ({"prefix": "Nobody in\n"}, "crews"),
        ({}, "crews"),
    ],
)
def test_of_words_that_stand_twice_those_are_meant_that_fit_what_is_told(
    told: dict[str, Any], found: str
) -> None:
    quote = quoted(REVIEW, "the film", **told)

    assert quote.paragraph == found


def test_of_words_that_stand_twice_in_a_paragraph_the_offset_says_which() -> None:
    first, second = (
        quoted(REVIEW, "bathtub", paragraph="sound", start=start) for start in (50, len(ON_SOUND) - 8)
    )

    assert first.prefix.endswith("harbour is a ")
    assert second.suffix == "."


def test_a_word_is_meant_rather_than_a_part_of_another() -> None:
    assert quoted([Paragraph("a", "The party took part.")], "part").start == 15


@pytest.mark.parametrize("selected", ["  so far\n refused ", "so\u200b far refused", "so far re\u00adfused"])
def test_white_space_and_what_cannot_be_seen_make_no_difference(selected: str) -> None:
    assert quoted(REVIEW, selected).exact == "so far refused"


def test_letters_taken_apart_are_the_same_letters() -> None:
    review = [Paragraph("a", "À propos de Nice, a café.")]

    assert quoted(review, unicodedata.normalize("NFD", "café")).exact == "café"


@pytest.mark.parametrize("selected", ["the films", "", " \n", "Nobody in the film is asked"])
def test_words_that_are_not_in_the_review_cannot_be_quoted(selected: str) -> None:
    with pytest.raises(NotThere):
        quoted(REVIEW, selected)


def test_words_over_two_paragraphs_are_cut_to_the_one_that_holds_most_of_them() -> None:
    quote = quoted(
        REVIEW, "like everybody else.\n\nThe sound was made afterwards. What seems", paragraph="crews"
    )

    assert quote.exact == "The sound was made afterwards. What seems"
    assert (quote.paragraph, quote.start, quote.prefix) == ("sound", 0, "")


def test_a_note_on_a_paragraph_quotes_all_of_it() -> None:
    assert whole_paragraph(REVIEW, "law") == Quote(ON_LAW, "", "", "law", 0)


@pytest.mark.parametrize("key", ["elsewhere", "rule"])
def test_a_paragraph_without_words_cannot_be_quoted(key: str) -> None:
    with pytest.raises(NotThere):
        whole_paragraph([*REVIEW, Paragraph("rule", "")], key)


def test_a_very_long_paragraph_is_quoted_by_its_beginning() -> None:
    long = [Paragraph("long", "To be continued. " * 2000)]

    assert len(whole_paragraph(long, "long").exact) == MOST_CHARACTERS
    assert place(whole_paragraph(long, "long"), long).state == "exact"


def test_the_same_words_between_the_same_words_are_exact_wherever_their_paragraph_went() -> None:
    quote = quoted(REVIEW, "a little to the side")
    moved = [Paragraph("new", "Words before."), *reversed(edited(crews=f"As we said: {ON_CREWS}"))]

    placed = place(quote, moved)

    assert placed == Placed("exact", 1.0, "crews", quote.start + 12, quote.start + 32, "a little to the side")


def test_words_that_were_put_into_another_paragraph_have_moved_there() -> None:
    quote = quoted(REVIEW, "never hides it")
    review = edited(sound="", law=f"{ON_LAW} {ON_SOUND}")

    placed = place(quote, review)

    assert (placed.state, placed.paragraph) == ("moved", "law")
    assert review[-1].text[placed.start : placed.end] == placed.exact_now == "never hides it"


def test_altered_words_have_moved_and_say_how_they_read_now() -> None:
    quote = quoted(REVIEW, "stands where a tired person would stand")
    review = edited(crews=ON_CREWS.replace("a tired person", "a very tired man"))

    placed = place(quote, review)

    assert (placed.state, placed.exact_now) == ("moved", "stands where a very tired man would stand")


def test_a_word_in_another_spelling_is_found_in_its_place() -> None:
    placed = place(quoted(REVIEW, "harbour"), edited(sound=ON_SOUND.replace("harbour", "Harbor")))

    assert (placed.state, placed.exact_now) == ("moved", "Harbor")


def test_words_between_words_that_were_written_anew_are_uncertain() -> None:
    quote = quoted(REVIEW, "hides")
    before, _comma, _after = ON_SOUND.partition(" and the film")
    review = edited(sound=f"{before} which a lesser work hides until the end.")

    placed = place(quote, review)

    assert (placed.state, placed.exact_now) == ("uncertain", "hides")
    assert 0.55 <= placed.score < 0.7


@pytest.mark.parametrize("words", ["the film", "The", "nobody is asked anything", ON_CREWS])
@pytest.mark.parametrize(
    "instead", ["", "A paragraph on the film and its music, which nobody had asked for."]
)
def test_a_quote_of_a_paragraph_that_is_gone_is_an_orphan_that_keeps_its_words(
    words: str, instead: str
) -> None:
    quote = quoted(REVIEW, words, paragraph="crews")

    placed = place(quote, [Paragraph("new", instead), *edited(crews="")])

    assert placed == Placed("orphan", placed.score, None, None, None, words)
    assert placed.score < 0.55


def test_a_heading_of_one_word_is_not_found_in_a_sentence_when_it_was_taken_out() -> None:
    review = [Paragraph("heading", "Copies"), *REVIEW]

    assert place(whole_paragraph(review, "heading"), REVIEW).state == "orphan"


def test_a_word_is_not_found_inside_another() -> None:
    quote = quoted([Paragraph("a", "I own a copy of it myself.")], "I")

    assert place(quote, [Paragraph("a", "It is I who own a copy of it.")]).start != 0


def test_a_quote_that_a_new_paragraph_break_divides_stands_in_the_larger_piece() -> None:
    quote = quoted(REVIEW, "sound was made afterwards. What")
    review = [Paragraph("sound", ON_SOUND[:30]), Paragraph("rest", ON_SOUND[31:])]

    placed = place(quote, review)

    assert (placed.paragraph, placed.exact_now) == ("sound", "sound was made afterwards.")


def test_an_empty_review_has_orphans_only() -> None:
    quotes = [quoted(REVIEW, "the film"), whole_paragraph(REVIEW, "law")]

    assert [placed.state for placed in place_all(quotes, [])] == ["orphan", "orphan"]


def test_a_text_of_200_kb_is_searched_for_a_quote_of_10_kb() -> None:
    words = [f"{word}{number}" for number in range(7000) for word in ("river", "dam", "mill", "lock")]
    review = [Paragraph("long", " ".join(words))]
    quote = quoted(review, " ".join(words[9000:10300]))
    changed = [word if number % 17 else "sluice" for number, word in enumerate(words)]

    placed = place(quote, [Paragraph("new", " ".join(changed))])

    assert len(review[0].text) > 200_000
    assert len(quote.exact) == MOST_CHARACTERS
    assert placed.exact_now.startswith(" ".join(changed[9000:9010]))
    assert abs(len(placed.exact_now) - MOST_CHARACTERS) < 1000


@pytest.mark.parametrize("quote", ["a" * 10_000, "a", "b"])
def test_one_letter_ten_thousand_times_is_searched_all_the_same(quote: str) -> None:
    placed = place(Quote(quote, "a" * CONTEXT, "a" * CONTEXT, "long", 5), [Paragraph("long", "a" * 100_000)])

    assert placed.state in ("exact", "orphan")


# Letters of several scripts, some whose small form is odd; marks, joiners and signs of several characters.
letters = st.sampled_from(
    [
        *"ab eİßΣςא שลाเก้日本",
        "e\u0301",
        "\u0300",
        "क्षि",
        "\U0001f469\u200d\U0001f680",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
    ]
) | st.characters(exclude_categories=["Cs"])


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(letters, max_size=most).map("".join)


lines = texts(60).map(lambda text: " ".join(normalised(legible(text)).split())).filter(bool)
reviews = st.lists(lines, min_size=1, max_size=4).map(
    lambda texts: [Paragraph(f"key{number}", text) for number, text in enumerate(texts)]
)
any_quote = st.builds(
    Quote,
    exact=texts(100),
    prefix=texts(CONTEXT),
    suffix=texts(CONTEXT),
    paragraph=st.sampled_from(["key0", "key1", "gone"]),
    start=st.integers(-5, 500),
)


@st.composite
def selections(draw: st.DrawFn) -> tuple[list[Paragraph], Paragraph, int, int]:
    review = draw(reviews)
    paragraph = draw(st.sampled_from(review))
    start = draw(st.integers(0, len(paragraph.text) - 1))
    end = draw(st.integers(start + 1, len(paragraph.text)))
    words = paragraph.text[start:end]
    assume(words.strip())
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return review, paragraph, start, end


@given(selections())
def test_in_an_unchanged_review_a_quote_is_exactly_where_it_was_selected(
    selected: tuple[list[Paragraph], Paragraph, int, int],
) -> None:
    review, paragraph, start, end = selected
    words = paragraph.text[start:end]
    quote = quoted(review, words, paragraph=paragraph.key, start=start)

    assert (quote.exact, quote.paragraph, quote.start) == (words, paragraph.key, start)
    assert place(quote, review) == Placed("exact", 1.0, paragraph.key, start, end, words)


@given(st.lists(any_quote, max_size=3), reviews)
def test_any_quote_stands_inside_a_paragraph_or_keeps_its_words(
    quotes: list[Quote], review: list[Paragraph]
) -> None:
    texts = {paragraph.key: paragraph.text for paragraph in review}

    for quote, placed in zip(quotes, place_all(quotes, review), strict=True):
        assert placed == place(quote, review)
        assert 0 <= placed.score <= 1
        if placed.state == "orphan":
            assert (placed.exact_now, placed.paragraph, placed.start, placed.end) == (
                quote.exact,
                None,
                None,
                None,
            )
        else:
            assert placed.paragraph is not None
            assert placed.start is not None
            assert placed.end is not None
            assert 0 <= placed.start < placed.end <= len(texts[placed.paragraph])
            assert placed.exact_now == texts[placed.paragraph][placed.start : placed.end]
