"""The order of comments: what each sort is worked out from.

Values are stored as integers, scaled by ``SCALE``, so that both databases order and compare them alike. They
only ever grow the right way: a higher value stands first, ties are newest first.
"""

from __future__ import annotations

from math import sqrt

SCALE = 10**9

# The 90 % point of the normal distribution, one side: how sure we want to be of a share before it counts.
Z = 1.2816


def wilson_lower_bound(favourable: int, total: int, *, z: float = Z) -> float:
    """Lower end of Wilson's score interval for a share of ``favourable`` in ``total``; 0 without any.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22 (1927), 209–212.
    """
    if total == 0:
        return 0.0
    share = favourable / total
    centre = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, (centre - spread) / (1 + z * z / total))


def best(helpful: int, not_helpful: int) -> int:
    """Scaled lower bound of the share that found it helpful.

    With votes against and none in favour it is minus the lower bound of the share against, so that such a
    comment stands below one that nobody has voted on.
    """
    total = helpful + not_helpful
    if helpful == 0 and not_helpful > 0:
        return -round(SCALE * wilson_lower_bound(not_helpful, total))
    return round(SCALE * wilson_lower_bound(helpful, total))


def controversial(helpful: int, not_helpful: int) -> int:
    """Scaled number of votes, weighed by how evenly they are divided; 0 where all agree."""
    less, more = sorted((helpful, not_helpful))
    return round(SCALE * (helpful + not_helpful) * less / more) if less else 0


def most_voted(helpful: int, not_helpful: int) -> int:
    """Votes in favour less votes against."""
    return helpful - not_helpful
