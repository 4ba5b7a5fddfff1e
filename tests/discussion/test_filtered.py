"""Lists of one kind of remark, and of notes, cost what they show, however much else is said."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.discussion.test_thread import plan_of
from tests.talking import a_film, a_guest, after
from verite.discussion.actions import post_comment
from verite.discussion.queries.filtered import PER_PAGE, Only, picked
from verite.discussion.remarks import Kind, Remark

pytestmark = pytest.mark.django_db

KINDS = {
    Only.QUESTIONS: Kind.QUESTION,
    Only.ASKS: Kind.ASKS_SOURCE,
    Only.SOURCES: Kind.GIVES_SOURCE,
    Only.CORRECTIONS: Kind.CORRECTION,
    Only.UNANSWERED: Kind.QUESTION,
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The planner of PostgreSQL decides by the data.")
@pytest.mark.parametrize(("only", "kind"), KINDS.items())
def test_what_is_of_no_kind_is_not_read_to_find_what_is(only: Only, kind: Kind) -> None:
    film = a_film()
    for minute in range(PER_PAGE + 1):
        post_comment(film, a_guest(), "Says who?", now=after(minute), remark=Remark(kind))

    with CaptureQueriesContext(connection) as asked:
        first = picked(film, only)
        second = picked(film, only, after=first.next)

    assert [len(page.items) for page in (first, second)] == [PER_PAGE, 1]
    for query in asked:
        plan = " ".join(plan_of(query["sql"]))
        assert "comment_of_kind" in plan
        assert "comment_of_film" not in plan
