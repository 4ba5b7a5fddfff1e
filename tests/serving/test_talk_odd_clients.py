"""Comments that come slowly, half, far too long, or from somebody who does not wait for the answer."""

from __future__ import annotations

import socket
import struct
from contextlib import ExitStack
from http.client import HTTPException

import pytest

from tests.serving.books import Bookkeeper
from tests.verite_process import Served
from tests.visitor import Sending, Visitor
from verite.project.server.assembly import DJANGO_THREADS

TEN_MEGABYTES = 10 * 1024 * 1024
HANG_UP_AT_ONCE = struct.pack("ii", 1, 0)  # with a reset, as a program does that is killed


@pytest.fixture
def write(slug: str) -> str:
    return f"/films/{slug}/discussion/write/"


def form(words: str) -> dict[str, str]:
    return {"comment": words, "key": f"key of {words}", "name": "Somebody"}


def is_answered(sending: Sending) -> bool:
    try:
        return sending.answer().status == 303
    except (OSError, HTTPException):
        return False


def test_comments_that_are_half_sent_hold_nobody_and_are_posted_once_they_are_whole(
    served: Served, books: Bookkeeper, slug: str, write: str
) -> None:
    slow = [f"said slowly by {number}" for number in range(3 * DJANGO_THREADS * served.workers)]
    with ExitStack() as lines:
        half = []
        for words in slow:
            visitor = Visitor(served.origin)
            line = visitor.line()
            lines.callback(line.close)
            half.append(visitor.begin(write, form(words), over=line, held_back=10))

        quick = [f"said meanwhile by {number}" for number in range(3)]
        for words in quick:
            assert Visitor(served.origin).ask(write, form(words)).status == 303
            assert words in Visitor(served.origin).ask(f"/films/{slug}/").text
        assert [said.words for said in books.read().said(slug)] == quick

        for words, sending in zip(slow, half, strict=True):
            # Where the machine was so busy that the server had to give it up, it is sent again.
            assert is_answered(sending) or Visitor(served.origin).ask(write, form(words)).status == 303

    assert {said.words for said in books.read().said(slug)} == {*quick, *slow}


def test_ten_megabytes_are_refused_in_words_that_help_and_the_site_goes_on(
    served: Served, books: Bookkeeper, slug: str, write: str
) -> None:
    visitor, guests = Visitor(served.origin), len(books.read().participants)
    visitor.ask("/challenge/")

    refused = visitor.ask(write, {"comment": "all of it " * (TEN_MEGABYTES // 10)})

    assert refused.status == 413
    assert "shorten what you wrote" in refused.text
    assert books.read().said(slug) == []
    assert len(books.read().participants) == guests
    assert visitor.ask(write, {"comment": "the beginning of it"}).status == 303
    assert "the beginning of it" in Visitor(served.origin).ask(f"/films/{slug}/").text


@pytest.mark.parametrize("held_back", [0, 1])
def test_of_somebody_who_hangs_up_a_comment_is_whole_or_not_there(
    served: Served, books: Bookkeeper, slug: str, write: str, held_back: int
) -> None:
    said = [f"said by {number}, who left" for number in range(30)]
    browser = Visitor(served.origin)
    browser.ask("/challenge/")
    for words in said:
        line = browser.line()
        browser.begin(write, form(words), over=line, held_back=held_back)
        line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP_AT_ONCE)
        line.close()

    left = books.read()

    there = [each.words for each in left.said(slug)]
    assert left.wrong == []
    assert len(set(there)) == len(there)
    assert set(there) <= (set() if held_back else set(said))

    for words in said:
        assert browser.ask(write, form(words)).status == 303

    again = books.read()
    assert sorted(each.words for each in again.said(slug)) == sorted(said)
    assert again.wrong == []
    assert "Traceback" not in served.log
