"""Lists of one kind of remark, and of notes, cost what they show, however much else is said."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.discussion.test_thread import plan_of
from tests.talking import a_film, a_guest, after
from verite.discussion.actions import delete_comment, post_comment, take_up
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


def unanswered(film: int) -> list[int]:
    return [line.id for line in picked(film, Only.UNANSWERED).items]


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.ASKS_SOURCE])
def test_a_question_waits_until_somebody_else_answers_it(kind: Kind) -> None:
    film, asker, other = a_film(), a_guest(), a_guest()
    asked = post_comment(film, asker, "Says who?", now=after(1), remark=Remark(kind)).comment_id
    post_comment(film, asker, "Anybody?", now=after(2), parent_id=asked)
    assert unanswered(film) == [asked]

    answer = post_comment(film, other, "The maker.", now=after(3), parent_id=asked).comment_id

    assert unanswered(film) == []
    delete_comment(answer, other)
    assert unanswered(film) == [asked]


def test_a_correction_waits_until_it_is_taken_up_whoever_answers() -> None:
    film = a_film()
    remark = Remark(Kind.CORRECTION)
    correction = post_comment(film, a_guest(), "It was 1936.", now=after(1), remark=remark).comment_id
    post_comment(film, a_guest(), "So it was.", now=after(2), parent_id=correction)
    assert unanswered(film) == [correction]

    take_up(correction, now=after(3))

    assert unanswered(film) == []
