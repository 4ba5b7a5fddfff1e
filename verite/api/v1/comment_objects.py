"""Comments as the API tells them."""

from __future__ import annotations

from verite.api.v1.objects import Author, Comment, CommentList, MomentAnchor, PassageAnchor
from verite.api.v1.sent import MomentSent, PassageSent
from verite.core.text.cleaning import legible
from verite.discussion import queries
from verite.discussion.notes import Moment, On, Passage
from verite.discussion.queries import CommentLine, Thread
from verite.discussion.queries.comments import AnchorLine


def comment_object(line: CommentLine, film_slug: str) -> Comment:
    return Comment(
        id=line.id,
        film=film_slug,
        parent=line.parent_id,
        root=line.root_id,
        depth=line.depth,
        author=_author(line.author, line.label) if line.author else None,
        html=line.html,
        created_at=line.created_at,
        edited_at=line.edited_at,
        helpful=line.helpful,
        not_helpful=line.not_helpful,
        own_vote=line.own_vote,
        state=line.state,
        kind=line.kind,
        source=line.source,
        taken_up_at=line.taken_up_at,
        sticky=line.is_sticky,
        closed=line.is_closed,
        anchor=_anchor(line.anchor) if line.anchor and line.author else None,
        reply_count=line.reply_count,
        hidden_count=line.hidden_count,
        replies_cursor=line.replies_after,
    )


def comment_list(thread: Thread, film_slug: str, *, total: int) -> CommentList:
    return CommentList([comment_object(line, film_slug) for line in thread.items], thread.next, total)


def on_of(anchor: PassageSent | MomentSent | None) -> On | None:
    """What a note is to be on."""
    match anchor:
        case PassageSent():
            return Passage(legible(anchor.exact), legible(anchor.prefix), legible(anchor.suffix))
        case MomentSent():
            return Moment(anchor.part, anchor.start, anchor.end)
    return None


def _anchor(anchor: AnchorLine) -> PassageAnchor | MomentAnchor:
    if anchor.target == "review":
        return PassageAnchor(anchor.id, "review", anchor.exact, anchor.prefix, anchor.suffix, anchor.state)
    state = anchor.state if anchor.part is not None else "orphan"
    return MomentAnchor(anchor.id, "part", anchor.part, anchor.start_seconds or 0, anchor.end_seconds, state)


def _author(author: queries.Author, label: str) -> Author:
    return Author(author.name, author.kind, author.mark, label)
