"""Which bytes of a file a client wants (RFC 9110, section 14)."""

from __future__ import annotations

import re

_ONE_RANGE = re.compile(r"bytes\s*=\s*(?:(\d{1,18})\s*-\s*(\d{1,18})?|-\s*(\d{1,18}))", re.IGNORECASE)


class Unsatisfiable(ValueError):
    """The range lies wholly outside the file."""


def wanted(header: str, size: int, *, longest: int) -> range | None:
    """The offsets to send of a file of ``size`` bytes; at most ``longest`` of them, from the start asked for.

    None stands for the whole file: the header cannot be understood, or asks for several pieces, which a
    server may answer with everything.

    Raises:
        Unsatisfiable: the range begins behind the end, or asks for the last zero bytes.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        start, stop = max(0, size - int(suffix)), size
    else:
        start, stop = int(first), size if last is None else min(int(last) + 1, size)
        if last is not None and int(last) < start:
            return None  # not a range at all
    if start >= stop:
        raise Unsatisfiable(header)
    return range(start, min(stop, start + longest))
