"""A member is called otherwise, and so is whatever carries the name.

Accounts know nothing of comments or reviews. Each room that shows or keeps the names of members registers,
at start-up, what a new one changes: ``renaming.register(follow)`` in its ``AppConfig.ready``.
"""

from __future__ import annotations

from typing import Protocol


class Follower(Protocol):
    """Gives one room's rows the new name, and touches what shows it, inside the write transaction that is open."""

    def __call__(self, *, member_id: int, name: str) -> None: ...


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Call ``follower`` with the member (a participant's id) at every change, in the order of registration."""
    _followers.append(follower)


def tell_all(*, member_id: int, name: str) -> None:
    """Let every room follow."""
    for follower in _followers:
        follower(member_id=member_id, name=name)
