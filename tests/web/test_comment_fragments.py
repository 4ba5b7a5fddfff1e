"""Comments as HTML: what is kept of them and for how long, and how they nest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.talking import NOON
from tests.web.markup import Page
from tests.web.told_comments import (
    BELA,
    BELA_READS,
    EVERYBODY,
    YEARS_LATER,
    a_line,
    below,
    branch,
    links,
    page,
)
from verite.accounts.actors import NOBODY_YET
from verite.core.text import as_stored
from verite.discussion.orders import Sort
from verite.discussion.queries import Author, CommentLine
from verite.web.talk.comments import MOST_INDENTS, Reading, thread_html
from verite.web.talk.times import ago

# What is kept


def test_a_comment_is_told_once_for_each_of_its_versions() -> None:
    page(a_line(words="<p>first</p>"))

    # Nothing else than its version says that a comment changed.
    assert "first" in page(a_line(words="<p>second</p>")).text
    assert "second" in page(a_line(words="<p>second</p>", version=2)).text


def test_each_language_is_told_apart() -> None:
    line = a_line(helpful=2314)
    told = {}
    for language in ("en", "de"):
        with translation.override(language):
            reading = Reading(NOBODY_YET, YEARS_LATER, Sort.NEWEST)
            told[language] = page(line, reading=reading).all("output")[0].text

    assert told == {"en": "2,314", "de": "2.314"}


def test_a_new_day_is_told_anew() -> None:
    def told(days: int) -> str:
        return page(a_line(), reading=replace(EVERYBODY, now=NOON + timedelta(days=days))).one("time").text

    assert [told(0), told(1), told(0)] == ["today", "yesterday", "today"]


def test_a_readers_vote_is_laid_over_the_comment_for_their_eyes_only() -> None:
    page(a_line())

    own = page(a_line(own_vote=-1), reading=BELA_READS)
    everybodys = page(a_line())

    def buttons(found: Page) -> list[tuple[str, str]]:
        return [
            (button.attributes["aria-pressed"], button.attributes["value"]) for button in found.all("button")
        ]

    assert buttons(own) == [("false", "1"), ("true", "0")]  # pressed again, it is taken back
    assert buttons(everybodys) == [("false", "1"), ("false", "-1")]


def test_what_waits_is_read_by_its_author_and_never_by_the_next_reader() -> None:
    waiting = a_line(state="held", author=BELA, words="<p>a secret</p>")
    to_others = waiting._replace(author=None, html=as_stored(""))

    own = page(waiting, reading=BELA_READS)
    others = page(to_others)

    assert "a secret" in own.text
    assert "only you see it" in own.text
    assert "Reply" not in own.text
    assert "a secret" not in others.text
    assert "Bela" not in others.text


def test_an_author_is_offered_to_edit_for_a_while_and_to_delete_at_any_time() -> None:
    line = a_line(author=BELA)

    at_once = page(line, reading=replace(BELA_READS, now=NOON + timedelta(minutes=14)))
    later = page(line, reading=replace(BELA_READS, now=NOON + timedelta(minutes=16)))

    assert {"/comments/7/edit/", "/comments/7/delete/"} <= links(at_once)
    assert "/comments/7/edit/" not in links(later)
    assert "/comments/7/delete/" in links(later)
    assert not at_once.all("button")  # nobody votes on their own
    assert "/comments/7/delete/" not in links(page(line))


def test_somebody_of_whom_an_import_knows_the_name_alone_is_not_taken_for_a_reader_who_did_nothing_yet() -> (
    None
):
    line = a_line(author=Author(None, "Reader 7", "", ""))

    assert "/comments/7/delete/" not in links(page(line))


# What a comment says


def test_a_comment_is_an_article_with_its_author_its_moment_and_its_words() -> None:
    found = page(a_line(edited_at=NOON + timedelta(minutes=5), helpful=41, not_helpful=2))

    assert found.one("article").attributes["id"] == "comment-7"
    assert found.one("b").text == "Ada"
    moment = found.one("time")
    assert moment.attributes == {"datetime": "2026-03-01T12:00:00Z", "title": "2026-03-01 12:00:00 UTC"}
    assert moment.text == "3 years ago"
    assert found.one("div", class_="say").text.strip() == "The maps."
    assert found.one("div", class_="say").attributes["dir"] == "auto"
    assert found.one("span", title="2026-03-01 12:05:00 UTC").text == "edited"
    assert [output.text for output in found.all("output")] == ["41", "2"]
    assert found.one("form").attributes["action"] == "/comments/7/vote/"
    assert links(found) == {
        "/members/ada/",
        "/comments/7/",
        "/comments/7/reply/",
        "/comments/7/reply/?quote=1",
    }


def test_a_guest_has_a_mark_and_a_member_has_none() -> None:
    found = page(a_line(1, author=BELA), a_line(2))

    (mark,) = found.all("span", class_="mark")
    assert mark.text == "guest k3fm"


def test_whoever_gave_no_name_is_told_so_and_is_not_called_by_one() -> None:
    nameless = a_line(1, author=Author(2, "", "", "k3fm"))

    found = page(nameless, below(nameless, 2))

    assert found.one("b", class_="nameless").text == "Without a name"
    assert "Reply to this comment" in found.text
    assert "to Without a name" not in found.text


def test_a_name_is_never_markup() -> None:
    author = Author(2, '<img src=x onerror="go()">', "", "k3fm")
    parent = a_line(1, author=author)

    html = thread_html([parent, below(parent, 2)], EVERYBODY)

    assert "<img" not in html
    assert html.count("&lt;img src=x") == 4  # the name, the links to reply and to quote, and whom it answers


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("removed_by_author", "[removed by its author]"),
        ("removed", "Removed by a moderator"),
        ("held", "This waits for a moderator."),
    ],
)
def test_a_place_that_is_kept_says_why_it_is_empty(state: str, words: str) -> None:
    place = a_line(1, state=state, author=None, words="")

    found = page(place, below(place, 2))

    assert found.one("p", class_="void").text == words
    assert "/comments/1/reply/" not in links(found)
    assert "/comments/2/reply/" in links(found)


def test_nothing_can_be_answered_in_a_closed_thread_while_votes_go_on() -> None:
    line = a_line()
    page(line)

    found = page(line, reading=replace(EVERYBODY, is_closed=True))

    assert "/comments/7/reply/" not in links(found)
    assert len(found.all("button")) == 2


@pytest.mark.parametrize(
    ("words", "is_long"),
    [
        ("<p>The maps.</p>\n", False),
        (f"<p>{'The maps. ' * 200}</p>\n", False),
        (f"<p>{'The maps. ' * 400}</p>\n", True),
        ("<p>One line.</p>\n" * 60, True),
    ],
)
def test_only_what_is_longer_than_a_screen_is_opened_first(words: str, is_long: bool) -> None:
    assert bool(page(a_line(words=words)).all("details", class_="all")) is is_long


# How they nest


def test_a_reply_says_whom_it_answers_and_stands_inside() -> None:
    root = a_line(1)

    found = page(root, below(root, 2, author=BELA), a_line(3))

    assert "to Ada" in found.all("article")[1].text
    assert "Bela" in found.all("article")[0].text
    assert "Bela" not in found.all("article")[2].text


def test_below_the_fourth_reply_nothing_is_indented_and_the_way_up_is_a_link() -> None:
    html = thread_html(branch(MOST_INDENTS + 3), EVERYBODY)

    assert html.count('class="re"') == MOST_INDENTS
    assert html.count("in reply to ") == 2
    assert 'in reply to <a href="#comment-5"><bdi>Ada</bdi></a>' in html


def test_a_branch_on_its_own_page_is_indented_anew() -> None:
    lines = branch(MOST_INDENTS + 3)

    html = thread_html(lines[3:], EVERYBODY.indented_from(3))

    assert html.count('class="re"') == 3
    assert "in reply to" not in html


def test_a_fold_stands_where_the_replies_would_and_leads_to_them() -> None:
    root = a_line(1, hidden_count=12, replies_after="cursor")
    reply = below(root, 2, hidden_count=1)

    html = thread_html([root, reply, a_line(3)], replace(EVERYBODY, sort=Sort.BEST))

    folds = re.findall(r'<p class="fold"><a href="([^"]+)"[^>]*>([^<]+)</a>', html)
    assert folds == [
        ("/comments/2/replies/?sort=best", "1 more reply"),
        ("/comments/1/replies/?sort=best&amp;after=cursor", "12 more replies"),
    ]
    assert html.index('id="comment-2"') < html.index("12 more") < html.index('id="comment-3"')


def test_the_fold_of_a_comment_without_room_to_indent_comes_after_its_replies() -> None:
    *above, deep = branch(MOST_INDENTS + 1)
    deep = deep._replace(hidden_count=4, replies_after="cursor")

    html = thread_html([*above, deep, below(deep, 90)], EVERYBODY)

    assert html.index('id="comment-90"') < html.index("4 more replies")


class Nesting(HTMLParser):
    """Follows open elements: which articles, how deep in ``.re``, and whether every end has its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.articles: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.open.append((tag, given.get("class") or ""))
        self.deepest = max(self.deepest, self.open.count(("div", "re")))
        if tag == "article":
            self.articles.append(given.get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=30))
def test_any_thread_is_whole_in_its_order_and_never_indented_further(
    shape: Sequence[tuple[int, bool]],
) -> None:
    """Each comment goes as deep as the number says, or as the one before allows."""
    path: list[CommentLine] = []
    lines = []
    for number, (depth, has_more) in enumerate(shape, start=100):
        path = path[:depth]
        line = below(path[-1], number) if path else a_line(number)
        line = line._replace(hidden_count=3 if has_more else 0)
        path.append(line)
        lines.append(line)
    nesting = Nesting()

    nesting.feed(thread_html(lines, EVERYBODY))
    nesting.close()

    assert not nesting.open
    assert nesting.articles == [f"comment-{line.id}" for line in lines]
    assert nesting.deepest <= MOST_INDENTS


# When it was


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "today"),  # a clock that was ahead
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (29, "29 days ago"),
        (30, "1 month ago"),
        (364, "12 months ago"),
        (365, "1 year ago"),
        (6 * 365 + 300, "6 years ago"),
    ],
)
def test_how_long_ago_it_was_is_told_by_the_day(days: int, words: str) -> None:
    assert ago(NOON, NOON.date() + timedelta(days=days)) == words


def test_days_are_those_of_universal_time() -> None:
    late = NOON.replace(hour=23, minute=59)

    assert ago(late, date(2026, 3, 1)) == "today"
    assert ago(late + timedelta(minutes=2), date(2026, 3, 2)) == "today"
    assert ago(late, date(2026, 3, 2)) == "yesterday"
