"""Every night what is kept is counted anew: nothing may be wrong, and what is wrong is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import F

from tests.discovery.stock import film
from tests.due_jobs import failures, run_due_jobs
from tests.talking import NOON, a_film, a_guest, after
from verite.catalogue import nightly
from verite.catalogue.jobs import recount_every_night as recount_parts
from verite.catalogue.models import FilmCounts
from verite.core.db import write
from verite.core.jobs import Job
from verite.discussion.actions import cast_vote, delete_comment, post_comment
from verite.discussion.jobs import recount_every_night as recount_talk
from verite.discussion.models import Comment, FilmTalk
from verite.ratings.actions import rate
from verite.ratings.jobs import recount_every_night as recount_ratings
from verite.ratings.models import FilmScore

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def two_films_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "FILMS_PER_PIECE", 2)


def busy_film() -> int:
    """A film with a part, ratings, and some talk."""
    found = film("Nanook of the North", plays=True, captions="en")
    one, other = a_guest(), a_guest()
    for who, value in ((one, 9), (other, 4)):
        rate(found.pk, who, value, now=NOON)
    root = post_comment(found.pk, one, "Look at the seals.", now=NOON).comment_id
    reply = post_comment(found.pk, other, "I did.", parent_id=root, now=after(1)).comment_id
    cast_vote(root, other, 1, now=after(2))
    delete_comment(reply, other)
    return found.pk


def night(*jobs: Job[[]]) -> int:
    """How many pieces of work were done."""
    with write():
        for work in jobs:
            work.enqueue()
    begun = run_due_jobs(NIGHT)
    assert not failures()
    return begun


def test_what_actions_keep_is_never_wrong(caplog: pytest.LogCaptureFixture) -> None:
    busy_film()

    night(recount_parts, recount_ratings, recount_talk)

    assert caplog.messages == []


def test_what_is_kept_wrongly_is_told_wherever_it_is(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(4):
        a_film()
    last = busy_film()
    FilmCounts.objects.update(playable_count=0)
    FilmScore.objects.update(r9=F("r9") + 1)
    FilmTalk.objects.update(comment_count=7)
    Comment.objects.filter(parent=None).update(helpful=3)

    pieces = night(recount_parts, recount_ratings, recount_talk)

    assert pieces == 9  # of two films, two films and one, of three kinds
    told = " ".join(caplog.messages)
    assert told.count(f"film_id={last},") == len(caplog.messages)
    for what in ("playable_count", "r9", "comment_count", "helpful"):
        assert f"what='{what}', kept=" in told
