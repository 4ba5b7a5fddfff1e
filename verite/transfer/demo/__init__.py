"""A sample site for a first look: films, collections, and people who talk about them.

All of it stands in the data files beside this one. The films are real works that are free to show; titles,
years, people, lengths, addresses and ids are facts from public lists. Every synopsis, review and essay was
written for Vérité, and so was every comment: whoever says, rates or votes here is a sample, and called so.

Moments (``added``, ``reviewed``, ``days``) are days back from the filling. ``ratings`` says how many gave
1, 2, … 10; ``votes`` how many found a comment helpful, and how many did not.
"""

from __future__ import annotations

from datetime import datetime

from verite.catalogue.models import Film
from verite.core import db
from verite.transfer.demo.catalogue import store_catalogue
from verite.transfer.demo.talk import store_talk


def fill_if_empty(*, now: datetime) -> int:
    """Store the samples where there are no films yet, all of them or none.

    Args:
        now: what the dates of the samples are counted back from.

    Returns:
        How many films were made; 0 where the site has films of its own.
    """
    if Film.objects.exists():
        return 0
    with db.write():
        film_ids = store_catalogue(now=now)
        store_talk(film_ids, now=now)
    return len(film_ids)
