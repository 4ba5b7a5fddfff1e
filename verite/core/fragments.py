"""Pieces of pages, kept in this process while nothing that they show has changed.

The page cache answers for whole pages of nobody in particular. Behind it, a page that has to be made anew
takes over the pieces that still stand: what a film says about itself need not be told again because somebody
has commented on it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Generic, Protocol, TypeVar
from weakref import WeakSet

from verite.core import freshness

T = TypeVar("T")


class _Forgetful(Protocol):
    def forget(self) -> None: ...


_all: WeakSet[_Forgetful] = WeakSet()


def forget_all() -> None:
    """Throw every piece away: for when another database, with versions of its own, takes the place of this one."""
    for fragments in _all:
        fragments.forget()


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """A piece, the versions of what it shows, and everything of which its page wanted to know the version."""

    value: T
    versions: Mapping[str, int]
    asked: Collection[str]


class Fragments(Generic[T]):
    """A bounded number of pieces; the one that was asked for longest ago makes room for a new one.

    A page asks for versions once, whether its pieces are kept or not: a new piece waits for those that are
    read when the page is made, and a kept one is looked at together with what its page will show beside it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self._lock = Lock()
        _all.add(self)

    def forget(self) -> None:
        """Throw every piece away."""
        with self._lock:
            self._kept.clear()

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        """The piece of this name, made anew if something it names by ``depends_on`` has changed.

        ``name`` must say everything else that the piece depends on: the language, the part that is chosen.
        Inside a page only, for its snapshot is what makes the piece and its versions agree.
        """
        with self._lock:
            kept = self._kept.get(name)
        with freshness.recording() as shown:
            if kept is not None:
                shown.ask(kept.asked)
                if all(shown.read[key] == version for key, version in kept.versions.items()):
                    shown.keys.update(kept.versions)
                    return self._keep(name, kept).value
            value = make()

            def keep(versions: Mapping[str, int]) -> None:
                of_piece = {key: versions[key] for key in shown.keys}
                self._keep(name, _Kept(value, of_piece, tuple(versions)))

            shown.followers.append(keep)
            return value

    def _keep(self, name: Hashable, kept: _Kept[T]) -> _Kept[T]:
        with self._lock:
            self._kept[name] = kept
            self._kept.move_to_end(name)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept


class Versioned(Generic[T]):
    """Pieces whose names say of which version they are: true for ever, they only take room.

    For the hundreds of small pieces of a page: finding one is a single look into a dictionary. The one that
    was kept first makes room for a new one.

    Args:
        most: how much is kept in all, in the unit in which ``size`` measures a piece.
    """

    def __init__(self, most: int, size: Callable[[T], int]) -> None:
        self._most = most
        self._size = size
        self._taken = 0
        self._kept: dict[Hashable, T] = {}
        self._lock = Lock()
        _all.add(self)

    def forget(self) -> None:
        """Throw every piece away."""
        with self._lock:
            self._kept.clear()
            self._taken = 0

    def get(self, name: Hashable) -> T | None:
        """The piece of this name, if it is kept."""
        return self._kept.get(name)

    def keep(self, name: Hashable, piece: T) -> T:
        """Keep a piece for whoever asks next."""
        with self._lock:
            if name not in self._kept:
                self._kept[name] = piece
                self._taken += self._size(piece)
            while self._taken > self._most:
                self._taken -= self._size(self._kept.pop(next(iter(self._kept))))
        return piece
