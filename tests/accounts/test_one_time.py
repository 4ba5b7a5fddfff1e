"""Addresses that let somebody in once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accounts.people import NOON, somebody
from tests.talking import at_once
from verite.accounts import one_time
from verite.accounts.actors import Role
from verite.accounts.queries import has_curator


def used(token: str) -> bool:
    try:
        one_time.use(token, now=NOON)
    except one_time.UsedUp:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_one_address_at_one_moment_one_gets_in() -> None:
    token = one_time.token_for(somebody())

    assert sum(at_once(8, lambda _number: used(token))) == 1
    assert not one_time.is_good(token)


@pytest.mark.django_db
def test_asking_does_not_use_it_up() -> None:
    token = one_time.token_for(somebody())

    assert one_time.is_good(token)
    assert one_time.is_good(token)
    assert used(token)


@pytest.mark.django_db
def test_it_is_for_one_member_and_cannot_be_made_up() -> None:
    mine, other = somebody(), somebody()
    token = one_time.token_for(mine)

    for forged in (
        "",
        "1",
        "-",
        "x-y",
        token + "0",
        token.replace(f"{mine.pk}-", f"{other.pk}-", 1),
        "9" * 30 + "-x",
    ):
        assert not used(forged), forged
    assert used(token)


@pytest.mark.django_db
def test_a_closed_account_lets_nobody_in() -> None:
    member = somebody()
    token = one_time.token_for(member)
    member.is_active = False
    member.save()

    assert not used(token)


def test_the_first_curators_token_stays_the_same_until_it_is_used(data_folder: Path) -> None:
    token = one_time.first_curators_token()

    assert one_time.first_curators_token() == token
    assert (data_folder / "first-curator").stat().st_mode & 0o077 == 0
    with one_time.using_first_curators(token):
        pass
    assert not one_time.is_first_curators(token)
    with pytest.raises(one_time.UsedUp), one_time.using_first_curators(token):
        pass
    assert [file.name for file in data_folder.iterdir()] == []


def test_a_failure_leaves_the_first_curators_token_good(data_folder: Path) -> None:
    token = one_time.first_curators_token()

    with pytest.raises(ValueError), one_time.using_first_curators(token):  # noqa: PT011
        raise ValueError
    assert one_time.is_first_curators(token)


def test_a_token_that_is_not_the_first_curators_is_refused(data_folder: Path) -> None:
    assert not one_time.is_first_curators("anything")
    token = one_time.first_curators_token()

    with pytest.raises(one_time.UsedUp), one_time.using_first_curators(token + "é"):
        pass
    assert one_time.is_first_curators(token)


@pytest.mark.django_db
def test_only_a_curator_is_a_curator() -> None:
    somebody(role=Role.MODERATOR)
    assert not has_curator()

    somebody(role=Role.CURATOR)
    assert has_curator()
