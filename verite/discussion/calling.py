"""Whom the ``@`` of a comment means: people of the thread, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from verite.accounts.names import slug_of
from verite.core import db
from verite.core.text import TextTooLong, fold, mention_candidates
from verite.discussion.counting import ancestor_ids
from verite.discussion.words import Words, judged

NEAREST = 20

# Members are found by what their names look like; then whether they said something here, or wrote the review.
_MEMBERS = """
SELECT member.id, member.name, member.slug FROM accounts_participant AS member
WHERE member.slug IN ({}) AND (
    EXISTS (
        SELECT 1 FROM discussion_comment AS said
        WHERE said.participant_id = member.id AND said.film_id = %s AND said.state = 'published'
    )
    OR EXISTS (SELECT 1 FROM catalogue_review AS review WHERE review.author_id = member.id AND review.film_id = %s)
)
"""
# Guests have names that others have as well, so they are looked for where they can be meant: above the comment,
# and among the latest.
_GUESTS = """
SELECT DISTINCT guest.id, said.name
FROM (
    SELECT id FROM (
        SELECT id FROM discussion_comment WHERE film_id = %s AND is_shown
        ORDER BY created_at DESC, id DESC LIMIT 200
    ) AS latest
    UNION SELECT id FROM discussion_comment WHERE id IN ({})
) AS near
JOIN discussion_comment AS said ON said.id = near.id AND said.state = 'published' AND said.name <> ''
JOIN accounts_participant AS guest ON guest.id = said.participant_id AND guest.slug IS NULL
"""
_PATH = "SELECT path FROM discussion_comment WHERE id = %s AND film_id = %s"


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a text calls.

    Attributes:
        people: their names, with the paths of their pages, "" for guests, who have none.
        ids: the participants.
    """

    people: Mapping[str, str]
    ids: tuple[int, ...]


class _Person(NamedTuple):
    id: int
    name: str
    path: str = ""


def judged_in_thread(
    markdown: str, film_id: int, *, answers: int | None, film_path: str
) -> tuple[Words, tuple[int, ...]]:
    """What somebody wrote about a film, fit to be stored, and the participants whom it calls.

    Args:
        answers: the comment that is answered.
        film_path: the path of the film's page, to which moments in the words lead.

    Raises:
        TextRefused: as ``words.judged`` says.
    """
    called = called_in(markdown, film_id, answers=answers)
    return judged(markdown, film_path=film_path, mentions=called.people), called.ids


def called_in(markdown: str, film_id: int, *, answers: int | None = None) -> Called:
    """The people of a film's thread whom a comment calls, in at most three queries, and none without an ``@``.

    A member is meant before a guest of the same name, and a name that several guests bear calls none of them.

    Args:
        answers: the comment that is answered.
    """
    try:
        names = mention_candidates(markdown)
    except TextTooLong:
        names = ()  # such a text is refused
    if not names:
        return Called({}, ())
    bearers: defaultdict[str, set[_Person]] = defaultdict(set)
    for each in chain(_guests(film_id, answers), _members(names, film_id)):
        bearers[fold(each.name)].add(each)
    meant = [person for name in names if (person := _meant(bearers[name])) is not None]
    return Called({person.name: person.path for person in meant}, tuple(person.id for person in meant))


def _meant(bearers: Collection[_Person]) -> _Person | None:
    members = [person for person in bearers if person.path]
    sure = members or {person.id: person for person in bearers}.values()
    return next(iter(sure)) if len(sure) == 1 else None


def _members(names: Iterable[str], film_id: int) -> list[_Person]:
    slugs = list({slug_of(name) for name in names})
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS.format(db.marks(slugs)), [*slugs, film_id, film_id])
        rows = cursor.fetchall()
    return [_Person(each, name, reverse("member", kwargs={"slug": slug})) for each, name, slug in rows]


def _guests(film_id: int, answers: int | None) -> list[_Person]:
    above = _nearest_above(answers, film_id)
    with connection.cursor() as cursor:
        cursor.execute(_GUESTS.format(", ".join(map(str, above)) or "NULL"), [film_id])
        return [_Person(*row) for row in cursor.fetchall()]


def _nearest_above(answers: int | None, film_id: int) -> list[int]:
    """The comment that is answered, and the nearest that it answers itself."""
    row = None if answers is None else db.row(_PATH, [answers, film_id])
    return [*ancestor_ids(row[0])[-NEAREST:], answers] if row and answers else []
