"""An answer that begins with words of the comment it answers."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.accounts.people import a_browser, signed_in, somebody
from tests.browsing.visiting import links
from tests.web.films_on_show import show
from tests.web.talk_pages import IN_PLACE
from tests.web.writing_desk import page_of, posted, said_by_another, typed
from verite.core import clock
from verite.discussion.actions import close_branch, close_thread, post_comment, remove_comment
from verite.discussion.models import Comment

pytestmark = pytest.mark.django_db

SAID = "The *maps* are lies.\n\nThe fires are not, and **that** is 1 thing."


@pytest.fixture
def film() -> int:
    return show().pk


def quoting(comment: int, words: str = "1") -> str:
    return f"/comments/{comment}/reply/?quote={quote(words)}"


def begun(comment: int, words: str = "1") -> str:
    return typed(a_browser().get(quoting(comment, words)))


def test_a_comment_leads_to_an_answer_that_begins_with_it(film: int) -> None:
    comment = said_by_another(film, SAID)
    thread = page_of(a_browser().get("/films/why-we-fight/discussion/"))

    assert quoting(comment) in links(thread)
    assert thread.one("a", href=quoting(comment)).text == "Quote Béla"
    quoted = begun(comment)
    assert quoted == (
        f"> [Béla](<http://testserver/comments/{comment}/>): The maps are lies. The fires are not, and that is 1"
        " thing.\n\n"
    )
    answer = posted(a_browser(), f"/comments/{comment}/reply/", f"{quoted}But they are *good* lies.")
    html = Comment.objects.get(pk=answer).html
    assert html.startswith("<blockquote>\n<p><a href=")
    assert html.endswith("<p>But they are <em>good</em> lies.</p>\n")


def test_an_answer_begins_empty_where_nothing_is_to_be_quoted(film: int) -> None:
    comment = said_by_another(film, SAID)

    assert typed(a_browser().get(f"/comments/{comment}/reply/")) == ""
    assert begun(comment, " ") == ""


@pytest.mark.parametrize(
    ("selected", "quoted"),
    [
        ("maps are lies", "maps are lies"),
        ("  lies.\n\n\tThe fires\u00a0are", "lies. The fires are"),
        ("fires are good", "The maps are lies. The fires are not, and that is 1 thing."),  # nobody said so
        ("The *maps*", "The maps are lies. The fires are not, and that is 1 thing."),
    ],
)
def test_words_that_somebody_said_are_quoted_and_no_others(film: int, selected: str, quoted: str) -> None:
    comment = said_by_another(film, SAID)

    assert begun(comment, selected).partition(": ")[2] == f"{quoted}\n\n"


def test_what_a_comment_quotes_itself_is_left_to_whoever_said_it(film: int) -> None:
    first = said_by_another(film, "Nobody has seen it.")
    second = said_by_another(film, begun(first) + "I have.", parent=first)

    assert begun(second).endswith(": I have.\n\n")
    assert begun(second, "Nobody has seen it.").endswith(": I have.\n\n")


def test_a_long_comment_is_quoted_by_its_beginning(film: int) -> None:
    quoted = begun(said_by_another(film, "Much more. " * 500))

    assert 300 < len(quoted) < 400
    assert quoted.endswith("Much more…\n\n")


HOSTILE = [
    "# Heading\n\n- list\n\n1. one",
    "](https://evil.example) [x](https://evil.example) `code` <script>alert(1)</script>",
    "@Ann 12:34 www.evil.example\n\n    code\n\n---",
    "</textarea><script>alert(1)</script>",
    "\u202etxet\u202c \u200b end \\",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("name", ["](https://evil.example) @Ann", "<b>Béla</b>", ""])
def test_hostile_words_stay_a_quote(film: int, words: str, name: str) -> None:
    comment = said_by_another(film, words)
    Comment.objects.filter(pk=comment).update(name=name)

    answer = posted(a_browser(), f"/comments/{comment}/reply/", begun(comment) + "My words.")

    said = Comment.objects.get(pk=answer).html
    quoted, _end, own = said.partition("</blockquote>")
    assert own.strip() == "<p>My words.</p>"
    assert quoted.count("<a ") <= 1 + quoted.count("class=")
    assert quoted.count('href="http') == 1
    assert f'href="http://testserver/comments/{comment}/"' in quoted
    assert "<script" not in quoted


def test_in_place_only_the_form_comes_and_it_is_for_nobody_else_to_keep(film: int) -> None:
    comment = said_by_another(film, SAID)

    answer = a_browser().get(quoting(comment, "maps are lies"), headers=IN_PLACE)

    assert typed(answer).endswith("): maps are lies\n\n")
    assert answer.getvalue().lstrip().startswith(b"<form")
    assert answer.headers["Cache-Control"] == "no-store"


def test_words_are_quoted_as_they_are_signed_there(film: int) -> None:
    member = somebody("Agnès")
    comment = post_comment(film, member.participant_id, "Yes.", now=clock.now()).comment_id

    assert begun(comment).startswith("> [Agnès](<")
    assert typed(signed_in(member).get(quoting(comment))).startswith("> [Agnès](<")


def test_a_refused_answer_still_begins_with_its_quote(film: int) -> None:
    comment = said_by_another(film, SAID)
    words = begun(comment) + "Yes."

    answer = a_browser().post(quoting(comment), {"comment": words, "name": "x" * 200})

    assert answer.status_code == 422
    assert typed(answer) == words


def test_what_cannot_be_answered_cannot_be_quoted(film: int) -> None:
    removed, closed = said_by_another(film, "Removed."), said_by_another(film, "Closed.")
    remove_comment(removed)
    close_branch(closed)

    answer = a_browser().get(quoting(removed))
    assert answer.status_code == 404
    assert "Removed." not in answer.getvalue().decode()
    thread = page_of(a_browser().get("/films/why-we-fight/discussion/"))
    assert quoting(closed) not in links(thread)
    assert not page_of(a_browser().get(quoting(closed))).all("textarea")


def test_nothing_is_quoted_in_a_closed_discussion(film: int) -> None:
    comment = said_by_another(film)
    close_thread(film)

    assert quoting(comment) not in links(page_of(a_browser().get("/films/why-we-fight/discussion/")))
    assert not page_of(a_browser().get(quoting(comment))).all("textarea")
