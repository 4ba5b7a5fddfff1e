"""Whatever people do, in whatever order, what is kept equals what is counted anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.discussion.actions import (
    cast_vote,
    claim_talk,
    delete_comment,
    edit_comment,
    hold_comment,
    post_comment,
    publish_comment,
    remove_comment,
)
from verite.discussion.models import Comment, FilmTalk
from verite.discussion.orders import Sort
from verite.discussion.queries import recount, thread
from verite.discussion.refusals import TalkRefused

PEOPLE = 4

act = st.one_of(
    st.tuples(st.just("post"), st.integers(0, PEOPLE - 1), st.none() | st.integers(0, 15)),
    st.tuples(st.sampled_from(["up", "down", "back"]), st.integers(0, PEOPLE - 1), st.integers(0, 15)),
    st.tuples(
        st.sampled_from(["edit", "delete", "hold", "publish", "remove"]), st.just(0), st.integers(0, 15)
    ),
    st.tuples(st.just("claim"), st.integers(0, PEOPLE - 2), st.none()),
)
VALUES = {"up": 1, "down": -1, "back": 0}
DESK: dict[str, Callable[[int], None]] = {
    "hold": hold_comment,
    "publish": partial(publish_comment, now=NOON),
    "remove": remove_comment,
}


def do(
    film: int, people: list[int], comments: list[int], minute: int, act: tuple[str, int, int | None]
) -> None:
    what, number, which = act
    who = people[number]
    target = comments[which % len(comments)] if which is not None and comments else None
    if what == "post":
        comments.append(
            post_comment(film, who, f"at {minute}", parent_id=target, now=after(minute)).comment_id
        )
    elif what == "claim":
        claim_talk(guest_id=who, member_id=people[-1])
    elif target is None:
        return
    elif what in VALUES:
        cast_vote(target, who, VALUES[what], now=after(minute))
    elif what in DESK:
        DESK[what](target)
    else:
        author = Comment.objects.get(pk=target).participant_id
        assert author is not None
        if what == "edit":
            edit_comment(target, author, f"edited at {minute}", now=after(minute))
        else:
            delete_comment(target, author)


class Histories(TestCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(act, min_size=5, max_size=40))
    def test_what_is_kept_is_what_is_counted(self, history: list[tuple[str, int, int | None]]) -> None:
        film, people = a_film(), [*(a_guest() for _ in range(PEOPLE - 1)), a_member()]
        comments: list[int] = []
        for minute, each in enumerate(history):
            try:
                do(film, people, comments, minute, each)
            except TalkRefused:
                continue

        assert not recount(film)
        shown = [line.id for line in thread(film, Sort.BEST).items]
        assert sorted(shown) == sorted(
            Comment.objects.filter(film=film, is_shown=True).values_list("pk", flat=True)
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("helpful", 3),
        ("not_helpful", 3),
        ("score", 3),
        ("best", 3),
        ("controversial", 3),
        ("descendant_count", 3),
        ("path", "/999/"),
    ],
)
def test_a_comment_that_drifted_is_found(column: str, value: object) -> None:
    film = a_film()
    root = post_comment(film, a_guest(), "root", now=after(0)).comment_id
    reply = post_comment(film, a_guest(), "reply", parent_id=root, now=after(1)).comment_id
    Comment.objects.filter(pk=reply).update(**{column: value})

    assert column in {drift.what for drift in recount(film) if drift.comment_id in (root, reply)}


@pytest.mark.django_db
def test_a_film_whose_counts_drifted_is_found() -> None:
    film = a_film()
    post_comment(film, a_guest(), "root", now=after(0))
    FilmTalk.objects.filter(film=film).update(comment_count=5, root_count=2, participant_count=3)

    assert [(drift.what, drift.kept, drift.counted) for drift in recount(film)] == [
        ("comment_count", 5, 1),
        ("root_count", 2, 1),
        ("participant_count", 3, 1),
    ]
