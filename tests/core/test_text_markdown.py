"""What people type in Markdown, and what stands on the page."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.text import Profile, TextTooLong, paragraphs, plain, render

BLOCKS = st.lists(
    st.sampled_from(
        [
            "word **bold** *it*",
            "# Title",
            "Under\n===",
            "- a\n- b",
            "- a\n\n- b",
            "* c\n",
            "2. x\n   - y",
            "> quote\nlazy",
            "    code",
            "```\nfence\n\nfence",
            "~~~\ntilde\n~~~",
            "---",
            "[a]: https://films.example",
            "[a] `b",
            "",
            "   ",
            "\t",
            "-",
            "    ",
            "<b>",
            "l\u2028m",
        ]
    ),
    max_size=8,
).flatmap(lambda blocks: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(blocks)))


def test_a_comment_keeps_its_paragraphs_lines_quotes_lists_and_code() -> None:
    html = render("one\ntwo\n\n> said\n\n- *a*\n- **b**\n\n`c`", kind=Profile.COMMENT)

    assert html == (
        "<p>one<br>\ntwo</p>\n<blockquote>\n<p>said</p>\n</blockquote>\n"
        "<ul>\n<li><em>a</em></li>\n<li><strong>b</strong></li>\n</ul>\n<p><code>c</code></p>\n"
    )


def test_lines_of_a_review_flow_together() -> None:
    assert render("one\ntwo", kind=Profile.REVIEW) == "<p>one\ntwo</p>\n"


@pytest.mark.parametrize("typed", ["# Not a title", "***", "[a]: https://films.example/"])
def test_what_a_comment_may_not_hold_is_shown_as_it_was_typed(typed: str) -> None:
    assert render(typed, kind=Profile.COMMENT) == f"<p>{typed}</p>\n"


def test_html_is_shown_as_it_was_typed() -> None:
    assert render("<b>a</b>", kind=Profile.REVIEW) == "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"


def test_a_synopsis_holds_no_code() -> None:
    assert render("`a`\n\n    b", kind=Profile.SYNOPSIS) == "<p>`a`</p>\n<p>b</p>\n"


@pytest.mark.parametrize(
    ("typed", "tag"), [("# a", "h2"), ("a\n=", "h2"), ("## a", "h2"), ("### a", "h3"), ("###### a", "h4")]
)
def test_headings_of_a_review_lie_below_the_title_of_the_page(typed: str, tag: str) -> None:
    assert render(typed, kind=Profile.REVIEW) == f"<{tag}>a</{tag}>\n"


@pytest.mark.parametrize("kind", Profile)
def test_a_picture_becomes_a_link_to_it(kind: Profile) -> None:
    html = render("![still](https://films.example/still.png)", kind=kind)

    assert "<img" not in html
    assert '<a href="https://films.example/still.png"' in html


def test_an_entity_does_not_bring_back_what_was_removed() -> None:
    assert render("a&#x202e;b&#8203;c", kind=Profile.COMMENT) == "<p>abc</p>\n"


def test_twenty_levels_are_shown_and_deeper_ones_are_cut_off() -> None:
    html = render(">" * 19 + " shown\n\n" + ">" * 21 + " cut\n\nafter", kind=Profile.COMMENT)

    assert "shown" in html
    assert "cut" not in html
    assert html.endswith("<p>after</p>\n")


@pytest.mark.parametrize("kind", Profile)
@pytest.mark.parametrize("mark", ["[", ">", "*"])
def test_a_megabyte_of_marks_is_refused(mark: str, kind: Profile) -> None:
    with pytest.raises(TextTooLong):
        render(mark * 1_000_000, kind=kind)


@pytest.mark.parametrize(
    "pattern",
    [
        *("[", "![", "[[a](b)", "[x](((", "*a_ ", "_*", "> ", "- a\n\n", "1. ", "`", "<", "&", "\\"),
        *("<http://a> ", "a\u0301\u0327", "\u0301\u0327"),
    ],
)
def test_the_longest_comment_takes_little_time_and_makes_no_long_page(pattern: str) -> None:
    limit = Profile.COMMENT.value.most_characters
    longest = (pattern * limit)[:limit]
    begun = time.process_time()

    html = render(longest, kind=Profile.COMMENT)

    assert time.process_time() - begun < 5  # ten times what it takes here; a square law would be far above
    assert len(html) < 10 * limit


@given(BLOCKS)
def test_the_paragraphs_of_a_review_one_by_one_render_to_the_whole(markdown: str) -> None:
    pieces = [render(piece, kind=Profile.REVIEW) for piece in paragraphs(markdown)]

    assert "".join(pieces) == render(markdown, kind=Profile.REVIEW)


def test_the_paragraphs_of_every_commonmark_example_render_to_the_whole(shared_data: Path) -> None:
    examples = json.loads((shared_data / "hostile" / "commonmark.json").read_text("utf-8"))

    differing = [
        example["example"]
        for example in examples
        if "".join(render(piece, kind=Profile.REVIEW) for piece in paragraphs(example["markdown"]))
        != render(example["markdown"], kind=Profile.REVIEW)
    ]

    assert differing == []


def test_a_review_falls_into_its_blocks_in_order() -> None:
    review = "# On *Shoah*\n\nFirst\nline.\n\n- a\n\n- b\n\n\n> Said.\n\nLast."

    assert paragraphs(review) == ["# On *Shoah*", "First\nline.", "- a\n\n- b", "> Said.", "Last."]


def test_a_description_holds_the_words_alone() -> None:
    review = "# A *title*\n\nTwo\nlines & [a link](https://films.example/) \\*\n\n- a\n\n> b\n\n```\n<c>\n```\n\n---"

    assert plain(review) == "A title\nTwo lines & a link *\na\nb\n<c>"


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_describe(text: str) -> None:
    plain(text).encode()
    "".join(paragraphs(text)).encode()
