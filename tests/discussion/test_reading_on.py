"""Reading a thread page by page while others post, vote, stick and hide: nothing is missed, nothing comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.discussion.crowd import fill_thread
from tests.talking import NOON, a_film, a_guest, after
from verite.discussion import actions
from verite.discussion.models import Comment
from verite.discussion.orders import Sort
from verite.discussion.queries import Thread, recount, replies, thread
from verite.discussion.queries.threads import READ_WHOLE
from verite.discussion.refusals import TalkRefused

# The last one grows past the length to which threads are read whole, while it is read.
SIZES = (12, 60, READ_WHOLE - 1)
VOTERS = 3
PER_PAGE = 6

deed = st.tuples(
    st.sampled_from(
        [
            *("post", "answer", "up", "down", "back", "edit"),
            *("stick", "unstick", "hold", "remove", "delete", "publish", "close"),
        ]
    ),
    st.integers(0, READ_WHOLE),
    st.integers(0, VOTERS - 1),
)
# What happens after the first page, after the second …
meanwhile = st.lists(st.lists(deed, max_size=4), max_size=12)
Deeds = Sequence[Sequence[tuple[str, int, int]]]


class Others:
    """Whoever else is there while somebody reads."""

    def __init__(self, film: int, author: int, parent: int | None) -> None:
        self.film, self.author, self.parent = film, author, parent
        self.voters = [a_guest() for _ in range(VOTERS)]
        self.comments = sorted(Comment.objects.filter(film=film).values_list("pk", flat=True))
        self.minute = 100_000  # after all that is said there

    def do(self, what: str, which: int, number: int) -> None:
        target, voter = self.comments[which % len(self.comments)], self.voters[number]
        self.minute += 1
        now = after(self.minute)
        deeds: dict[str, Callable[[], object]] = {
            "post": partial(self.post, self.parent),
            "answer": partial(self.post, target),
            "up": partial(actions.cast_vote, target, voter, 1, now=now),
            "down": partial(actions.cast_vote, target, voter, -1, now=now),
            "back": partial(actions.cast_vote, target, voter, 0, now=now),
            "edit": partial(actions.edit_comment, target, self.author, f"{self.minute}", now=now),
            "stick": partial(actions.stick, target),
            "unstick": partial(actions.unstick, target),
            "hold": partial(actions.hold_comment, target),
            "remove": partial(actions.remove_comment, target),
            "delete": partial(actions.delete_comment, target, self.author),
            "publish": partial(actions.publish_comment, target, now=now),
            "close": partial(actions.close_branch, target),
        }
        try:
            deeds[what]()
        except TalkRefused:
            return

    def post(self, parent: int | None) -> None:
        words, now = f"Meanwhile, {self.minute}.", after(self.minute)
        actions.post_comment(self.film, self.voters[0], words, parent_id=parent, now=now)


def places(film: int, parent: int | None, sort: Sort) -> dict[int, object]:
    """Where each of the comments that are shown right there stands: its value, and whether it is kept on top."""
    siblings = Comment.objects.filter(film=film, parent=parent, is_shown=True)
    return {pk: (value, top) for pk, value, top in siblings.values_list("pk", sort.column, "is_sticky")}


class ReadingOn(TestCase):
    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(Sort), st.sampled_from(SIZES), st.lists(deed, max_size=6), meanwhile)
    def test_what_answers_nothing_is_met_once(
        self, sort: Sort, size: int, before: Sequence[tuple[str, int, int]], deeds: Deeds
    ) -> None:
        film, author = a_film(), a_guest()
        fill_thread(film, size, participant_id=author, since=NOON)
        others = Others(film, author, None)
        for deed in before:
            others.do(*deed)

        self._read(film, None, sort, partial(thread, film, sort, limit=PER_PAGE), others, deeds)

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(Sort), meanwhile)
    def test_every_answer_to_a_comment_is_met_once(self, sort: Sort, deeds: Deeds) -> None:
        film, author = a_film(), a_guest()
        fill_thread(film, 60, participant_id=author, since=NOON)
        busiest = Comment.objects.filter(film=film).order_by("-reply_count")[0].pk
        others = Others(film, author, busiest)

        self._read(
            film, busiest, sort.of_replies, partial(replies, busiest, sort, limit=PER_PAGE), others, deeds
        )

    def _read(
        self,
        film: int,
        parent: int | None,
        sort: Sort,
        read: Callable[..., Thread],
        others: Others,
        deeds: Deeds,
    ) -> None:
        standing, met = places(film, parent, sort), Counter[int]()
        waiting = list(reversed(deeds))
        page = read()
        met.update(line.id for line in page.items if line.parent_id == parent)
        while page.next:
            for deed in waiting.pop() if waiting else ():
                others.do(*deed)
            # Whatever was moved or hidden meanwhile may be missed, or met again.
            now = places(film, parent, sort)
            standing = {pk: place for pk, place in standing.items() if now.get(pk) == place}
            page = read(after=page.next)
            met.update(line.id for line in page.items if line.parent_id == parent)

        assert {pk: met[pk] for pk in standing} == dict.fromkeys(standing, 1)
        assert not recount(film)
