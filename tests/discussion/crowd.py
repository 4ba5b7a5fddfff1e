"""Threads of any size, written in bulk and beyond suspicion: ``recount`` finds nothing to mend in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.management.color import no_style
from django.db import connection

from verite.core import db
from verite.core.text import SANITISER_VERSION
from verite.discussion import ranking
from verite.discussion.models import Comment, FilmTalk

BATCH = 5_000
TEXT = "The fourth part, where the maps and the fires of London take turns, is the one to begin with. " * 3


def fill_thread(film_id: int, count: int, *, participant_id: int, since: datetime, seed: int = 1) -> None:
    """Write ``count`` published comments, a quarter of them roots, the rest below earlier ones, some very busy.

    Imported votes give them places in every order, with many ties.
    """
    first_id = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    comments = list(_comments(film_id, count, participant_id, since, first_id, random.Random(seed)))
    for comment in reversed(comments):
        if comment.parent_id is not None:
            parent = comments[comment.parent_id - first_id]
            parent.reply_count += 1
            parent.descendant_count += 1 + comment.descendant_count
    with db.write():
        Comment.objects.bulk_create(comments, batch_size=BATCH)
        FilmTalk.objects.create(
            film_id=film_id,
            comment_count=count,
            root_count=sum(comment.parent_id is None for comment in comments),
            participant_count=1,
        )
        # PostgreSQL does not notice ids that it did not give out.
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
                cursor.execute(statement)


def _comments(
    film_id: int, count: int, participant_id: int, since: datetime, first_id: int, chance: random.Random
) -> Iterator[Comment]:
    made: list[Comment] = []
    for number in range(count):
        # Half of all replies go to the first few comments, so that some have very many.
        above = None
        if made and chance.random() > 0.25:
            above = made[chance.randrange(min(len(made), 5) if chance.random() < 0.5 else len(made))]
        helpful, against = int(chance.paretovariate(1)) - 1, int(chance.paretovariate(2)) - 1
        comment = Comment(
            pk=first_id + number,
            film_id=film_id,
            participant_id=participant_id,
            parent_id=above.pk if above else None,
            root_id=(above.root_id or above.pk) if above else None,
            depth=above.depth + 1 if above else 0,
            path=f"{above.path}{above.pk}/" if above else "/",
            is_shown=True,
            created_at=since + timedelta(minutes=number // 3),
            imported_helpful=helpful,
            imported_not_helpful=against,
            score=ranking.most_voted(helpful, against),
            best=ranking.best(helpful, against),
            controversial=ranking.controversial(helpful, against),
            sanitiser_version=SANITISER_VERSION,
            html=f"<p>{number} {TEXT}</p>",
            markdown=f"{number} {TEXT}",
        )
        made.append(comment)
        yield comment


def crowd_thread(film_id: int, count: int, *, participant_id: int, since: datetime) -> None:
    """Write ``count`` published comments in one statement: every fourth a root, the next three its replies.

    All of one moment and without votes, so that only their ids settle their order.
    """
    first_id = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    given = {
        "film": film_id,
        "participant": participant_id,
        "count": count,
        "first": first_id,
        "since": db.moment(since),
        "sanitiser": SANITISER_VERSION,
    }
    roots = -(-count // 4)
    with db.write(), connection.cursor() as cursor:
        cursor.execute(_CROWD, given)
        FilmTalk.objects.create(film_id=film_id, comment_count=count, root_count=roots, participant_count=1)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)


_CROWD = """
WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %(count)s),
places AS (
    SELECT n, %(first)s + n AS id, CASE WHEN n %% 4 > 0 THEN %(first)s + n - n %% 4 END AS root_id,
        CASE WHEN n %% 4 > 0 THEN 0 WHEN n + 4 <= %(count)s THEN 3 ELSE %(count)s - n - 1 END AS below
    FROM numbers
)
INSERT INTO discussion_comment (
    id, film_id, participant_id, parent_id, root_id, depth, path, reply_count, descendant_count,
    created_at, kind, state, is_shown, version, helpful, not_helpful, imported_helpful, imported_not_helpful,
    score, best, controversial, sanitiser_version, name, html, markdown
)
SELECT id, %(film)s, %(participant)s, root_id, root_id, CASE WHEN root_id IS NULL THEN 0 ELSE 1 END,
    CASE WHEN root_id IS NULL THEN '/' ELSE '/' || root_id || '/' END, below, below,
    %(since)s, 'comment', 'published', TRUE, 1, 0, 0, 0, 0, 0, 0, 0, %(sanitiser)s, '', '<p>Yes.</p>', 'Yes.'
FROM places
"""
