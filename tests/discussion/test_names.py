"""Under which names comments stand: nobody passes for somebody else."""

from __future__ import annotations

import pytest

from tests.talking import NOON, a_film, a_guest, a_member, after, at_once
from verite.accounts.actions import claim, guest_for, name_author, rename
from verite.accounts.guests import fresh_token
from verite.accounts.models import Participant
from verite.discussion.actions import post_comment
from verite.discussion.models import Comment
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, thread
from verite.discussion.refusals import SignatureRefused

pytestmark = pytest.mark.django_db


def lines(film: int) -> list[CommentLine]:
    return list(thread(film, Sort.OLDEST).items)


def test_guests_are_told_apart_from_members_and_from_each_other() -> None:
    film, member = a_film(), a_member("Agnès")
    guests = [a_guest(), a_guest()]
    post_comment(film, member, "one", name="Somebody", now=NOON)
    post_comment(film, guests[0], "two", name="Werner", now=after(1))
    post_comment(film, guests[1], "three", name="Werner", now=after(2))
    post_comment(film, guests[0], "four", now=after(3))

    authors = [line.author for line in lines(film)]
    assert [author and author.name for author in authors] == ["Agnès", "Werner", "Werner", "Werner"]
    assert [author and author.kind for author in authors] == ["member", "guest", "guest", "guest"]
    marks = [author and author.mark for author in authors]
    assert marks[0] == ""
    assert marks[1] == marks[3] != marks[2]
    assert all(marks[1:])


def test_a_guest_may_stay_nameless_and_is_remembered_by_the_last_name() -> None:
    film, guest = a_film(), a_guest()
    for minute, name in enumerate([None, "Werner", None, " ", None]):
        post_comment(film, guest, f"comment {minute}", name=name, now=after(minute))

    assert [line.author and line.author.name for line in lines(film)] == ["", "Werner", "Werner", "", ""]
    assert Participant.objects.get(pk=guest).name == ""


@pytest.mark.parametrize("name", ["\u202e" * 150 + "x" * 150, "\u0301\u0301", "—"])
def test_a_name_that_cannot_be_used_is_refused_at_its_field(name: str) -> None:
    with pytest.raises(SignatureRefused) as refused:
        post_comment(a_film(), a_guest(), "words", name=name, now=NOON)

    assert refused.value.field == "name"


def test_a_guest_cannot_sign_with_the_name_of_a_member() -> None:
    name_author("Agnès", now=NOON)
    with pytest.raises(SignatureRefused, match="choose another"):
        post_comment(a_film(), a_guest(), "words", name="AGNES", now=NOON)


@pytest.mark.django_db(transaction=True)
def test_what_a_member_posts_while_they_get_another_name_carries_that_too() -> None:
    member, films = a_member("Agnès"), [a_film() for _ in range(12)]

    def act(number: int) -> None:
        if number % 3:
            post_comment(films[number], member, "words", now=NOON)
        else:
            rename(member, f"Agnès {number}")

    at_once(12, act)

    name = Participant.objects.get(pk=member).name
    assert list(Comment.objects.values_list("name", flat=True)) == [name] * 8


@pytest.mark.django_db(transaction=True)
def test_a_guest_who_signs_in_while_they_post_under_a_new_name_waits_for_nobody_in_a_circle() -> None:
    for number in range(4):
        film, member, token = a_film(), a_member(), fresh_token()
        guest = guest_for(token, now=NOON).participant_id
        assert guest is not None
        post_comment(film, guest, "before", now=NOON)

        def act(turn: int, *, of: tuple[int, int, int, str] = (film, member, guest, token)) -> None:
            film, member, guest, token = of
            if turn:
                post_comment(film, guest, f"words {turn}", name=f"Werner {turn}", now=NOON)
            else:
                claim(token=token, member_id=member)

        at_once(6, act)

        assert len(lines(film)) == 6, number
