"""What is kept for a while only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.accounts.people import signed_in, somebody
from tests.due_jobs import failures, run_due_jobs
from verite.accounts.jobs import forget_ended_sessions
from verite.accounts.models import Session
from verite.core import clock, db
from verite.core.idempotency import first_answer, remember, sending
from verite.core.jobs.expiring import forget_given_answers
from verite.core.models import GivenAnswer


@pytest.mark.django_db
def test_what_nobody_can_use_any_more_is_gone_and_nothing_else() -> None:
    now = clock.now()
    for age in (timedelta(minutes=1), timedelta(hours=25)):
        sent = sending(7, "comment", f"{age}")
        with db.write():
            assert first_answer(sent, now=now - age) is None
            remember(sent, f"{age}", now=now - age)
    signed_in(somebody())
    Session.objects.update(expire_date=now - timedelta(minutes=1))
    browser = signed_in(somebody())

    with db.write():
        forget_given_answers.enqueue()
        forget_ended_sessions.enqueue()
    assert run_due_jobs(now) == 2

    assert not failures()
    assert [answer.reference for answer in GivenAnswer.objects.all()] == ["0:01:00"]
    assert [row.session_key for row in Session.objects.all()] == [browser.session.session_key]
