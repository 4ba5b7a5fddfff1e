"""A review is saved, and so is whatever holds on to its words.

The catalogue knows nothing of notes. Each room that keeps places in reviews registers, at start-up, what a new
text changes: ``review_changes.register(follow)`` in its ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

Paragraphs = Sequence[tuple[str, str]]
"""Key and sanitised HTML of each paragraph of the new text."""

Write = Callable[[], None]


class Follower(Protocol):
    """Finds out what changes, before any transaction is open; what it returns writes that inside of it."""

    def __call__(self, film_id: int, paragraphs: Paragraphs) -> Write: ...


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Ask ``follower`` whenever a review is about to be saved over an earlier one."""
    _followers.append(follower)


def prepare(film_id: int, paragraphs: Paragraphs) -> list[Write]:
    """What every room has to write together with the new text."""
    return [follower(film_id, paragraphs) for follower in _followers]
