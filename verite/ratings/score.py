"""What a rating may be, and the mean of a film's ratings from counts alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

LOWEST, HIGHEST = 1, 10
HUNDREDTH = Decimal("0.01")

_WHOLE_NUMBER = re.compile(r"[0-9]{1,2}")


class NotARating(ValueError):
    """What was chosen is no rating. The message says what one is, for the person who chose it."""

    field = "rating"

    def __init__(self) -> None:
        super().__init__(
            _("A rating is a whole number from %(lowest)d to %(highest)d. Choose one of the frames.")
            % {"lowest": LOWEST, "highest": HIGHEST}
        )


def chosen(given: str | float | None) -> int | None:
    """The rating that a form (text) or a program (a number) sends; None for nothing, which takes it back.

    Raises:
        NotARating: it is not a whole number from 1 to 10.
    """
    if given is None or given == "":
        return None
    if isinstance(given, str) and _WHOLE_NUMBER.fullmatch(given.strip()):
        given = int(given)
    if isinstance(given, bool | str) or given not in range(LOWEST, HIGHEST + 1):
        raise NotARating
    return int(given)


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
