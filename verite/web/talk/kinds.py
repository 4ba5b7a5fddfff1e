"""Kinds of remark, and what their authors are, in words."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

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


def host_of(address: str) -> str:
    """Where a source is, as a link to it says: "archive.org"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
