"""Members for tests of accounts and of pages, and browsers in which they are signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from django.test import Client

from verite.accounts import actions, one_time
from verite.accounts.actors import Role
from verite.accounts.models import Member

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "eleven teachers, one mule"
OURS = {"Origin": "http://testserver"}

_numbers = count(1)


def somebody(name: str = "", role: Role = Role.MEMBER, *, password: str | None = None) -> Member:
    """A member whose address is proved."""
    number = next(_numbers)
    return actions.add_member(
        name=name or f"Somebody {number}",
        email=f"somebody{number}@films.example",
        role=role,
        password=password,
        is_proved=True,
        now=NOON,
    )


def a_browser() -> Client:
    """One that says where its requests come from, as all do."""
    return Client(headers=OURS)


def signed_in(member: Member, browser: Client | None = None) -> Client:
    """A browser in which this member has signed in, by a one-time address."""
    member.refresh_from_db()  # a token is made from the last sign-in
    browser = browser or a_browser()
    answer = browser.post(f"/accounts/once/{one_time.token_for(member)}/")
    assert answer.status_code == 302
    return browser
