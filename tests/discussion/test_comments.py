"""Posting, editing, deleting and moderating comments, and what stands afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.conf import LazySettings

from tests.talking import NOON, a_film, a_guest, after, at_once
from verite.core.freshness import versions
from verite.discussion import keys
from verite.discussion.actions import (
    close_thread,
    delete_comment,
    edit_comment,
    hold_comment,
    post_comment,
    publish_comment,
    remove_comment,
    reopen_thread,
)
from verite.discussion.models import Comment, CommentRevision
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, recount, talk_of, thread
from verite.discussion.refusals import (
    NoSuchComment,
    NoSuchFilm,
    NotYours,
    ParentRefused,
    TextRefused,
    ThreadClosed,
    TooLate,
)

pytestmark = pytest.mark.django_db


def post(
    film: int, who: int, text: str = "Seen twice.", *, parent: int | None = None, minute: float = 0
) -> int:
    return post_comment(film, who, text, parent_id=parent, now=after(minute)).comment_id


def lines(film: int) -> list[CommentLine]:
    return list(thread(film, Sort.OLDEST).items)


def shown(film: int) -> list[str]:
    """The thread as indented words; a place that is kept for what is below it is "–"."""
    return ["  " * line.depth + (str(line.html)[3:-5] or "–") for line in lines(film)]


def version(film: int) -> int:
    return versions([keys.talk(film)])[keys.talk(film)]


def test_replies_stand_below_what_they_answer_at_any_depth() -> None:
    film, one, other = a_film(), a_guest(), a_guest()
    root = post(film, one, "root")
    reply = post(film, other, "reply", parent=root, minute=1)
    post(film, one, "second root", minute=2)
    post(film, one, "deeper", parent=reply, minute=3)
    post(film, one, "another reply", parent=root, minute=4)

    assert shown(film) == ["root", "  reply", "    deeper", "  another reply", "second root"]
    assert (talk_of(film).comment_count, talk_of(film).root_count, talk_of(film).participant_count) == (
        5,
        2,
        2,
    )
    assert [(line.reply_count, line.descendant_count) for line in lines(film)] == [
        (2, 3), (1, 1), (0, 0), (0, 0), (0, 0),
    ]  # fmt: skip
    assert not recount(film)


def test_an_exchange_may_go_on_for_a_hundred_answers() -> None:
    film, people = a_film(), [a_guest(), a_guest()]
    comment = None
    for number in range(100):
        comment = post(film, people[number % 2], f"answer {number}", parent=comment, minute=number)

    assert [line.depth for line in lines(film)] == list(range(100))
    assert not recount(film)


def test_markdown_becomes_safe_html_and_is_kept_as_it_was_typed() -> None:
    film = a_film()
    comment = post(film, a_guest(), "<script>alert(1)</script> *so* [it](https://a.example/) is\r\n")

    (line,) = lines(film)
    assert "<script" not in line.html
    assert "<em>so</em>" in line.html
    assert 'rel="ugc nofollow noopener"' in line.html
    assert Comment.objects.get(pk=comment).markdown.startswith("<script>alert(1)</script> *so*")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "Write a word"),
        (" \n\t \u00a0\u3000", "Write a word"),
        ("\u0301\u0301 \u200b\u202e\ufe0f", "Write a word"),
        ("\u3164 \u115f\u1160 \uffa0\n\n\u2800", "Write a word"),
        ("[](https://a.example/)", "Write a word"),
        ("> ", "Write a word"),
        ("x" * 20_001, "shorten"),
        ("x" * 10_000_000, "shorten"),
        ("see https://a.example/ " * 21, "take some out"),
        ("[a](https://a.example/) " * 200, "take some out"),
        ("@somebody " * 200, "take some out"),
    ],
)
def test_words_that_cannot_be_posted_are_refused_at_their_field(text: str, advice: str) -> None:
    film = a_film()

    with pytest.raises(TextRefused, match=advice) as refused:
        post(film, a_guest(), text)

    assert refused.value.field == "comment"
    assert not lines(film)


@pytest.mark.parametrize(
    "text", ["!", "👍", "是", "\u2801", "x" * 20_000, "me@a.example " * 100, "https://a.example/ " * 20]
)
def test_short_long_and_foreign_words_are_welcome(text: str) -> None:
    assert post(a_film(), a_guest(), text)


def test_a_reply_to_what_is_not_there_says_what_to_do() -> None:
    film, guest = a_film(), a_guest()
    held, removed, deleted = (post(film, guest, f"comment {number}") for number in range(3))
    hold_comment(held)
    remove_comment(removed)
    delete_comment(deleted, guest)

    for parent, advice in [
        (held, "Try again later"),
        (removed, "Answer another"),
        (deleted, "Answer another"),
        (post(a_film(), guest), "a comment of its own"),
        (10**9, "a comment of its own"),
    ]:
        with pytest.raises(ParentRefused, match=advice) as refused:
            post(film, guest, "a reply", parent=parent)
        assert refused.value.field == "parent"
    assert not recount(film)


def test_a_closed_thread_takes_no_comments_until_it_is_opened_again() -> None:
    film, guest = a_film(), a_guest()
    first = post(film, guest)
    close_thread(film)
    assert talk_of(film).is_closed
    for parent in (None, first):
        with pytest.raises(ThreadClosed, match="Keep a copy"):
            post(film, guest, "late", parent=parent)

    reopen_thread(film)

    assert post(film, guest, "in time")
    assert not talk_of(film).is_closed


def test_nothing_is_posted_about_a_film_that_is_not_public() -> None:
    with pytest.raises(NoSuchFilm):
        post(a_film(public=False), a_guest())


def test_the_same_form_sent_twice_is_one_comment() -> None:
    film, guest = a_film(), a_guest()
    first = post_comment(film, guest, "Seen twice.", now=NOON)
    again = post_comment(film, guest, "Seen twice. ", now=after(9))

    assert (first.is_new, again.is_new) == (True, False)
    assert first.comment_id == again.comment_id
    assert post_comment(film, guest, "Seen twice.", now=after(20)).is_new
    assert post_comment(film, guest, "Seen twice.", parent_id=first.comment_id, now=after(20)).is_new
    assert post_comment(film, a_guest(), "Seen twice.", now=NOON).is_new
    assert talk_of(film).comment_count == 4


def test_a_form_with_a_key_is_known_by_it_alone() -> None:
    film, guest = a_film(), a_guest()
    first = post_comment(film, guest, "Seen twice.", key="a", now=NOON)

    assert post_comment(film, guest, "Seen twice!", key="a", now=after(600)).comment_id == first.comment_id
    assert post_comment(film, guest, "Seen twice.", key="b", now=NOON).is_new


def test_an_author_changes_a_comment_and_its_earlier_words_are_kept() -> None:
    film, guest = a_film(), a_guest()
    comment = post(film, guest, "frist")
    before = lines(film)[0]

    edit_comment(comment, guest, "first", now=after(15))

    line = lines(film)[0]
    assert (line.html, line.edited_at) == ("<p>first</p>\n", after(15))
    assert line.version > before.version
    assert [revision.markdown for revision in CommentRevision.objects.all()] == ["frist"]


def test_the_same_words_again_are_no_edit() -> None:
    film, guest = a_film(), a_guest()
    comment = post(film, guest, "first")
    before = version(film)

    edit_comment(comment, guest, " first\n", now=after(1))

    assert lines(film)[0].edited_at is None
    assert version(film) == before


def test_the_time_to_change_a_comment_is_a_setting(settings: LazySettings) -> None:
    guest = a_guest()
    comment = post(a_film(), guest)
    with pytest.raises(TooLate, match="answer it, or delete it"):
        edit_comment(comment, guest, "too late", now=after(15.1))

    settings.VERITE = settings.VERITE.model_copy(update={"edit_minutes": 60})

    edit_comment(comment, guest, "in time", now=after(60))


def test_only_its_author_changes_or_deletes_a_comment() -> None:
    film = a_film()
    comment = post(film, a_guest())
    nobodys = post(film, a_guest(), "imported")
    Comment.objects.filter(pk=nobodys).update(participant=None)

    for target in (comment, nobodys):
        with pytest.raises(NotYours):
            edit_comment(target, a_guest(), "mine now", now=after(1))
        with pytest.raises(NotYours):
            delete_comment(target, a_guest())
    with pytest.raises(NoSuchComment):
        delete_comment(10**9, a_guest())


def test_a_deleted_comment_is_gone_with_all_its_words() -> None:
    film, guest = a_film(), a_guest()
    comment = post(film, guest, "regretted")
    edit_comment(comment, guest, "regretted even more", now=after(1))

    delete_comment(comment, guest)
    delete_comment(comment, guest)

    assert lines(film) == []
    assert talk_of(film).comment_count == talk_of(film).participant_count == 0
    row = Comment.objects.get(pk=comment)
    assert (row.markdown, row.html, row.name) == ("", "", "")
    assert not CommentRevision.objects.exists()
    assert not recount(film)
    with pytest.raises(NoSuchComment):
        edit_comment(comment, guest, "back again", now=after(2))


def test_a_deleted_comment_keeps_its_place_while_something_below_it_stands() -> None:
    film, guest, other = a_film(), a_guest(), a_guest()
    root = post(film, guest, "root")
    reply = post(film, other, "reply", parent=root, minute=1)
    answer = post(film, guest, "answer", parent=reply, minute=2)

    delete_comment(root, guest)
    assert shown(film) == ["–", "  reply", "    answer"]
    assert lines(film)[0].author is None
    assert lines(film)[0].state == "removed_by_author"
    delete_comment(reply, other)
    assert shown(film) == ["–", "  –", "    answer"]
    assert not recount(film)
    delete_comment(answer, guest)
    assert shown(film) == []
    assert not recount(film)


def test_a_comment_that_waits_is_seen_by_its_author_alone() -> None:
    film, guest = a_film(), a_guest()
    posted = post_comment(film, guest, "Buy now", hold=True, now=NOON)

    assert posted.state == "held"
    assert shown(film) == []
    assert talk_of(film).comment_count == 0
    assert [line.id for line in thread(film, Sort.NEWEST, viewer_id=guest).items] == [posted.comment_id]
    publish_comment(posted.comment_id, now=NOON)
    assert shown(film) == ["Buy now"]
    assert talk_of(film).comment_count == 1
    assert not recount(film)


def test_the_desk_cannot_bring_back_what_its_author_deleted() -> None:
    film, guest = a_film(), a_guest()
    comment = post(film, guest)
    delete_comment(comment, guest)

    acts: list[Callable[[int], None]] = [partial(publish_comment, now=NOON), hold_comment, remove_comment]
    for act in acts:
        with pytest.raises(NoSuchComment):
            act(comment)


def test_what_a_moderator_removed_its_author_cannot_change_and_the_desk_can_publish_again() -> None:
    film, guest = a_film(), a_guest()
    comment = post(film, guest, "rude")
    remove_comment(comment)
    with pytest.raises(NoSuchComment):
        edit_comment(comment, guest, "polite", now=after(1))
    with pytest.raises(NoSuchComment):
        delete_comment(comment, guest)

    publish_comment(comment, now=NOON)

    assert shown(film) == ["rude"]


def test_every_change_makes_the_thread_stale_and_only_this_one() -> None:
    film, other, guest = a_film(), a_film(), a_guest()
    comment = post(film, guest)
    acts: list[Callable[[], object]] = [
        lambda: post(film, guest, "a reply", parent=comment),
        lambda: edit_comment(comment, guest, "changed", now=after(1)),
        lambda: hold_comment(comment),
        lambda: publish_comment(comment, now=NOON),
        lambda: close_thread(film),
        lambda: reopen_thread(film),
        lambda: delete_comment(comment, guest),
    ]
    for number, act in enumerate(acts, start=2):
        act()
        assert version(film) == number
    assert version(other) == 0


@pytest.mark.django_db(transaction=True)
def test_fifty_of_one_form_in_one_moment_are_one_comment() -> None:
    film, guest = a_film(), a_guest()

    posted = at_once(50, lambda _number: post_comment(film, guest, "Seen twice.", now=NOON))

    assert len({each.comment_id for each in posted}) == 1
    assert sum(each.is_new for each in posted) == 1
    assert not recount(film)


@pytest.mark.django_db(transaction=True)
def test_fifty_people_answering_in_one_moment_are_all_counted() -> None:
    film, people = a_film(), [a_guest() for _ in range(50)]
    root = post(film, people[0], "root")
    reply = post(film, people[1], "reply", parent=root)

    at_once(
        50, lambda number: post(film, people[number], f"answer {number}", parent=(root, reply)[number % 2])
    )

    assert talk_of(film).comment_count == 52
    assert talk_of(film).participant_count == 50
    assert not recount(film)
