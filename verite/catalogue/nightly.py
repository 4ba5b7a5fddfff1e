"""Going over all films at night, a piece at a time, to find counts that are kept wrongly."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from verite.catalogue.models import Film
from verite.core import db
from verite.core.jobs import Job

FILMS_PER_PIECE = 100

log = logging.getLogger(__name__)


def recount_films(recount: Callable[[int], Iterable[object]], after: int, piece: Job[[int]]) -> None:
    """Recount the films that follow an id, each at one moment, and let another piece of the work wait.

    Args:
        recount: answers with what is kept wrongly of a film; each is one line in the log.
        piece: the job that calls this, with the id it goes on after.
    """
    ids = list(
        Film.objects.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:FILMS_PER_PIECE]
    )
    for film_id in ids:
        with db.snapshot():
            wrong = list(recount(film_id))
        for drift in wrong:
            log.error("A count is kept wrongly: %s", drift)
    if len(ids) == FILMS_PER_PIECE:
        with db.write():
            piece.enqueue(ids[-1])
