"""What somebody did as a guest becomes theirs when they sign in.

Accounts know nothing of ratings or comments. Each room that keeps something under a participant registers,
at start-up, how it moves: ``claiming.register(move)`` in its ``AppConfig.ready``.
"""

from __future__ import annotations

from typing import Protocol


class Mover(Protocol):
    """Moves one room's rows, inside the write transaction that is open.

    Where both have said something about the same thing, the later word stands; a vote on what becomes one's
    own goes.
    """

    def __call__(self, *, guest_id: int, member_id: int) -> None: ...


_movers: list[Mover] = []


def register(mover: Mover) -> None:
    """Call ``mover`` with the ids of both participants at every claim, in the order of registration."""
    _movers.append(mover)


def move_all(*, guest_id: int, member_id: int) -> None:
    """Let every room move what is the guest's to the member."""
    for mover in _movers:
        mover(guest_id=guest_id, member_id=member_id)
