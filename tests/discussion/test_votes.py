"""Helpful or not: one vote each, never on oneself, and the counts that come of it."""

from __future__ import annotations

import pytest

from tests.talking import NOON, a_film, a_guest, a_member, after, at_once
from verite.core.freshness import versions
from verite.discussion import keys
from verite.discussion.actions import cast_vote, claim_talk, hold_comment, post_comment
from verite.discussion.models import Comment, CommentVote
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, recount, talk_of, thread
from verite.discussion.ranking import best, controversial
from verite.discussion.refusals import NoSuchComment, VoteRefused

pytestmark = pytest.mark.django_db


def post(film: int, who: int, text: str = "Seen twice.", *, minute: float = 0) -> int:
    return post_comment(film, who, text, now=after(minute)).comment_id


def line(film: int) -> CommentLine:
    (only,) = thread(film, Sort.BEST).items
    return only


def votes_of(voter: int) -> dict[int, int]:
    return dict(CommentVote.objects.filter(participant=voter).values_list("comment", "value"))


def test_a_vote_can_be_cast_turned_and_taken_back() -> None:
    film, voter = a_film(), a_guest()
    comment = post(film, a_guest())
    seen = []
    for value in (1, -1, 0):
        votes = cast_vote(comment, voter, value, now=NOON)
        shown = line(film)
        assert (votes.helpful, votes.not_helpful, votes.own) == (shown.helpful, shown.not_helpful, value)
        assert votes_of(voter) == ({comment: value} if value else {})
        seen.append((shown.helpful, shown.not_helpful))
        assert not recount(film)

    assert seen == [(1, 0), (0, 1), (0, 0)]


def test_the_same_vote_again_changes_nothing() -> None:
    film, voter = a_film(), a_guest()
    comment = post(film, a_guest())
    cast_vote(comment, voter, 1, now=NOON)
    before = versions([keys.talk(film)]), line(film)

    assert cast_vote(comment, voter, 1, now=after(1)).helpful == 1

    assert (versions([keys.talk(film)]), line(film)) == before


def test_a_vote_makes_the_thread_stale_and_the_comment_another_version() -> None:
    film = a_film()
    comment = post(film, a_guest())
    version, before = versions([keys.talk(film)]), line(film).version

    cast_vote(comment, a_guest(), -1, now=NOON)

    assert versions([keys.talk(film)]) != version
    assert line(film).version > before


@pytest.mark.parametrize("value", [2, -2, 10**9])
def test_what_is_no_vote_is_refused(value: int) -> None:
    with pytest.raises(VoteRefused, match="taken back") as refused:
        cast_vote(post(a_film(), a_guest()), a_guest(), value, now=NOON)
    assert refused.value.field == "vote"


def test_nobody_votes_on_themselves_or_on_what_cannot_be_seen() -> None:
    film, guest = a_film(), a_guest()
    comment = post(film, guest)
    with pytest.raises(VoteRefused, match="your own"):
        cast_vote(comment, guest, 1, now=NOON)
    hold_comment(comment)
    for unseen in (comment, 10**9):
        with pytest.raises(NoSuchComment):
            cast_vote(unseen, a_guest(), 1, now=NOON)
    assert not CommentVote.objects.exists()


def test_votes_taken_over_from_elsewhere_count_in_every_order() -> None:
    film = a_film()
    comment = post(film, a_guest())
    Comment.objects.filter(pk=comment).update(imported_helpful=7, imported_not_helpful=2)

    cast_vote(comment, a_guest(), 1, now=NOON)

    shown = line(film)
    assert (shown.helpful, shown.not_helpful, shown.score) == (8, 2, 6)
    assert (shown.best, shown.controversial) == (best(8, 2), controversial(8, 2))
    assert not recount(film)


def test_signing_in_keeps_the_later_of_two_votes_and_none_on_oneself() -> None:
    film, guest, member, stranger = a_film(), a_guest(), a_member("Agnès"), a_guest()
    of_guest, of_member = post(film, guest), post(film, member, minute=1)
    first, second, third = (post(film, stranger, f"comment {number}", minute=2) for number in range(3))
    cast_vote(of_guest, member, 1, now=after(3))
    cast_vote(of_member, guest, -1, now=after(3))
    cast_vote(of_guest, stranger, -1, now=after(3))
    cast_vote(first, guest, 1, now=after(4))
    cast_vote(first, member, -1, now=after(5))
    cast_vote(second, member, -1, now=after(4))
    cast_vote(second, guest, 1, now=after(5))
    cast_vote(third, guest, 1, now=after(4))

    claim_talk(guest_id=guest, member_id=member)

    assert votes_of(member) == {first: -1, second: 1, third: 1}
    assert votes_of(guest) == {}
    assert votes_of(stranger) == {of_guest: -1}
    assert not recount(film)


def test_signing_in_puts_the_members_name_under_what_the_guest_said() -> None:
    film, elsewhere, guest, member = a_film(), a_film(), a_guest(), a_member("Agnès")
    post_comment(film, guest, "as a guest", name="Werner", now=NOON)
    post(film, member, "as a member", minute=1)
    post(elsewhere, guest, "as a guest elsewhere")
    before = thread(film, Sort.OLDEST).items[0]
    assert talk_of(film).participant_count == 2

    claim_talk(guest_id=guest, member_id=member)

    shown = thread(film, Sort.OLDEST).items
    assert [line.author and (line.author.name, line.author.kind, line.author.mark) for line in shown] == [
        ("Agnès", "member", "")
    ] * 2
    assert shown[0].version > before.version
    assert (talk_of(film).participant_count, talk_of(elsewhere).participant_count) == (1, 1)
    assert versions([keys.talk(film), keys.talk(elsewhere)]) == {keys.talk(film): 3, keys.talk(elsewhere): 2}
    assert not recount(film) + recount(elsewhere)


@pytest.mark.django_db(transaction=True)
def test_fifty_votes_of_one_person_in_one_moment_are_one_vote() -> None:
    film, voter = a_film(), a_guest()
    comment = post(film, a_guest())

    at_once(50, lambda number: cast_vote(comment, voter, (1, -1)[number % 2], now=NOON))

    assert CommentVote.objects.count() == 1
    assert line(film).helpful + line(film).not_helpful == 1
    assert not recount(film)


@pytest.mark.django_db(transaction=True)
def test_fifty_people_voting_in_one_moment_are_all_counted() -> None:
    film, people = a_film(), [a_guest() for _ in range(50)]
    comment = post(film, a_guest())

    at_once(50, lambda number: cast_vote(comment, people[number], (1, 1, -1)[number % 3], now=NOON))

    assert (line(film).helpful, line(film).not_helpful) == (34, 16)
    assert not recount(film)


@pytest.mark.django_db(transaction=True)
def test_one_guest_claimed_in_many_tabs_while_they_act_leaves_every_count_right() -> None:
    film, guest, member, stranger = a_film(), a_guest(), a_member(), a_guest()
    comments = [post(film, (guest, member, stranger)[number % 3], f"{number}") for number in range(12)]
    for comment in comments[2::3]:
        cast_vote(comment, guest, 1, now=NOON)

    def act(number: int) -> None:
        if number % 2:
            claim_talk(guest_id=guest, member_id=member)
        else:
            post_comment(film, stranger, f"meanwhile {number}", parent_id=comments[number], now=after(1))
            cast_vote(comments[0], stranger, 1, now=after(1))

    at_once(12, act)

    assert not recount(film)
    assert votes_of(member) == dict.fromkeys(comments[2::3], 1)
