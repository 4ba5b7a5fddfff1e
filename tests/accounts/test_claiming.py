"""What a guest did becomes a member's: every room is asked, once, or nothing happens at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.accounts.people import NOON, somebody
from tests.talking import at_once
from verite.accounts import claiming
from verite.accounts.actions import claim, guest_for
from verite.accounts.guests import fresh_token
from verite.accounts.models import Participant
from verite.core.db import current_write

Moves = list[tuple[int, int]]


@pytest.fixture
def moves() -> Iterator[Moves]:
    """What a room is told, which is asked first of all."""
    told: Moves = []

    def move(*, guest_id: int, member_id: int) -> None:
        assert current_write()
        told.append((guest_id, member_id))

    claiming._movers.insert(0, move)
    yield told
    claiming._movers.remove(move)


@pytest.mark.django_db
def test_every_room_is_told_who_became_whom(moves: Moves) -> None:
    token, member = fresh_token(), somebody()
    actor = guest_for(token, now=NOON)

    claim(token=token, member_id=member.participant_id)

    assert moves == [(actor.participant_id, member.participant_id)]
    assert Participant.objects.get(pk=actor.participant_id).claimed_by_id == member.participant_id


@pytest.mark.django_db
def test_somebody_who_did_nothing_has_nothing_to_claim(moves: Moves) -> None:
    claim(token=fresh_token(), member_id=somebody().participant_id)

    assert moves == []


@pytest.mark.django_db(transaction=True)
def test_a_past_is_claimed_once_however_many_sign_in_at_that_moment(moves: Moves) -> None:
    token, members = fresh_token(), [somebody() for _ in range(8)]
    guest_for(token, now=NOON)

    at_once(8, lambda number: claim(token=token, member_id=members[number].participant_id))

    assert len(moves) == 1


@pytest.mark.django_db(transaction=True)
def test_a_room_that_fails_leaves_the_guest_what_it_was() -> None:
    def fail(*, guest_id: int, member_id: int) -> None:
        raise ValueError

    token = fresh_token()
    before = guest_for(token, now=NOON)
    claiming.register(fail)
    try:
        with pytest.raises(ValueError):  # noqa: PT011 (ours, from above)
            claim(token=token, member_id=somebody().participant_id)
    finally:
        claiming._movers.remove(fail)

    assert guest_for(token, now=NOON) == before
