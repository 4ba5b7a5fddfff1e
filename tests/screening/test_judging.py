"""Rules that let something wait for a moderator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.talking import NOON, a_film, a_guest
from verite.discussion.actions import Posted, post_comment
from verite.discussion.queries import talk_of
from verite.discussion.remarks import remark
from verite.notifications.models import Announcement
from verite.screening import judging
from verite.screening.judging import Submission, register, should_wait


@pytest.fixture(autouse=True)
def own_rules() -> Iterator[None]:
    """What a test registers is forgotten after it."""
    before = list(judging._rules)
    yield
    judging._rules[:] = before


def never(_submission: Submission) -> bool:
    return False


def mentions_pills(submission: Submission) -> bool:
    return "pills" in submission.markdown or any("pills" in address for address in submission.addresses)


def test_without_rules_nothing_waits() -> None:
    assert not should_wait(Submission(1, 1, "Cheap pills"))


def test_one_rule_is_enough() -> None:
    register(never)
    register(mentions_pills)

    assert should_wait(Submission(1, 1, "Cheap pills"))
    assert not should_wait(Submission(1, 1, "Cheap seats"))


def posted(words: str, source: str = "") -> tuple[int, Posted]:
    film = a_film()
    kind = remark("source", source) if source else remark("comment")
    return film, post_comment(film, a_guest(), words, now=NOON, remark=kind)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "source"), [("Cheap pills", ""), ("Look here", "https://pills.example/"), ("Fine", "")]
)
def test_what_a_rule_stops_waits_unseen_and_uncounted_and_nobody_is_told(words: str, source: str) -> None:
    register(mentions_pills)

    film, comment = posted(words, source)

    is_stopped = words != "Fine"
    assert comment.state == ("held" if is_stopped else "published")
    assert talk_of(film).comment_count == int(not is_stopped)
    assert Announcement.objects.exists() is not is_stopped
