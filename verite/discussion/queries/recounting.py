"""Counting anew what the actions keep, to find what they kept wrongly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from verite.discussion import ranking
from verite.discussion.counting import PUBLISHED, ancestor_ids
from verite.discussion.models import Anchor, Comment, CommentVote, FilmTalk

COUNTED_KINDS = tuple(f"{kind.value}_count" for kind in Comment.Kind if kind != Comment.Kind.COMMENT)
COUNTED_NOTES = tuple(f"{target.value}_note_count" for target in Anchor.Target)
KEPT = (
    "helpful",
    "not_helpful",
    "score",
    "best",
    "controversial",
    "reply_count",
    "descendant_count",
    "is_shown",
    "root_id",
    "depth",
)
KEPT_OF_FILM = (
    "comment_count",
    "root_count",
    "participant_count",
    *COUNTED_KINDS,
    *COUNTED_NOTES,
    "anchor_count",
)


@dataclass(frozen=True, slots=True)
class Drift:
    """A value that is kept wrongly: of which comment (None: the film's), what is kept, what it is counted anew."""

    film_id: int
    comment_id: int | None
    what: str
    kept: int | None
    counted: int | None


def recount(film_id: int) -> list[Drift]:
    """Every kept value of a film's thread that differs from the rows it comes from; there must be none.

    In four queries, in memory that grows with the thread: for a nightly job.
    """
    rows = list(
        Comment.objects.filter(film=film_id).values(
            *KEPT,
            "id",
            "parent_id",
            "participant_id",
            "state",
            "kind",
            "anchor",
            "anchor__target",
            "path",
            "imported_helpful",
            "imported_not_helpful",
        )
    )
    anchors = dict(Anchor.objects.filter(film=film_id).values_list("pk", "note_count"))
    return [
        *_of_comments(film_id, rows),
        *_of_film(film_id, rows, len(anchors)),
        *_of_anchors(film_id, rows, anchors),
    ]


def _of_comments(film_id: int, rows: list[dict[str, Any]]) -> Iterator[Drift]:
    votes = _votes(film_id)
    replies: Counter[int | None] = Counter()
    descendants: Counter[int] = Counter()
    for row in rows:
        if row["state"] == PUBLISHED:
            replies[row["parent_id"]] += 1
            descendants.update(ancestor_ids(row["path"]))
    paths = {row["id"]: row["path"] for row in rows}
    for row in rows:
        helpful, not_helpful = votes[row["id"]]
        favourable, against = helpful + row["imported_helpful"], not_helpful + row["imported_not_helpful"]
        above = ancestor_ids(row["path"])
        counted = {
            "helpful": helpful,
            "not_helpful": not_helpful,
            "score": ranking.most_voted(favourable, against),
            "best": ranking.best(favourable, against),
            "controversial": ranking.controversial(favourable, against),
            "reply_count": replies[row["id"]],
            "descendant_count": descendants[row["id"]],
            "is_shown": row["state"] == PUBLISHED or descendants[row["id"]] > 0,
            "root_id": above[0] if above else None,
            "depth": len(above),
        }
        for what in KEPT:
            if row[what] != counted[what]:
                yield Drift(film_id, row["id"], what, row[what], counted[what])
        parent_id = row["parent_id"]
        if parent_id is not None and row["path"] != f"{paths[parent_id]}{parent_id}/":
            yield Drift(film_id, row["id"], "path", above[-1] if above else None, parent_id)


def _of_film(film_id: int, rows: list[dict[str, Any]], anchor_count: int) -> Iterator[Drift]:
    published = [row for row in rows if row["state"] == PUBLISHED]
    counted = {
        "comment_count": len(published),
        "root_count": sum(row["parent_id"] is None for row in published),
        "participant_count": len({row["participant_id"] for row in published} - {None}),
        "anchor_count": anchor_count,
    }
    several = Counter(name for row in published for name in _counted_as(row))
    counted |= {name: several[name] for name in (*COUNTED_KINDS, *COUNTED_NOTES)}
    kept = FilmTalk.objects.filter(film=film_id).values(*KEPT_OF_FILM).first() or dict.fromkeys(
        KEPT_OF_FILM, 0
    )
    for what in KEPT_OF_FILM:
        if kept[what] != counted[what]:
            yield Drift(film_id, None, what, kept[what], counted[what])


def _of_anchors(film_id: int, rows: list[dict[str, Any]], anchors: dict[int, int]) -> Iterator[Drift]:
    counted = Counter(row["anchor"] for row in rows if row["state"] == PUBLISHED)
    for anchor_id, kept in anchors.items():
        if kept != counted[anchor_id]:
            yield Drift(film_id, None, f"note_count of anchor {anchor_id}", kept, counted[anchor_id])


def _counted_as(row: dict[str, Any]) -> Iterator[str]:
    if row["kind"] != Comment.Kind.COMMENT:
        yield f"{row['kind']}_count"
    if row["anchor__target"] is not None:
        yield f"{row['anchor__target']}_note_count"


def _votes(film_id: int) -> defaultdict[int, tuple[int, int]]:
    rows = (
        CommentVote.objects.filter(comment__film=film_id)
        .values("comment")
        .annotate(helpful=Count("pk", filter=Q(value=1)), not_helpful=Count("pk", filter=Q(value=-1)))
    )
    found: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        found[row["comment"]] = row["helpful"], row["not_helpful"]
    return found
