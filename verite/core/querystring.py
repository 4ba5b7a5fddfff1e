"""One spelling for every way of asking for the same page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import parse_qsl, urlencode

MOST_FIELDS = 100


def normalised(query: str, params: Sequence[str], many: Collection[str] = ()) -> str:
    """The part of a query string that a page declared, always spelt the same.

    Unknown and empty parameters are dropped; the order is that of ``params``; of a parameter given twice the
    last value counts, as in Django, unless it is among ``many``, whose values are kept once each, sorted.

    Raises:
        ValueError: more than ``MOST_FIELDS`` parameters.
    """
    if not query or not params:
        return ""
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, max_num_fields=MOST_FIELDS):
        given.setdefault(name, []).append(value)
    pairs = []
    for name in params:
        values = given.get(name, [])
        kept = sorted(set(values)) if name in many else values[-1:]
        pairs += [(name, value) for value in kept]
    return urlencode(pairs)
