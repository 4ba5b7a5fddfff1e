"""Who may do what to whose: what must hold for the whole table."""

from __future__ import annotations

import pytest

from verite.accounts.actors import NOBODY_YET, Actor, Role
from verite.accounts.permissions import TABLE, Act, may

ME, ANOTHER = 7, 8


def actor(role: Role) -> Actor:
    return Actor(ME, role)


def test_every_act_says_something_for_every_role() -> None:
    assert set(TABLE) == set(Act)
    assert all(set(row) == set(Role) for row in TABLE.values())


@pytest.mark.parametrize("act", list(Act))
def test_a_higher_role_may_do_whatever_a_lower_one_may(act: Act) -> None:
    for owner in (ME, ANOTHER, None):
        allowed = [may(actor(role), act, owner_id=owner) for role in Role]
        assert allowed == sorted(allowed)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_votes_on_their_own_words(role: Role) -> None:
    assert not may(actor(role), Act.VOTE, owner_id=ME)
    assert may(actor(role), Act.VOTE, owner_id=ANOTHER)
    assert may(actor(role), Act.VOTE, owner_id=None)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", [Act.EDIT_COMMENT, Act.REMOVE_COMMENT])
def test_nobody_changes_the_words_of_others(role: Role, act: Act) -> None:
    assert may(actor(role), act, owner_id=ME)
    assert not may(actor(role), act, owner_id=ANOTHER)
    assert not may(actor(role), act, owner_id=None)


def test_what_belongs_to_nobody_is_not_a_strangers_own() -> None:
    assert not may(NOBODY_YET, Act.EDIT_COMMENT, owner_id=None)
    assert may(NOBODY_YET, Act.VOTE, owner_id=None)


def test_a_guest_has_no_account() -> None:
    assert [may(actor(role), Act.HAVE_ACCOUNT, owner_id=ME) for role in Role] == [False, True, True, True]
