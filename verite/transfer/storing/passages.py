"""Passages that readers were asked about elsewhere, kept until they are anchors here (``taking_up``)."""

from __future__ import annotations

from collections.abc import Sequence

from verite.transfer.belongings import Passage
from verite.transfer.models import ImportedPassage


def remember_passages(site_id: int, film_id: int, said: Sequence[Passage]) -> None:
    """Store those that are new, and the numbers of those whose number was not known."""
    if not said:
        return
    by_key = {passage.key: passage for passage in said}
    known = {row.key: row for row in ImportedPassage.objects.filter(site=site_id, film=film_id)}
    ImportedPassage.objects.bulk_create(
        ImportedPassage(
            site_id=site_id,
            film_id=film_id,
            key=passage.key,
            number=passage.number,
            exact=passage.exact,
            question=passage.question,
            is_open=passage.is_open,
        )
        for key, passage in by_key.items()
        if key not in known
    )
    numbered = [
        row for key, row in known.items() if row.number is None and key in by_key and by_key[key].number
    ]
    for row in numbered:
        row.number = by_key[row.key].number
    if numbered:
        ImportedPassage.objects.bulk_update(numbered, ["number"])
