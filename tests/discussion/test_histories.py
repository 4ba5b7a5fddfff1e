"""Whatever people do, in whatever order, what is kept equals what is counted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.talking import NOON, a_film, a_guest, a_member, after
from verite.catalogue.actions.reviews import save_review
from verite.catalogue.models import Part
from verite.discussion import actions
from verite.discussion.actions import cast_vote, claim_talk, delete_comment, edit_comment, post_comment
from verite.discussion.anchors import NotThere
from verite.discussion.models import Anchor, Comment, FilmTalk
from verite.discussion.notes import Moment, On, Passage
from verite.discussion.orders import Sort
from verite.discussion.queries import recount, talk_of, thread
from verite.discussion.queries.filtered import Only, picked
from verite.discussion.refusals import TalkRefused
from verite.discussion.remarks import Kind, Remark

PEOPLE = 4
MANY = 20

MAPS = "Then come the maps. Made at the studio, they spill ink over Europe and close pincers around cities."
METHOD = "The method is set out in the first ten minutes: the enemy is made to testify against himself."
REVIEWS = (f"{METHOD}\n\n{MAPS}", f"{MAPS}\n\n{METHOD}", METHOD, "Nothing of it is left here.")

# On what a comment is a note: on nothing most of the time.
PLACES: tuple[On | None, ...] = (
    None,
    None,
    Passage("spill ink"),
    Passage("made to testify"),
    Moment(1, 60),
    Moment(1, 60, 90),
)
VALUES = {"up": 1, "down": -1, "back": 0}
DESK: dict[str, Callable[[int], None]] = {
    "hold": actions.hold_comment,
    "publish": partial(actions.publish_comment, now=NOON),
    "remove": actions.remove_comment,
    "stick": actions.stick,
    "unstick": actions.unstick,
    "close": actions.close_branch,
    "reopen": actions.reopen_branch,
    "take up": partial(actions.take_up, now=NOON),
    "put back": actions.put_back,
}
OF_FILM: dict[str, Callable[[int], None]] = {
    "close all": actions.close_thread,
    "reopen all": actions.reopen_thread,
}

person, which = st.integers(0, PEOPLE - 1), st.integers(0, MANY - 1)
act = st.one_of(
    st.tuples(
        st.just("post"),
        person,
        st.none() | which,
        st.tuples(st.sampled_from(Kind), st.sampled_from(PLACES)),
    ),
    st.tuples(st.sampled_from(sorted(VALUES)), person, which, st.none()),
    st.tuples(st.sampled_from(["edit", "delete", *DESK]), st.just(0), which, st.none()),
    st.tuples(st.sampled_from(sorted(OF_FILM)), st.just(0), st.none(), st.none()),
    st.tuples(st.just("write anew"), st.just(0), st.none(), st.sampled_from(REVIEWS)),
    st.tuples(st.just("claim"), st.integers(0, PEOPLE - 2), st.none(), st.none()),
)
Act = tuple[str, int, int | None, object]


def do(film: int, people: list[int], comments: list[int], minute: int, act: Act) -> None:
    what, number, which, how = act
    who = people[number]
    target = comments[which % len(comments)] if which is not None and comments else None
    if what == "post":
        assert isinstance(how, tuple)
        kind, on = how
        posted = post_comment(
            film, who, f"at {minute}", parent_id=target, now=after(minute), remark=Remark(kind), on=on
        )
        comments.append(posted.comment_id)
    elif what == "claim":
        claim_talk(guest_id=who, member_id=people[-1])
    elif what == "write anew":
        save_review(film, people[-1], str(how), now=after(minute))
    elif what in OF_FILM:
        OF_FILM[what](film)
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


def everything(film: int) -> Iterator[int]:
    """The ids of a whole thread, page by page."""
    page = thread(film, Sort.BEST)
    yield from (line.id for line in page.items)
    while page.next:
        page = thread(film, Sort.BEST, after=page.next)
        yield from (line.id for line in page.items)


class Histories(TestCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(act, min_size=5, max_size=40))
    def test_what_is_kept_is_what_is_counted(self, history: list[Act]) -> None:
        film, people = a_film(), [*(a_guest() for _ in range(PEOPLE - 1)), a_member()]
        Part.objects.create(film_id=film, position=1, length_seconds=600)
        save_review(film, people[-1], REVIEWS[0], now=NOON)
        comments: list[int] = []
        for minute, each in enumerate(history):
            try:
                do(film, people, comments, minute, each)
            except (TalkRefused, NotThere):
                continue

        assert not recount(film)
        shown = Comment.objects.filter(film=film, is_shown=True).values_list("pk", flat=True)
        assert sorted(everything(film)) == sorted(shown)
        talk = talk_of(film)
        assert {only: len(picked(film, only, limit=MANY * 2).items) for only in Only if only in COUNTED} == {
            only: getattr(talk, column) for only, column in COUNTED.items()
        }
        sticky = Comment.objects.filter(film=film, is_sticky=True)
        assert {(each.parent_id, each.state) for each in sticky} <= {(None, "published")}
        assert len(sticky) <= actions.moderating.MOST_STICKY


# How many each list has.
COUNTED = {
    Only.QUESTIONS: "question_count",
    Only.ASKS: "asks_count",
    Only.SOURCES: "source_count",
    Only.CORRECTIONS: "correction_count",
    Only.REVIEW_NOTES: "review_note_count",
    Only.FILM_NOTES: "part_note_count",
}


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
    Part.objects.create(film_id=film, position=1)
    asked = Remark(Kind.QUESTION)
    post_comment(film, a_guest(), "Who is it?", now=after(0), remark=asked, on=Moment(1, 60))
    FilmTalk.objects.filter(film=film).update(
        comment_count=5,
        root_count=2,
        participant_count=3,
        question_count=0,
        part_note_count=4,
        anchor_count=2,
    )
    (anchor,) = Anchor.objects.all()
    Anchor.objects.update(note_count=7)

    assert [(drift.what, drift.kept, drift.counted) for drift in recount(film)] == [
        ("comment_count", 5, 1),
        ("root_count", 2, 1),
        ("participant_count", 3, 1),
        ("question_count", 0, 1),
        ("part_note_count", 4, 1),
        ("anchor_count", 2, 1),
        (f"note_count of anchor {anchor.pk}", 7, 1),
    ]
