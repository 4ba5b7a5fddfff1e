"""Chance that is the same on every machine, in every process and under every Python."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that follow from the seed alone; each throw differs from the one before."""

    def __init__(self, seed: str) -> None:
        # A lone surrogate is not a reason to leave a film without a picture.
        self._seed = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=16)
        self._throws = 0

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._throw()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int((high - low + 1) * self._throw())

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.whole(0, len(choices) - 1)]

    def chance(self, share: float) -> bool:
        return self._throw() < share

    def _throw(self) -> float:
        """From 0 up to, never including, 1: 53 bits, as many as a float can hold."""
        throw = self._seed.copy()
        throw.update(self._throws.to_bytes(4, "big"))
        self._throws += 1
        return (int.from_bytes(throw.digest()[:7], "big") >> 3) / (1 << 53)
