"""Marks around passages of a review: in whatever HTML, around those characters and no others."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from verite.core.text import Profile, as_stored, sanitise_html
from verite.discussion.anchors import plain_text
from verite.web.review_marks import Passage, marked

MARK = re.compile(r"</?mark[^>]*>|<span id=\"[^\"]*\"></span>|<sup class=\"fn\"[^>]*></sup>")

WORDS = st.text('ab &<"é\u00a0\n中🎬', min_size=1, max_size=8)
INLINE = st.recursive(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: (
        st.builds(
            "<{0}>{1}</{0}>".format,
            st.sampled_from(["em", "strong", "cite", "code"]),
            st.lists(inner).map("".join),
        )
        | inner.map(lambda words: f"{words}<br>\n{words}")
    ),
    max_leaves=6,
)
LINES = st.lists(INLINE, min_size=1, max_size=4).map("".join)
BLOCKS = LINES.map("<p>{}</p>".format) | st.lists(LINES, min_size=1, max_size=3).map(
    lambda items: "<ul>\n" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>"
)
PARAGRAPHS = BLOCKS | BLOCKS.map("<blockquote>\n{}\n</blockquote>".format)


class Reading(HTMLParser):
    """The words inside marks, and whether every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[tuple[str, bool]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "mark" or not set(self.open[-1:]) & {"ul", "ol", "mark"}
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += [(each, "mark" in self.open) for each in data]


def read(html: str) -> Reading:
    reading = Reading()
    reading.feed(html)
    reading.close()
    assert not reading.open
    return reading


def characters(html: str) -> list[tuple[str, bool]]:
    """The plain text of some HTML, with whether each character is marked; a space is if any of it is."""
    told: list[tuple[str, bool]] = []
    for character, is_marked in read(html).words:
        if not character.isspace():
            told.append((character, is_marked))
        elif told and told[-1][0] != " ":
            told.append((" ", is_marked))
        elif told:
            told[-1] = " ", told[-1][1] or is_marked
    return told[:-1] if told and told[-1][0] == " " else told


@given(PARAGRAPHS, st.data())
def test_marks_stand_around_the_passages_and_change_nothing_else(source: str, data: st.DataObject) -> None:
    html = sanitise_html(source, kind=Profile.REVIEW)
    text = plain_text(html)
    ends = st.integers(0, len(text))
    stretches = data.draw(st.lists(st.tuples(ends, ends), max_size=4))
    passages = [
        Passage(f"note-{number}", min(stretch), max(stretch), 1) for number, stretch in enumerate(stretches)
    ]

    result = marked(html, passages)

    assert MARK.sub("", result) == html
    told = characters(result)
    assert "".join(character for character, _marked in told) == text
    for place, (character, is_marked) in enumerate(told):
        is_noted = any(each.start <= place < each.end for each in passages)
        assert is_marked <= is_noted
        assert character == " " or is_marked == is_noted
    words = [each.id for each in passages if text[each.start : each.end].strip()]
    assert sorted(set(words) - set(read(result).ids)) == []
    assert len(set(read(result).ids)) == len(read(result).ids)


def test_a_mark_goes_on_on_the_other_side_of_a_tag() -> None:
    html = as_stored("<p>Then come <em>the maps</em>. Made at the studio.</p>")

    result = marked(html, [Passage("note-7", 5, 24, 2)])

    assert result == (
        '<p>Then <mark id="note-7">come </mark><em><mark>the maps</mark></em><mark>. Made</mark>'
        '<sup class="fn" data-notes="2" aria-hidden="true"></sup> at the studio.</p>'
    )


def test_of_overlapping_passages_each_is_found_where_it_begins() -> None:
    html = as_stored("<p>abcdef</p>")

    result = marked(html, [Passage("one", 1, 4, 1), Passage("two", 2, 6, 3), Passage("three", 2, 3)])

    assert result == (
        '<p>a<mark id="one">b</mark><mark id="two"><span id="three"></span>c</mark><mark>d</mark>'
        '<sup class="fn" data-notes="1" aria-hidden="true"></sup><mark>ef</mark>'
        '<sup class="fn" data-notes="3" aria-hidden="true"></sup></p>'
    )


def test_a_sign_that_is_written_with_more_letters_counts_as_one() -> None:
    html = as_stored("<p>Q &amp; A, 1 &lt; 2</p>")

    assert '<mark id="n">&amp;</mark>' in marked(html, [Passage("n", 2, 3)])
    assert '<mark id="n">&lt; 2</mark>' in marked(html, [Passage("n", 9, 12)])
