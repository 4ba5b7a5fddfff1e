"""A comment as pages show it, and the one statement in which comments are read.

Written in SQL rather than with the ORM: a thread is read anew after every comment and every vote, and
compiling the queries would cost more than running them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from verite.accounts.keys import LABELS
from verite.accounts.models import Participant
from verite.accounts.names import guest_mark
from verite.core import db, freshness
from verite.core.text import Html, as_stored
from verite.discussion.models import Comment


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a comment.

    Attributes:
        participant_id: None for somebody of whom an import told only the name.
        name: as it was when the comment was written; may be empty.
        slug: the member's in ``/members/<slug>/``; empty for guests.
        mark: four letters that tell the guests of a thread apart, to be shown with the name, so that nobody
            passes for a member or another guest; empty for members.
    """

    participant_id: int | None
    name: str
    slug: str
    mark: str

    @property
    def kind(self) -> str:
        return Participant.Kind.MEMBER.value if self.slug else Participant.Kind.GUEST.value


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """What a note is on: words of the review, or a moment of a part.

    Attributes:
        target: ``review`` or ``part``.
        state: how surely the words were found again: ``exact``, ``moved``, ``uncertain``, or ``orphan``.
        exact: the words as they were noted; empty for a moment.
        paragraph: the key of the paragraph where they stand now; empty for an orphan and for a moment.
        part: the position of the part; None where there is none, or it is gone.
        start_seconds, end_seconds: the moment, or a stretch from one to another.
        prefix, suffix: what stood before and after the words.
        names_part: whether the film has other parts, too.
    """

    id: int
    target: str
    state: str
    exact: str
    paragraph: str
    part: int | None
    start_seconds: int | None
    end_seconds: int | None
    prefix: str = ""
    suffix: str = ""
    names_part: bool = False


class CommentLine(NamedTuple):
    """A comment in a list.

    Attributes:
        root_id: the comment at the head of its branch, perhaps itself.
        author: None, as ``html`` is empty, where only the comment's place is kept (see ``state``). Of one that
            waits for a moderator, its author alone reads both.
        helpful, not_helpful: votes given here and taken over from elsewhere.
        reply_count, descendant_count: what is published right below and anywhere below.
        hidden_count: how many of the latter the list leaves out here, behind "show more replies".
        kind: what it is besides words; ``source`` is the address that one of kind ``source`` points at.
        taken_up_at: when a curator did what a correction says.
        is_closed: whether nothing can be answered in its branch.
        label: what its author is: ``curator``, ``moderator``, or ``maker`` of the film; empty for most.
        anchor: what it is a note on.
        version: grows whenever the comment itself looks different.
        own_vote: how whoever it was read for voted on it: 1, -1, or 0 for not at all.
        replies_after: the cursor after which ``replies`` has those; None where it has them from its beginning.
    """

    id: int
    film_id: int
    parent_id: int | None
    root_id: int
    depth: int
    kind: str
    state: str
    helpful: int
    not_helpful: int
    score: int
    best: int
    controversial: int
    reply_count: int
    descendant_count: int
    hidden_count: int
    version: int
    source: str
    label: str
    is_sticky: bool
    is_closed: bool
    created_at: datetime
    edited_at: datetime | None
    taken_up_at: datetime | None
    author: Author | None
    html: Html
    own_vote: int = 0
    anchor: AnchorLine | None = None
    replies_after: str | None = None

    @property
    def is_for_its_author(self) -> bool:
        """Whether nobody else sees that it is there."""
        return self.state == Comment.State.HELD and not self.descendant_count

    @property
    def is_counted(self) -> bool:
        """Whether it is one of those that fill a page in their order, and that cursors are made of."""
        return not (self.is_sticky or self.is_for_its_author)


# Words that nobody but their author may read do not leave the database for anybody else.
_IS_READ = "comment.state = 'published' OR (comment.state = 'held' AND comment.participant_id = %(viewer)s)"

# Whoever made the film says more by that than by an office.
_LABEL = f"""
CASE WHEN author.slug IS NULL OR NOT ({_IS_READ}) THEN ''
     WHEN EXISTS (
         SELECT 1 FROM catalogue_person AS maker
         JOIN catalogue_credit AS credit ON credit.person_id = maker.id AND credit.film_id = comment.film_id
         WHERE maker.participant_id = comment.participant_id
     ) THEN 'maker'
     WHEN account.role IN ('curator', 'moderator') THEN account.role
     ELSE '' END
"""  # noqa: S608 (only the words above)

# A branch is closed at its head, which may be far from here.
_IS_CLOSED = """
CASE WHEN comment.root_id IS NULL THEN comment.is_closed
     ELSE (SELECT head.is_closed FROM discussion_comment AS head WHERE head.id = comment.root_id) END
"""

_OF_ANCHOR = len(fields(AnchorLine))

# A thread has a hundred of these, so they come as the fields of CommentLine do; the last few need a hand.
_LINES = f"""
SELECT comment.id, comment.film_id, comment.parent_id, COALESCE(comment.root_id, comment.id), comment.depth,
       comment.kind, comment.state,
       comment.helpful + comment.imported_helpful, comment.not_helpful + comment.imported_not_helpful,
       comment.score, comment.best, comment.controversial,
       comment.reply_count, comment.descendant_count, comment.descendant_count, comment.version,
       CASE WHEN {_IS_READ} THEN comment.source ELSE '' END, {_LABEL}, comment.is_sticky, {_IS_CLOSED},
       comment.created_at, comment.edited_at, comment.taken_up_at,
       CASE WHEN {_IS_READ} THEN comment.html END, comment.participant_id, comment.name, author.slug,
       COALESCE(vote.value, 0),
       comment.anchor_id, anchor.target, anchor.state, anchor.exact, anchor.paragraph, part.position,
       anchor.start_seconds, anchor.end_seconds, anchor.prefix, anchor.suffix,
       part.id IS NOT NULL AND EXISTS (
           SELECT 1 FROM catalogue_part AS other WHERE other.film_id = part.film_id AND other.id <> part.id
       )
FROM ({{ids}}) AS listed
JOIN discussion_comment AS comment ON comment.id = listed.id
LEFT JOIN accounts_participant AS author ON author.id = comment.participant_id
LEFT JOIN accounts_member AS account ON account.participant_id = author.id
LEFT JOIN discussion_anchor AS anchor ON anchor.id = comment.anchor_id
LEFT JOIN catalogue_part AS part ON part.id = anchor.part_id
LEFT JOIN discussion_comment_vote AS vote
    ON vote.comment_id = comment.id AND vote.participant_id = %(viewer)s
"""  # noqa: S608 (only the words above)


def read(ids: str, given: Mapping[str, Any], *, viewer_id: int | None) -> list[CommentLine]:
    """Some comments in one statement, in no order, each with all that is published below it hidden.

    Args:
        ids: SQL that lists their ids in a column ``id``.
        given: what it asks for by name, but ``viewer``.
        viewer_id: who reads: their votes come along, and the words of theirs that wait for a moderator.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(ids=ids), {**given, "viewer": viewer_id})
        rows = cursor.fetchall()
    freshness.depends_on(LABELS)
    return [_line(*row) for row in rows]


def _line(*row: Any) -> CommentLine:
    *row_alone, html, participant_id, name, slug, own_vote = row[:-_OF_ANCHOR]
    *facts, is_sticky, is_closed, created_at, edited_at, taken_up_at = row_alone
    author = None if html is None else _author(facts[1], participant_id, name, slug)
    marks = bool(is_sticky), bool(is_closed)
    moments = db.aware(created_at), edited_at and db.aware(edited_at), taken_up_at and db.aware(taken_up_at)
    anchor = None if row[-_OF_ANCHOR] is None else AnchorLine(*row[-_OF_ANCHOR:])
    return CommentLine._make(
        [*facts, *marks, *moments, author, as_stored(html or ""), own_vote, anchor, None]
    )


def _author(film_id: int, participant_id: int | None, name: str, slug: str | None) -> Author:
    is_guest = participant_id is not None and not slug
    mark = guest_mark(participant_id, thread_id=film_id) if is_guest and participant_id else ""
    return Author(participant_id, name, slug or "", mark)
