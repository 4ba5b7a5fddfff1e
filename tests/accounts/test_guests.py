"""Guests: one row for one token, whoever asks at the same moment, and names that nobody else has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.people import NOON, somebody
from tests.talking import at_once
from verite.accounts.actions import GuestClaimed, claim, guest_for, name_guest
from verite.accounts.actors import Role
from verite.accounts.guests import fresh_token
from verite.accounts.models import Participant
from verite.accounts.names import LONGEST_NAME, NameRefused, checked_name, guest_mark, slug_of
from verite.accounts.queries import guest
from verite.core import db


@pytest.mark.django_db(transaction=True)
def test_fifty_first_acts_with_one_token_at_one_moment_make_one_guest() -> None:
    token = fresh_token()

    actors = at_once(50, lambda _number: guest_for(token, now=NOON))

    assert len({actor.participant_id for actor in actors}) == 1
    assert Participant.objects.filter(kind="guest").count() == 1


@pytest.mark.django_db
def test_two_tokens_are_two_guests_and_the_table_holds_neither() -> None:
    tokens = fresh_token(), fresh_token()

    first, second = (guest_for(token, now=NOON) for token in tokens)

    assert first.participant_id != second.participant_id
    assert first.role is Role.GUEST
    kept = Participant.objects.values_list("token_digest", flat=True)
    assert not set(tokens) & set(kept)


@pytest.mark.django_db
def test_asking_who_a_guest_is_makes_nobody_known() -> None:
    actor = guest(fresh_token())

    assert actor is not None
    assert actor.participant_id is None
    assert not Participant.objects.exists()


@pytest.mark.django_db
def test_a_claimed_token_is_nobodys_and_cannot_act() -> None:
    token = fresh_token()
    guest_for(token, now=NOON)
    claim(token=token, member_id=somebody().participant_id)

    assert guest(token) is None
    with pytest.raises(GuestClaimed):
        guest_for(token, now=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Ana Łukić", "ana lukic", " ANA\u200b  Lukić ", "Ana-Lukic!", "Ａna Lukić"])
def test_a_guest_cannot_sign_as_a_member(name: str) -> None:
    somebody("Ana Łukić")
    actor = guest_for(fresh_token(), now=NOON)
    assert actor.participant_id is not None

    with pytest.raises(NameRefused, match="A member is called so"), db.write():
        name_guest(actor.participant_id, name)


@pytest.mark.django_db
def test_two_guests_of_one_name_have_two_marks_in_a_thread_and_others_in_the_next() -> None:
    first, second = (guest_for(fresh_token(), now=NOON).participant_id for _ in range(2))
    assert first is not None
    assert second is not None
    with db.write():
        assert name_guest(first, "Ana") == name_guest(second, "Ana") == "Ana"

    assert guest_mark(first, thread_id=1) != guest_mark(second, thread_id=1)
    assert guest_mark(first, thread_id=1) == guest_mark(first, thread_id=1)
    assert guest_mark(first, thread_id=1) != guest_mark(first, thread_id=2)


@pytest.mark.django_db
def test_a_guest_may_sign_with_nothing() -> None:
    token = fresh_token()
    actor = guest_for(token, now=NOON)
    assert actor.participant_id is not None
    with db.write():
        name_guest(actor.participant_id, "Ana")

    with db.write():
        name_guest(actor.participant_id, "")

    assert guest_for(token, now=NOON).name == ""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a" * 81, "81 characters"),
        ("\u202e" + "ab" * 150, "300 characters"),
        ("", "at least one letter"),
        (" \u200b\u202e ", "at least one letter"),
        ("\u0301\u0301", "at least one letter"),
        ("\u3164\u115f\u1160\uffa0\u2800", "at least one letter"),
        ("__ - __", "at least one letter"),
    ],
)
def test_a_name_that_cannot_be_read_is_refused_with_a_reason(name: str, why: str) -> None:
    with pytest.raises(NameRefused, match=why):
        checked_name(name)


@given(st.text(max_size=120))
def test_a_name_that_is_taken_once_is_taken_again_unchanged(name: str) -> None:
    try:
        kept = checked_name(name)
    except NameRefused:
        return

    assert checked_name(kept) == kept
    assert 0 < len(kept) <= LONGEST_NAME
    assert "\n" not in kept
    assert "\u202e" not in kept
    assert slug_of(kept)
