"""Which page numbers stand under a list."""

from __future__ import annotations

from collections.abc import Sequence

AROUND = 2


def page_numbers(number: int | None, last: int) -> Sequence[int | None]:
    """The first, the last and those around the present one; None stands for a gap.

    An empty answer means that there is nothing to choose. Where a cursor led (``number`` is None), no page
    is the present one.
    """
    if last == 1:
        return ()
    present = number or 1
    shown = {1, last, *range(max(1, present - AROUND), min(last, present + AROUND) + 1)}
    # A gap of one is no shorter than its number.
    shown |= {n for n in range(2, last) if n - 1 in shown and n + 1 in shown}
    numbers: list[int | None] = []
    for n in sorted(shown):
        if numbers and n - 1 not in shown:
            numbers.append(None)
        numbers.append(n)
    return numbers
