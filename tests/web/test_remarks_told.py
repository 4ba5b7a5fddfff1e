"""What a comment says of itself besides its words: of what kind it is, where a source is, who its author is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.talking import NOON
from tests.web.told_comments import a_line, below, links, page


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"kind": "comment"}, ""),
        ({"kind": "question"}, "question"),
        ({"kind": "asks"}, "asks for a source"),
        ({"kind": "source"}, "gives a source"),
        ({"kind": "correction"}, "correction"),
        ({"kind": "correction", "taken_up_at": NOON}, "correction, taken up on 1 March 2026"),
    ],
)
def test_a_comment_says_what_kind_of_remark_it_is(facts: dict[str, Any], told: str) -> None:
    found = page(a_line(**facts))

    assert "".join(each.text for each in found.all("span") if "kind" in each.attributes["class"]) == told


def test_a_source_is_a_link_that_says_where_it_leads_and_vouches_for_nothing() -> None:
    found = page(a_line(kind="source", source="https://www.archives.gov/a?b=<c>&d"))

    link = found.one("a", href="https://www.archives.gov/a?b=<c>&d")
    assert link.text == "archives.gov"
    assert link.attributes["rel"] == "ugc nofollow noopener"


def test_a_closed_branch_says_so_once_and_takes_no_answers_while_others_do() -> None:
    closed, other = a_line(1, is_closed=True), a_line(3)

    found = page(closed, below(closed, 2, is_closed=True), other)

    assert found.text.count("Closed") == 1
    assert {link for link in links(found) if link.endswith("/reply/")} == {"/comments/3/reply/"}


def test_what_an_author_has_become_is_told_though_the_comment_is_the_same() -> None:
    labels = [
        [each.text for each in page(a_line(label=label)).all("span", class_="role")]
        for label in ("", "curator", "maker", "")
    ]

    assert labels == [[], ["Curator"], ["Maker of this film"], []]
