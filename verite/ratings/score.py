"""The mean of a film's ratings, from counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LOWEST, HIGHEST = 1, 10
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Score:
    """What is shown of a film's ratings.

    Attributes:
        histogram: how many ratings given here say 1, 2, … 10.
        imported_count: ratings taken over from elsewhere as one total; they have no place in the histogram.
        imported_sum: the sum of those ratings.
    """

    histogram: tuple[int, ...]
    imported_count: int = 0
    imported_sum: int = 0

    @property
    def own_count(self) -> int:
        return sum(self.histogram)

    @property
    def count(self) -> int:
        return self.own_count + self.imported_count

    @property
    def mean(self) -> Decimal | None:
        """Arithmetic mean of all ratings to two decimals, half rounded up; None without any."""
        if not self.count:
            return None
        total = self.imported_sum + sum(value * given for value, given in enumerate(self.histogram, LOWEST))
        return (Decimal(total) / self.count).quantize(HUNDREDTH, ROUND_HALF_UP)
