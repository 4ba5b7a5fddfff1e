"""Which comments are the latest: on a film, below a comment, on the whole site."""

from __future__ import annotations

from typing import Any

from django.db import connection

from verite.core import freshness
from verite.discussion import keys

# However busy a film is, no more of its latest comments are looked at.
LOOKED_AT = 2_000

_OF_FILM = """
SELECT id FROM discussion_comment
WHERE film_id = %(film)s AND is_shown AND state = 'published' ORDER BY created_at DESC, id DESC LIMIT %(most)s
"""
_BELOW = f"""
SELECT id FROM (
    SELECT id, path, created_at, state FROM discussion_comment
    WHERE film_id = %(film)s AND is_shown ORDER BY created_at DESC, id DESC LIMIT {LOOKED_AT}
) AS latest
WHERE state = 'published' AND (id = %(comment)s OR path LIKE %(above)s)
ORDER BY created_at DESC, id DESC LIMIT %(most)s
"""  # noqa: S608 (a number of ours)
# Ids grow with time but where an import kept its own, so the highest are nearly the latest.
_OF_SITE = f"""
SELECT comment.id FROM (
    SELECT id FROM discussion_comment ORDER BY id DESC LIMIT {LOOKED_AT}
) AS latest
JOIN discussion_comment AS comment ON comment.id = latest.id
JOIN catalogue_film AS film ON film.id = comment.film_id
WHERE comment.state = 'published' AND film.state = 'published'
ORDER BY comment.created_at DESC, comment.id DESC LIMIT %(most)s
"""  # noqa: S608


def latest_of_film(film_id: int, *, limit: int) -> list[int]:
    """Ids of the latest published comments on a film, replies among them."""
    freshness.depends_on(keys.talk(film_id))
    return _ids(_OF_FILM, film=film_id, most=limit)


def latest_below(film_id: int, comment_id: int, *, limit: int) -> list[int]:
    """Ids of a comment and of what is published below it at any depth, among the film's latest."""
    freshness.depends_on(keys.talk(film_id))
    return _ids(_BELOW, film=film_id, comment=comment_id, above=f"%/{comment_id}/%", most=limit)


def latest_of_site(*, limit: int) -> list[int]:
    """Ids of the latest published comments on public films. It names nothing as stale: such a page goes by time."""
    return _ids(_OF_SITE, most=limit)


def _ids(sql: str, **given: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [comment_id for (comment_id,) in cursor.fetchall()]
