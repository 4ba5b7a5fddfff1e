"""Comments as they come from the database, for tests of the HTML that is made of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.talking import NOON
from tests.web.markup import Page, read
from verite.accounts.actors import NOBODY_YET, Actor, Role
from verite.core.text import as_stored
from verite.discussion.orders import Sort
from verite.discussion.queries import Author, CommentLine
from verite.web.talk.comments import Reading, thread_html

YEARS_LATER = NOON + timedelta(days=3 * 365)
ADA, BELA = Author(1, "Ada", "ada", ""), Author(2, "Bela", "", "k3fm")
EVERYBODY = Reading(NOBODY_YET, YEARS_LATER, Sort.NEWEST)
BELA_READS = Reading(Actor(2, Role.GUEST, "Bela"), YEARS_LATER, Sort.NEWEST)


def a_line(comment_id: int = 7, words: str = "<p>The maps.</p>", **facts: Any) -> CommentLine:
    """A published comment, by Ada."""
    line = CommentLine(
        id=comment_id,
        film_id=1,
        parent_id=None,
        root_id=comment_id,
        depth=0,
        kind="comment",
        state="published",
        author=ADA,
        html=as_stored(words),
        created_at=NOON,
        edited_at=None,
        helpful=0,
        not_helpful=0,
        score=0,
        best=0,
        controversial=0,
        reply_count=0,
        descendant_count=0,
        hidden_count=0,
        version=1,
        source="",
        label="",
        is_sticky=False,
        is_closed=False,
        taken_up_at=None,
    )
    return line._replace(**facts)


def below(parent: CommentLine, comment_id: int, **facts: Any) -> CommentLine:
    """A reply."""
    place = {"parent_id": parent.id, "root_id": parent.root_id, "depth": parent.depth + 1}
    return a_line(comment_id, **place | facts)


def branch(length: int, **facts: Any) -> list[CommentLine]:
    """Comments of which each answers the one before."""
    lines = [a_line(1, **facts)]
    while len(lines) < length:
        lines.append(below(lines[-1], len(lines) + 1, **facts))
    return lines


def page(*lines: CommentLine, reading: Reading = EVERYBODY) -> Page:
    return read(f"<body>{thread_html(lines, reading)}</body>")


def links(found: Page) -> set[str]:
    return {link.attributes["href"] for link in found.all("a")}
