"""HTML as WordPress stores it, read as Markdown and shown again."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.core.text import Profile, render
from verite.transfer.wordpress.prose import comment_markdown, post_markdown, words

BASE = "https://films.example/"
SIGNS = st.text(alphabet="ab1 .)\n#*_`~>+-=[]()!&<;:/\\|\"'éß漢", max_size=60)


def shown(markdown: str) -> str:
    """The words that a reader sees."""
    return unescape(re.sub(r"<[^>]*>", " ", render(markdown, kind=Profile.COMMENT)))


@given(SIGNS)
def test_every_sign_that_was_typed_is_shown_as_it_was_typed(text: str) -> None:
    for html in (escape(text, quote=False), f"<p>{escape(text, quote=False)}</p>"):
        assert shown(comment_markdown(html, base=BASE)).split() == text.split()


@given(SIGNS)
def test_text_that_needs_no_html_is_read_alike_on_both_ways(text: str) -> None:
    plain = text.replace("<", "").replace("&", "")

    short, long = comment_markdown(plain, base=BASE), comment_markdown(f"{plain}<br>", base=BASE)

    assert shown(short).split() == shown(long).split()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("One.\n\nTwo,\nand three.", "One.\n\nTwo,\\\nand three."),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("One.\n<ul>\n<li>a</li>\n<li>b <em>c</em></li>\n</ul>\nTwo.", "One.\n\n- a\n- b *c*\n\nTwo."),
        ("<h2>Head</h2>\nText.", "## Head\n\nText."),
        ("<blockquote>Said.\n\nAgain.</blockquote>", "> Said.\n>\n> Again."),
        ('<a href="/about/" onclick="x()">us</a>', "[us](https://films.example/about/)"),
        ('<a href="javascript:alert(1)">us</a>', "us"),
        ('<a href="https://a.example/b_(c)">d_e</a>', "[d_e](<https://a.example/b_(c)>)"),
        ("see https://a.example/b_c?d=1&amp;e, or", "see <https://a.example/b_c?d=1&e>, or"),
        ("<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->", "a\nb"),
        ("a<script>b</script><style>c</style>", "a"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b \\\nc"),
        ("<ul><li>a<br></li></ul>b<br><p>c</p>", "- a\n\nb\n\nc"),
        ("a<!--more-->b", "ab"),
        ("&lt;b&gt; &amp;amp; 5 < 6", r"\<b> \&amp; 5 < 6"),
    ],
)
def test_a_post_is_read_as_people_would_have_typed_it(html: str, markdown: str) -> None:
    assert post_markdown(html, base=BASE) == markdown


def test_a_picture_in_a_comment_is_a_link_to_it() -> None:
    assert comment_markdown('<img src="https://a.example/b.jpg" alt="A still">', base=BASE) == (
        "[A still](https://a.example/b.jpg)"
    )


def test_tags_inside_each_other_without_end_leave_the_words() -> None:
    assert words(comment_markdown("<blockquote>" * 5000 + "deep", base=BASE)).endswith("deep")
