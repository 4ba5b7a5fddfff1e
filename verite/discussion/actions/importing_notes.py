"""Passages that readers of another site were asked about, and what its comments were besides words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from verite.catalogue.queries.reviews import present_review
from verite.core import db, freshness
from verite.discussion import keys
from verite.discussion.actions.moderating import MOST_STICKY
from verite.discussion.anchoring import paragraphs_of
from verite.discussion.anchors import NotThere, Paragraph, quoted
from verite.discussion.counting import PUBLISHED, hold_talk
from verite.discussion.models import Anchor, Comment, FilmTalk


@dataclass(frozen=True, slots=True)
class ForeignPassage:
    """Words of a film's review as another site had them, and what was asked there; "" where nothing was."""

    exact: str
    question: str
    is_open: bool


def import_passages(
    film_id: int, passages: Sequence[ForeignPassage], *, asked_by: int | None, now: datetime
) -> list[int]:
    """Give a film's review passages with questions. Words that are not in it any more keep their wording.

    Args:
        asked_by: the participant who asks, who is the author of the review.

    Returns:
        The ids of their anchors, in the order of ``passages``.
    """
    with db.write():
        hold_talk(film_id)
        # Only now, for a review that is being saved places what stands in it when it holds the thread.
        paragraphs = paragraphs_of(present_review(film_id))
        made = Anchor.objects.bulk_create(
            Anchor(
                film_id=film_id,
                target=Anchor.Target.REVIEW,
                question=passage.question,
                asked_by_id=asked_by if passage.question else None,
                is_open=passage.is_open,
                created_at=now,
                **_place(passage, paragraphs),
            )
            for passage in passages
        )
        FilmTalk.objects.filter(film=film_id).update(anchor_count=F("anchor_count") + len(made))
        freshness.touch(keys.talk(film_id))
    return [anchor.pk for anchor in made]


def import_marks(
    film_id: int, *, sticky: Collection[int], closed: Collection[int], notes: Mapping[int, int]
) -> None:
    """Say of a film's comments what they were elsewhere; counts are kept.

    Args:
        sticky, closed: heads of branches, by their ids here. No more stick than may.
        notes: the anchors of comments that are notes and were none here.
    """
    with db.write():
        hold_talk(film_id)
        of_film = Comment.objects.filter(film=film_id)
        heads = of_film.filter(parent__isnull=True)
        room = MOST_STICKY - heads.filter(is_sticky=True).count()
        latest = heads.filter(pk__in=sticky, state=PUBLISHED, is_sticky=False).order_by("-created_at", "-pk")
        stick = list(latest.values_list("pk", flat=True)[: max(room, 0)])
        heads.filter(pk__in=stick).update(is_sticky=True, version=F("version") + 1)
        heads.filter(pk__in=closed, is_closed=False).update(is_closed=True, version=F("version") + 1)
        for comment_id, anchor_id in notes.items():
            of_film.filter(pk=comment_id, anchor__isnull=True).update(
                anchor=anchor_id, version=F("version") + 1
            )
        _count_notes(film_id)
        freshness.touch(keys.talk(film_id))


def _count_notes(film_id: int) -> None:
    noted = Comment.objects.filter(film=film_id, state=PUBLISHED, anchor__isnull=False)
    counts = dict(noted.values_list("anchor").annotate(Count("pk")))
    anchors = list(Anchor.objects.filter(film=film_id, pk__in=counts))
    for anchor in anchors:
        anchor.note_count = counts[anchor.pk]
    Anchor.objects.bulk_update(anchors, ["note_count"])
    totals = noted.aggregate(
        review_note_count=Count("pk", filter=Q(anchor__target=Anchor.Target.REVIEW)),
        part_note_count=Count("pk", filter=Q(anchor__target=Anchor.Target.PART)),
    )
    FilmTalk.objects.filter(film=film_id).update(**totals)


def _place(passage: ForeignPassage, paragraphs: Sequence[Paragraph]) -> dict[str, Any]:
    try:
        quote = quoted(paragraphs, passage.exact)
    except NotThere:
        return {"state": Anchor.State.ORPHAN, "score": 0.0, "exact": passage.exact}
    return {
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "paragraph": quote.paragraph,
        "start_char": quote.start,
        "end_char": quote.start + len(quote.exact),
    }
