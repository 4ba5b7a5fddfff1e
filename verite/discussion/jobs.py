"""What discussion does by the clock."""

from __future__ import annotations

from verite.catalogue.nightly import recount_films
from verite.core.jobs import daily, job
from verite.discussion.queries import recount


@daily(at="03:20")
@job()
def recount_every_night() -> None:
    """Count the threads of all films anew, and say what is kept wrongly; there must be nothing."""
    recount_from.call(0)


@job()
def recount_from(after: int) -> None:
    """The films whose ids follow, some of them."""
    recount_films(recount, after, recount_from)
