"""What the catalogue does by the clock."""

from __future__ import annotations

from verite.catalogue.nightly import recount_films
from verite.catalogue.storing.counts import recount
from verite.core.jobs import daily, job


@daily(at="03:00")
@job()
def recount_every_night() -> None:
    """Count the parts of all films anew, and say what is kept wrongly; there must be nothing."""
    recount_from.call(0)


@job()
def recount_from(after: int) -> None:
    """The films whose ids follow, some of them."""
    recount_films(recount, after, recount_from)
