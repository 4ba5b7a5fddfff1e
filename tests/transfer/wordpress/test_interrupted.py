"""An import that was killed goes on to the same end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench.moving_in.dump import write_dump
from bench.moving_in.site import write_site
from tests.transfer.standing_still import standing_still
from tests.verite_process import migrated, verite

FILMS, COMMENTS = 300, 2_400  # more than one batch, by either
WHOLE = {
    "films": "SELECT slug, year, state, published_at FROM catalogue_film ORDER BY slug",
    "reviews": "SELECT f.slug, r.markdown, r.revision_count FROM catalogue_review r JOIN catalogue_film f"
    " ON f.id = r.film_id ORDER BY f.slug",
    "comments": "SELECT id, parent_id, path, reply_count, descendant_count, html, score FROM discussion_comment"
    " ORDER BY id",
    "talks": "SELECT f.slug, t.comment_count, t.root_count FROM discussion_film_talk t JOIN catalogue_film f"
    " ON f.id = t.film_id ORDER BY f.slug",
    "totals": "SELECT f.slug, s.imported_count, s.imported_sum FROM ratings_film_score s JOIN catalogue_film f"
    " ON f.id = s.film_id ORDER BY f.slug",
    "ratings": "SELECT f.slug, p.token_digest IS NULL, r.value, r.given_at FROM ratings_rating r JOIN catalogue_film f"
    " ON f.id = r.film_id JOIN accounts_participant p ON p.id = r.participant_id ORDER BY f.slug, r.given_at, r.value",
    "votes": "SELECT v.comment_id, v.value, v.cast_at FROM discussion_comment_vote v ORDER BY 1, 3",
    "voters": "SELECT count(*) FROM transfer_imported_voter",
    "addresses": "SELECT path FROM transfer_old_address ORDER BY path",
    "members": "SELECT email FROM accounts_member",
}


def content(data: Path) -> dict[str, list[Any]]:
    with closing(
        sqlite3.connect(f"file:{data / 'verite.sqlite3'}?mode=ro", uri=True, timeout=20)
    ) as connection:
        return {name: connection.execute(sql).fetchall() for name, sql in WHOLE.items()}


@pytest.mark.parametrize(("name", "write"), [("site.xml", write_site), ("site.sql", write_dump)])
def test_killed_in_the_middle_it_goes_on_to_the_same_end(
    name: str, write: Callable[[Path, int, int], None], tmp_path: Path
) -> None:
    source = tmp_path / name
    write(source, FILMS, COMMENTS)
    for data in ("killed", "whole"):
        migrated(tmp_path / data)

    with standing_still(source, tmp_path / "killed") as process:
        process.kill()
    assert 0 < len(content(tmp_path / "killed")["films"]) < FILMS
    assert list((tmp_path / "killed").glob("import-*")) == []

    for data in ("killed", "whole"):
        answer = verite("import", str(source), data=tmp_path / data)
        assert answer.returncode == 0, answer.stderr

    assert content(tmp_path / "killed") == content(tmp_path / "whole")
    assert len(content(tmp_path / "whole")["films"]) == FILMS
    assert (content(tmp_path / "whole")["ratings"] != []) == (write is write_dump)
