"""Kinds of remark, what sticks on top, branches that are closed, and what authors are called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.talking import NOON, a_film, a_guest, after
from verite.accounts.actions import add_member, set_role
from verite.accounts.actors import Role
from verite.accounts.models import Participant
from verite.catalogue.actions.people import PersonRefused, know_as_member
from verite.catalogue.models import Credit, Person
from verite.discussion import actions
from verite.discussion.models import Comment
from verite.discussion.orders import Sort
from verite.discussion.queries import CommentLine, recount, talk_of, thread
from verite.discussion.refusals import KindRefused, NoSuchComment, NotAHead, SourceRefused, ThreadClosed
from verite.discussion.remarks import Kind, Remark, remark

pytestmark = pytest.mark.django_db


def said(film: int, words: str = "Look at the maps.", *, minute: int = 0, **more: object) -> int:
    return actions.post_comment(film, a_guest(), words, now=after(minute), **more).comment_id  # type: ignore[arg-type]


def line_of(film: int, comment: int) -> CommentLine:
    (found,) = [line for line in thread(film, Sort.NEWEST).items if line.id == comment]
    return found


def a_signed_in(name: str, role: Role = Role.MEMBER) -> int:
    add_member(name=name, email=f"{name}@films.example".lower(), role=role, password=None, now=NOON)
    return Participant.objects.get(name=name).pk


def test_a_remark_is_counted_by_its_kind_for_as_long_as_it_is_published() -> None:
    film = a_film()
    said(film, "I was there.")
    asked = said(film, "Who says so?", remark=Remark(Kind.ASKS_SOURCE))
    given = said(
        film, "The archive.", parent_id=asked, remark=Remark(Kind.GIVES_SOURCE, "https://archive.example/1")
    )

    talk = talk_of(film)
    assert (talk.comment_count, talk.asks_count, talk.source_count, talk.correction_count) == (3, 1, 1, 0)
    assert line_of(film, given).source == "https://archive.example/1"
    assert line_of(film, asked).kind == "asks"

    actions.hold_comment(given)
    assert talk_of(film).source_count == 0
    actions.publish_comment(given, now=after(1))
    assert talk_of(film).source_count == 1
    assert not recount(film)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "archive.org/details/x",
        "https://",
        "http://a@b.example/",
        "https://[",
        "x" * 600,
    ],
)
def test_an_address_that_no_reader_could_open_is_refused(typed: str) -> None:
    with pytest.raises(SourceRefused):
        remark("source", typed)


def test_an_address_is_kept_only_beside_a_source_given() -> None:
    assert remark("source", " https://archive.example/a b ") == Remark(
        Kind.GIVES_SOURCE, "https://archive.example/ab"
    )
    assert remark("question", "https://archive.example/") == Remark(Kind.QUESTION)
    assert remark("source") == Remark(Kind.GIVES_SOURCE)
    with pytest.raises(KindRefused):
        remark("rant")


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("roots", [6, 230])
def test_what_sticks_stands_first_once_whatever_the_order(sort: Sort, roots: int) -> None:
    film = a_film()
    ids = [said(film, f"Number {number}", minute=number) for number in range(roots)]
    answer = said(film, "Yes.", parent_id=ids[3], minute=1000)
    actions.stick(ids[3])

    met: list[int] = []
    page = thread(film, sort, limit=4)
    assert [line.id for line in page.items[:2]] == [ids[3], answer]
    while True:
        met += [line.id for line in page.items]
        if page.next is None:
            break
        page = thread(film, sort, after=page.next, limit=4)
    assert sorted(met) == sorted([*ids, answer])


def test_only_three_stick_and_only_what_heads_a_branch() -> None:
    film = a_film()
    ids = [said(film, f"Number {number}") for number in range(4)]
    answer = said(film, "Yes.", parent_id=ids[0])
    for comment in ids[:3]:
        actions.stick(comment)

    with pytest.raises(NotAHead, match="3"):
        actions.stick(ids[3])
    with pytest.raises(NotAHead):
        actions.stick(answer)
    actions.unstick(ids[0])
    actions.stick(ids[3])


def test_what_is_taken_out_of_sight_sticks_no_more() -> None:
    film = a_film()
    comment = said(film)
    said(film, "Yes.", parent_id=comment)
    actions.stick(comment)

    actions.remove_comment(comment)

    assert not Comment.objects.get(pk=comment).is_sticky


def test_nothing_can_be_said_in_a_closed_branch_until_it_is_opened_again() -> None:
    film = a_film()
    head = said(film)
    deep = said(film, "And?", parent_id=said(film, "Yes.", parent_id=head))
    actions.close_branch(head)

    for answered in (head, deep):
        with pytest.raises(ThreadClosed, match="branch"):
            said(film, "But!", parent_id=answered)
    said(film, "Something else.")
    actions.reopen_branch(head)
    said(film, "But!", parent_id=deep)


def test_every_comment_of_a_closed_branch_says_that_it_cannot_be_answered() -> None:
    film = a_film()
    head, other = said(film), said(film, "Something else.")
    deep = said(film, "And?", parent_id=said(film, "Yes.", parent_id=head))

    actions.close_branch(head)

    assert [line_of(film, each).is_closed for each in (head, deep, other)] == [True, True, False]
    actions.reopen_branch(head)
    assert not line_of(film, deep).is_closed


def test_a_correction_is_taken_up_and_nothing_else_is() -> None:
    film = a_film()
    wrong = said(film, "It was 1937.", remark=Remark(Kind.CORRECTION))
    before = line_of(film, wrong)

    actions.take_up(wrong, now=after(5))

    now = line_of(film, wrong)
    assert (before.taken_up_at, now.taken_up_at) == (None, NOON + timedelta(minutes=5))
    assert now.version > before.version
    actions.put_back(wrong)
    assert line_of(film, wrong).taken_up_at is None
    with pytest.raises(NoSuchComment):
        actions.take_up(said(film), now=NOON)


@pytest.mark.parametrize(
    ("role", "label"), [(Role.CURATOR, "curator"), (Role.MODERATOR, "moderator"), (Role.MEMBER, "")]
)
def test_authors_are_called_what_they_are_now(role: Role, label: str) -> None:
    film, author = a_film(), a_signed_in("Agnès", Role.MEMBER)
    comment = actions.post_comment(film, author, "Welcome.", now=NOON).comment_id

    set_role(Participant.objects.get(pk=author).member.pk, role)

    assert line_of(film, comment).label == label


def test_an_office_does_not_tell_whose_comment_was_taken_away() -> None:
    film, author = a_film(), a_signed_in("Agnès", Role.CURATOR)
    comment = actions.post_comment(film, author, "Regretted.", now=NOON).comment_id
    said(film, "Why?", parent_id=comment)

    actions.remove_comment(comment)

    line = line_of(film, comment)
    assert (line.author, line.label) == (None, "")


def test_the_address_of_a_source_goes_with_the_words_that_its_author_deletes() -> None:
    film, author = a_film(), a_guest()
    given = actions.post_comment(
        film, author, "Here.", now=NOON, remark=Remark(Kind.GIVES_SOURCE, "https://ann.example/cv")
    ).comment_id

    actions.delete_comment(given, author)

    assert Comment.objects.get(pk=given).source == ""
    assert not recount(film)


def test_a_maker_is_called_so_beside_their_own_films_alone() -> None:
    film, other, author = a_film(), a_film("Rain"), a_signed_in("Agnès", Role.CURATOR)
    person = Person.objects.create(slug="agnes", name="Agnès", folded_name="agnes")
    Credit.objects.create(film_id=film, person=person, role=Credit.Role.DIRECTOR, position=1)
    know_as_member(person.pk, author)

    labels = [
        line_of(each, actions.post_comment(each, author, "I am here.", now=NOON).comment_id).label
        for each in (film, other)
    ]

    assert labels == ["maker", "curator"]


def test_a_person_is_one_member_and_a_member_one_person() -> None:
    agnes, other = (Person.objects.create(slug=s, name=s, folded_name=s) for s in ("agnes", "other"))
    member = a_signed_in("Agnès")
    know_as_member(agnes.pk, member)

    refused: list[Callable[[], None]] = [
        lambda: know_as_member(other.pk, member),
        lambda: know_as_member(other.pk, a_guest()),
        lambda: know_as_member(0, member),
    ]
    for attempt in refused:
        with pytest.raises(PersonRefused):
            attempt()
    know_as_member(agnes.pk, None)
    know_as_member(other.pk, member)
