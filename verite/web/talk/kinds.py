"""Kinds of remark, what their authors are, and what can be done about them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from verite.accounts.actors import Actor
from verite.accounts.permissions import Act, may
from verite.discussion.queries import CommentLine
from verite.discussion.remarks import Kind
from verite.web.wording import date


def to_choose_from() -> Iterable[tuple[str, str]]:
    """What somebody can say that their comment is."""
    return (
        (Kind.COMMENT.value, _("Comment")),
        (Kind.QUESTION.value, _("Question")),
        (Kind.ASKS_SOURCE.value, _("Asks for a source")),
        (Kind.GIVES_SOURCE.value, _("Gives a source")),
        (Kind.CORRECTION.value, _("Correction")),
    )


def kind_of(line: CommentLine) -> str:
    """What stands in a comment's head: "asks for a source"; empty for one that is just a comment."""
    if line.kind == Kind.CORRECTION and line.taken_up_at:
        return _("correction, taken up on %(day)s") % {"day": date(line.taken_up_at)}
    return {
        Kind.QUESTION.value: _("question"),
        Kind.ASKS_SOURCE.value: _("asks for a source"),
        Kind.GIVES_SOURCE.value: _("gives a source"),
        Kind.CORRECTION.value: _("correction"),
    }.get(line.kind, "")


def label_of(line: CommentLine) -> str:
    """What stands beside the name of somebody who is more than a reader here."""
    return {
        "curator": _("Curator"),
        "moderator": _("Moderator"),
        "maker": _("Maker of this film"),
    }.get(line.label, "")


def to_do(line: CommentLine, actor: Actor) -> Iterator[tuple[str, str]]:
    """What this actor can do to a comment of others (see ``tending``), and what the button says."""
    if line.state != "published":
        return
    if line.parent_id is None and may(actor, Act.KEEP_ON_TOP):
        yield ("unstick", _("Let go from the top")) if line.is_sticky else ("stick", _("Keep on top"))
    if line.parent_id is None and may(actor, Act.CLOSE):
        yield ("reopen", _("Open the branch")) if line.is_closed else ("close", _("Close the branch"))
    if line.kind == Kind.CORRECTION and may(actor, Act.TAKE_UP):
        yield ("put-back", _("Not taken up")) if line.taken_up_at else ("take-up", _("Mark as taken up"))


def host_of(address: str) -> str:
    """Where a source is, as a link to it says: "archive.org"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
