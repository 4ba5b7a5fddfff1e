"""Jobs begin when what caused them is certain."""

from __future__ import annotations

import pytest

from verite.core.db import write
from verite.core.jobs import enqueue_after_commit, job

pytestmark = pytest.mark.django_db(transaction=True)

done: list[str] = []


@job()
def note_down(word: str) -> None:
    done.append(word)


def publish_and_fail() -> None:
    with write():
        enqueue_after_commit(note_down, "published")
        raise LookupError


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def test_a_job_waits_for_the_commit() -> None:
    with write():
        enqueue_after_commit(note_down, "published")
        assert done == []
    assert done == ["published"]


def test_a_job_whose_cause_was_undone_never_runs() -> None:
    with pytest.raises(LookupError):
        publish_and_fail()
    assert done == []


def test_a_job_is_told_its_arguments_by_name() -> None:
    with write():
        enqueue_after_commit(note_down, word="by name")
    assert done == ["by name"]
