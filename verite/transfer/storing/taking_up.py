"""What comments and readers were on another site becomes theirs here: notes, sticky, closed, subscriptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from verite.catalogue.models import Review
from verite.core import db
from verite.discussion.actions import ForeignPassage, import_marks, import_passages
from verite.discussion.models import Comment
from verite.notifications.actions import Kept, take_up
from verite.notifications.topics import Subject, Topic
from verite.transfer.models import ImportedComment, ImportedPassage, ImportedSubscription

PER_QUESTION = 1000


def take_up_everything(site_id: int, film_ids: Collection[int], *, now: datetime) -> int:
    """Take up what these films of a site brought along and is not taken up yet; a second time changes nothing.

    Returns:
        How many subscriptions wait now for their addresses to say that they are still wanted.
    """
    _make_passages(site_id, film_ids, now)
    _mark_comments(site_id, film_ids)
    return _ask_subscribers(site_id, film_ids, now)


def _make_passages(site_id: int, film_ids: Collection[int], now: datetime) -> None:
    by_film: dict[int, list[ImportedPassage]] = defaultdict(list)
    left = ImportedPassage.objects.filter(site=site_id, film__in=film_ids, anchor__isnull=True)
    for row in left.exclude(exact="").order_by("pk"):
        by_film[row.film_id].append(row)
    authors = dict(Review.objects.filter(film__in=by_film).values_list("film", "author"))
    for film_id, rows in by_film.items():
        said = [ForeignPassage(row.exact, row.question, row.is_open) for row in rows]
        with db.write():
            made = import_passages(film_id, said, asked_by=authors.get(film_id), now=now)
            for row, anchor_id in zip(rows, made, strict=True):
                row.anchor_id = anchor_id
            ImportedPassage.objects.bulk_update(rows, ["anchor"])


def _mark_comments(site_id: int, film_ids: Collection[int]) -> None:
    anchors = dict(
        ImportedPassage.objects.filter(site=site_id, film__in=film_ids, anchor__isnull=False)
        .exclude(number=None)
        .values_list("number", "anchor")
    )
    left = Q(is_sticky=True) | Q(is_closed=True) | Q(passage__isnull=False)
    by_film: dict[int, list[ImportedComment]] = defaultdict(list)
    for row in ImportedComment.objects.filter(left, site=site_id).select_related("comment"):
        # Which passage a number means is said by a dump alone, so after an export a note has to wait.
        if row.comment.film_id in film_ids and (row.is_sticky or row.is_closed or row.passage in anchors):
            by_film[row.comment.film_id].append(row)
    for film_id, rows in by_film.items():
        notes = {row.comment_id: anchors[row.passage] for row in rows if row.passage in anchors}
        with db.write():
            import_marks(
                film_id,
                sticky=[row.comment_id for row in rows if row.is_sticky],
                closed=[row.comment_id for row in rows if row.is_closed],
                notes=notes,
            )
            for row in rows:
                row.is_sticky = row.is_closed = False
                row.passage = None if row.passage in anchors else row.passage
            ImportedComment.objects.bulk_update(rows, ["is_sticky", "is_closed", "passage"])


def _ask_subscribers(site_id: int, film_ids: Collection[int], now: datetime) -> int:
    rows = list(ImportedSubscription.objects.filter(site=site_id, film__in=film_ids, is_taken_up=False))
    asked = 0
    for start in range(0, len(rows), PER_QUESTION):
        portion = rows[start : start + PER_QUESTION]
        wishes = list(_wishes(site_id, portion))
        with db.write():
            asked += take_up(wishes, now=now)
            ImportedSubscription.objects.filter(pk__in=[row.pk for row in portion]).update(is_taken_up=True)
    return asked


def _wishes(site_id: int, rows: Sequence[ImportedSubscription]) -> Iterator[Kept]:
    numbers = {row.answers_to for row in rows if row.answers_to}
    known = dict(
        ImportedComment.objects.filter(site=site_id, number__in=numbers).values_list("number", "comment")
    )
    heads = dict(Comment.objects.filter(pk__in=known.values()).values_list("pk", "root"))
    for row in rows:
        if row.answers_to in known:
            comment_id = known[row.answers_to]
            yield Kept(row.email, Subject(Topic.THREAD, heads[comment_id] or comment_id))
        elif not row.answers_to and not row.to_own:
            yield Kept(row.email, Subject(Topic.FILM, row.film_id))
