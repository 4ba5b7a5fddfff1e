"""What would be stored beside films, found out without storing it."""

from __future__ import annotations

from collections.abc import Sequence

from verite.transfer.formats import Entry
from verite.transfer.models import ImportedSite

from .batch import Done
from .comments import known_comments
from .ratings import fitting, latest_of_each, too_many
from .threads import untangled


def plan_belongings(entries: Sequence[Entry], done: Done) -> None:
    """Count what would come with these films, and name what would not."""
    sites = {entry.belongings.site for entry in entries if entry.belongings}
    ids = dict(ImportedSite.objects.filter(address__in=sites).values_list("address", "id"))
    for entry in entries:
        if (belongings := entry.belongings) is None:
            continue
        numbers = [number for said in belongings.comments for number in (said.number, said.parent) if number]
        known = known_comments(ids[belongings.site], numbers) if belongings.site in ids else {}
        ordered = untangled(belongings.comments, known)
        done.remarks += ordered.remarks
        done.count("comments", sum(comment.number not in known for comment in ordered.comments))
        done.count("reviews", int(belongings.review is not None))
        done.count("totals", int(belongings.total is not None))
        done.count("subscriptions", len(set(belongings.subscriptions)))
        single = fitting(belongings.total, (), latest_of_each(belongings.ratings))
        done.count("ratings", len(single.ratings))
        if single.too_many:
            done.remarks.append((entry.line, too_many(single.too_many)))
