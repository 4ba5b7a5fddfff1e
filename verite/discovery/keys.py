"""Names under which discovery says what became stale (see ``core.freshness``)."""

from __future__ import annotations


def catalogue() -> str:
    """Whatever gathers films or people of the whole catalogue: the shelf and search.

    Touched when a film or a person changes, which curators and importers do; never by a visitor's write.
    """
    return "catalogue:0"
