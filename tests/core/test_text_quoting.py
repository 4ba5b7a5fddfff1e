"""Somebody's words as the beginning of an answer: they stay words, whatever they are."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given

from tests.core.test_text_sanitising import HOSTILE
from verite.core.text import Profile, excerpt, own_words, plain, quoted_markdown, render
from verite.core.text.cleaning import clean_text, normalised

ADDRESS = "https://verite.example/comments/12/"


def shown(markdown: str) -> str:
    return render(markdown, kind=Profile.COMMENT)


def test_a_quote_has_the_name_the_words_and_the_way_to_them() -> None:
    said = quoted_markdown("Ann Lee", "I saw it\ntwice.", address=ADDRESS)

    assert said == f"> [Ann Lee](<{ADDRESS}>): I saw it twice.\n\n"
    assert shown(said + "So did I.") == (
        f'<blockquote>\n<p><a href="{ADDRESS}" rel="ugc nofollow noopener">Ann Lee</a>: I saw it twice.</p>\n'
        "</blockquote>\n<p>So did I.</p>\n"
    )


def test_a_quote_is_no_longer_than_asked_for() -> None:
    assert quoted_markdown("", "one two three four", most=9) == "> one two…\n\n"


def test_who_has_no_name_is_still_pointed_at() -> None:
    assert quoted_markdown("", "Yes.", address=ADDRESS) == f"> [↑](<{ADDRESS}>): Yes.\n\n"


@pytest.mark.parametrize("address", ["", "/comments/12/", "javascript:x", "https://a.example/> [b](c"])
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    assert quoted_markdown("Ann", "Yes.", address=address) == "> Ann: Yes.\n\n"


@given(HOSTILE, HOSTILE)
@example("", "1. one")
@example("", "- one")
@example("", "+ one")
@example("12) a", "~~~ b")
@example("", "## b ##")
@example("", "a &amp; b \\")
@example("](x", "<https://a.example/>")
def test_whatever_is_quoted_is_shown_as_it_was(name: str, words: str) -> None:
    name, words = (" ".join(clean_text(text, 1000).split()) for text in (name, words))
    html = shown(quoted_markdown(name, words))
    said = excerpt(words, 300)

    assert set(re.findall(r"<(\w+)", html)) <= {"blockquote", "p"}
    assert " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split()) == normalised(
        " ".join((f"{name}: {said}" if name else said).split())
    )


def test_a_quote_of_a_quote_is_of_its_words() -> None:
    once = quoted_markdown("Ann", "*No*.") + "Why?"

    assert quoted_markdown("Bo", plain(once)) == "> Bo: Ann: \\*No\\*. Why?\n\n"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("I saw it *twice*.\nAnd you?\n\n- once\n- never", "I saw it twice. And you? once never"),
        ("> [Ann](<https://a.example/>): No.\n\nYes & <b>no</b>.", "Yes & <b>no</b>."),
        ("One.\n\n> A.\n>\n>> B.\n>\n> C.\n\nTwo.\n\n> D.\n\nThree.", "One. Two. Three."),
        ("# 1984 #", "# 1984 #"),
        ("`<blockquote>`", "<blockquote>"),
        ("> Nothing of my own.", ""),
    ],
)
def test_ones_own_words_are_what_is_shown_but_for_quotes(markdown: str, words: str) -> None:
    assert own_words(markdown) == words


@given(HOSTILE, HOSTILE)
def test_what_was_quoted_is_not_quoted_again_as_somebody_elses(name: str, words: str) -> None:
    once = quoted_markdown(*(clean_text(text, 1000) for text in (name, words)))

    assert own_words(f"{once}My own words.") == "My own words."
