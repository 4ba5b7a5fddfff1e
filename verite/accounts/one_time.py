"""Addresses that let somebody in once: for the first curator, and for members that an operator adds.

The first curator's token lies in the data folder, readable by its owner only, until it is used. A member's
token is not kept anywhere: it holds for three days, and no longer than until the member's next sign-in.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare

from verite.accounts.models import Member
from verite.core import db
from verite.core.ids import new_token

TOKEN_BITS = 192


class UsedUp(Exception):
    """The address has been used, is too old, or never was one."""


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "verite.accounts.one_time"


_tokens = _Tokens()


def token_for(member: Member) -> str:
    """A token with which this member signs in once."""
    return f"{member.pk}-{_tokens.make_token(member)}"


def is_good(token: str) -> bool:
    """Whether a member's token would let somebody in now. It is not used up by asking."""
    return _member_of(token) is not None


def use(token: str, *, now: datetime) -> Member:
    """Use a member's token up; of two who try, one succeeds.

    Raises:
        UsedUp: it lets nobody in.
    """
    with db.write():
        member = _member_of(token, lock=True)
        if member is None:
            raise UsedUp
        member.last_login = now  # which the token is made from
        member.save(update_fields=["last_login"])
    return member


def _member_of(token: str, *, lock: bool = False) -> Member | None:
    number, _hyphen, rest = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    members = Member.objects.select_for_update() if lock else Member.objects
    member = members.filter(pk=int(number), is_active=True).first()
    return member if member is not None and _tokens.check_token(member, rest) else None


def first_curators_token() -> str:
    """The token with which the first curator signs up, made at the first call."""
    file = _file()
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        fresh = new_token(TOKEN_BITS)
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(fresh, encoding="ascii")
    try:
        os.link(unfinished, file)  # atomic, and the first of two processes wins
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    finally:
        unfinished.unlink()
    return fresh


def is_first_curators(token: str) -> bool:
    """Whether this is the token that lies in the data folder."""
    try:
        kept = _file().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return False
    return constant_time_compare(kept.encode(), token.encode())


@contextmanager
def using_first_curators(token: str) -> Iterator[None]:
    """Use the first curator's token up, unless the ``with`` block fails; of two who try, one gets in.

    Raises:
        UsedUp: it is not the token, or somebody else is using it.
    """
    if not is_first_curators(token):
        raise UsedUp
    taken = _file().with_name(f".first-curator.{secrets.token_hex(8)}")
    try:
        _file().rename(taken)
    except FileNotFoundError as error:
        raise UsedUp from error
    try:
        yield
    except BaseException:
        taken.rename(_file())
        raise
    taken.unlink()


def _file() -> Path:
    folder: Path = settings.VERITE.data
    return folder / "first-curator"
