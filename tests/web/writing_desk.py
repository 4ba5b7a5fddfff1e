"""Writing as a browser does, and reading what comes back."""

from __future__ import annotations

import re
from html import unescape

from django.http.response import HttpResponseBase
from django.test import Client

from tests.talking import a_guest
from tests.web.markup import Page, read
from verite.core import clock
from verite.discussion.actions import post_comment
from verite.discussion.models import Comment

WRITE = "/films/why-we-fight/discussion/write/"
WORDS = "It loses me at *12:05*.\n\nAnd wins me back, <b>twice</b> & more."


def said_by_another(film: int, words: str = "The maps!", *, parent: int | None = None) -> int:
    return post_comment(film, a_guest(), words, now=clock.now(), parent_id=parent, name="Béla").comment_id


def page_of(answer: HttpResponseBase) -> Page:
    return read(answer.getvalue().decode())


def typed(answer: HttpResponseBase) -> str:
    """What stands in the one text area of a page, as a browser would send it."""
    (found,) = re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", answer.getvalue().decode(), re.DOTALL)
    return unescape(found)


def refused(answer: HttpResponseBase, status: int, reason: str, *, at: str = "") -> Page:
    """A page with the form, what is wrong at its head and, where it can be mended, at its field."""
    assert answer.status_code == status
    page = page_of(answer)
    assert reason in page.one(role="alert").text
    focused = page.one(autofocus="")
    if at:
        assert focused.attributes["name"] == at
        assert focused.attributes["aria-invalid"] == "true"
        assert reason in page.one(id=focused.attributes["aria-describedby"]).text
        assert page.all("a", href=f"#{focused.attributes['id']}")
    else:
        assert focused.attributes["role"] == "alert"
        assert not page.all(aria_invalid="true")
    return page


def posted(browser: Client, address: str = WRITE, words: str = WORDS, **more: str) -> int:
    """Post, and follow to where the comment is seen."""
    answer = browser.post(address, {"comment": words, **more})
    assert answer.status_code == 303, answer.getvalue().decode()
    comment_id = Comment.objects.latest("pk").pk
    page = page_of(browser.get(answer.headers["Location"]))
    assert page.one("article", id=f"comment-{comment_id}")
    assert "Your comment is on the page" in page.one("p", role="status").text
    return comment_id
