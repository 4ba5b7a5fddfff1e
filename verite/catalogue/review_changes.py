"""A review is saved, and so is whatever holds on to its words.

The catalogue knows nothing of notes. Each room that keeps places in reviews registers, at start-up, what a new
text changes: ``review_changes.register(follow, films)`` in its ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

Paragraphs = Sequence[tuple[str, str]]
"""Key and sanitised HTML of each paragraph of the new text."""

Write = Callable[[], None]


class Follower(Protocol):
    """Finds out what changes, before any transaction is open; what it returns writes that inside of it."""

    def __call__(self, film_id: int, paragraphs: Paragraphs) -> Write: ...


class Films(Protocol):
    """The films among these for which its room keeps places, so that thousands of others cost nothing."""

    def __call__(self, film_ids: Collection[int]) -> set[int]: ...


_followers: list[tuple[Follower, Films]] = []


def register(follower: Follower, films: Films) -> None:
    """Ask ``follower`` whenever a review is about to be saved: places may be older than the first one."""
    _followers.append((follower, films))


def prepare(film_id: int, paragraphs: Paragraphs) -> list[Write]:
    """What every room has to write together with the new text."""
    return [follower(film_id, paragraphs) for follower, _films in _followers]


def followed(film_ids: Collection[int]) -> set[int]:
    """The films among these for which there is something to ``prepare``; for whoever saves many reviews."""
    return {film_id for _follower, films in _followers for film_id in films(film_ids)}
