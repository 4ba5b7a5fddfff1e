"""Rules that let something wait for a moderator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.talking import NOON, a_film, a_guest, after
from verite.discussion.actions import Posted, edit_comment, post_comment, publish_comment
from verite.discussion.models import Comment
from verite.discussion.queries import recount, talk_of
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


def edited(comment_id: int, words: str) -> str:
    author_id = Comment.objects.values_list("participant", flat=True).get(pk=comment_id)
    assert author_id is not None
    return edit_comment(comment_id, author_id, words, now=after(1))


@pytest.mark.django_db
def test_words_that_a_rule_stops_do_not_come_in_by_an_edit() -> None:
    register(mentions_pills)
    film, comment = posted("Fine")
    reply = post_comment(film, a_guest(), "Is it?", now=NOON, parent_id=comment.comment_id).comment_id

    assert edited(comment.comment_id, "Cheap pills") == "held"

    assert Comment.objects.get(pk=comment.comment_id).markdown == "Cheap pills"
    assert talk_of(film).comment_count == 1
    assert Comment.objects.get(pk=reply).state == "published"
    assert not recount(film)
    assert edited(comment.comment_id, "Fine again") == "held"
    publish_comment(comment.comment_id, now=after(2))
    assert talk_of(film).comment_count == 2
    assert Announcement.objects.filter(object_id=comment.comment_id).count() == 1
    assert not recount(film)


@pytest.mark.django_db
def test_an_edit_is_judged_with_the_address_that_the_comment_gives() -> None:
    _film, comment = posted("Look here", "https://pills.example/")
    register(mentions_pills)

    assert edited(comment.comment_id, "Look there") == "held"


@pytest.mark.django_db
def test_an_edit_that_no_rule_stops_stays_where_it_is() -> None:
    register(mentions_pills)
    _film, comment = posted("Fine")

    assert edited(comment.comment_id, "Finer") == "published"
    assert edited(comment.comment_id, "Finer") == "published"
