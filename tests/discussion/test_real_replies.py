"""What people wrote to each other elsewhere can be said here, and reads as it was written."""

from __future__ import annotations

import csv
import gzip
import re
from html import unescape
from pathlib import Path

import pytest

from tests.talking import a_film, a_guest, after
from verite.discussion.actions import post_comment
from verite.discussion.orders import Sort
from verite.discussion.queries import recount, thread
from verite.discussion.refusals import TextRefused

PAIRS = 150
A_WORD = re.compile(r"[^\W_]{3,}")


@pytest.mark.django_db
def test_real_comments_and_their_replies_keep_every_word(shared_data: Path) -> None:
    with gzip.open(
        shared_data / "comments" / "wiki_talk_replies.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        pairs = [
            (row["parent"], row["text"])
            for _number, row in zip(range(PAIRS), csv.DictReader(file), strict=False)
        ]
    film, one, other = a_film(), a_guest(), a_guest()
    written: dict[int, str] = {}
    refusals: list[str] = []
    for minute, (parent, reply) in enumerate(pairs):
        try:
            root = post_comment(film, one, parent, now=after(minute)).comment_id
            written[root] = parent
            written[post_comment(film, other, reply, parent_id=root, now=after(minute)).comment_id] = reply
        except TextRefused as refused:
            refusals.append(str(refused))

    shown = {line.id: line for line in thread(film, Sort.OLDEST, limit=PAIRS).items}

    assert len(written) > PAIRS
    assert all("take some out" in refusal for refusal in refusals)  # lists of links
    for comment_id, line in shown.items():
        words = A_WORD.findall(unescape(re.sub(r"<[^>]*>", " ", line.html)))
        assert [
            word for word in A_WORD.findall(_without_addresses(written[comment_id])) if word not in words
        ] == []
    assert len([line for line in shown.values() if line.depth]) >= PAIRS * 0.9
    assert not recount(film)


def _without_addresses(text: str) -> str:
    return re.sub(r"\]\([^)]*\)|&\w+;", " ", text)
