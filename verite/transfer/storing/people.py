"""Whoever wrote for a site that moved in, as members of this one."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from verite.accounts.actions import AddressTaken, add_member, name_author
from verite.accounts.actors import Role
from verite.accounts.names import LONGEST_NAME, NameRefused, checked_name
from verite.accounts.queries import is_taken, member_with
from verite.transfer.belongings import Writer


class Writers:
    """Finds or makes the members that writers are.

    Somebody with an e-mail address becomes a member without a password and without any rights: they are invited,
    for who can read that address signs in by a code. Somebody without one is a name alone.
    """

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[Writer, int] = {}

    def participant_of(self, writer: Writer) -> int:
        if writer not in self._known:
            self._known[writer] = self._member(writer) if _is_address(writer.email) else self._name(writer)
        return self._known[writer]

    def _name(self, writer: Writer) -> int:
        return name_author(writer.name or "?", now=self._now)

    def _member(self, writer: Writer) -> int:
        if found := member_with(writer.email):
            return found.participant_id
        try:
            added = add_member(
                name=_free_name(writer.name),
                email=writer.email,
                role=Role.MEMBER,
                password=None,
                now=self._now,
            )
        except AddressTaken:  # in this moment
            return self._member(writer)
        return added.participant_id


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _free_name(name: str) -> str:
    """The name, or where a member is called so, the name with a number."""
    try:
        name = checked_name(name)
    except NameRefused:
        name = "Author"
    if not is_taken(name):
        return name
    numbered = (f"{name[: LONGEST_NAME - 8]} {number}" for number in count(2))
    return next(other for other in numbered if not is_taken(other))
