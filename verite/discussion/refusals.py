"""Why something cannot be done in a discussion. Every message says how to mend it, to whoever tried."""

from __future__ import annotations

from typing import ClassVar


class TalkRefused(Exception):
    """The thing cannot be done.

    Attributes:
        field: the field of the form that is to be mended: ``comment``, ``name``, ``kind``, ``source``, ``anchor``,
            ``parent`` or ``vote``.
        status: the HTTP status with which pages and API say it.
    """

    field: ClassVar[str] = "comment"
    status: ClassVar[int] = 422


class TextRefused(TalkRefused):
    """The words of a comment cannot be posted as they are."""


class SignatureRefused(TalkRefused):
    """A guest cannot sign so."""

    field = "name"


class KindRefused(TalkRefused):
    """There is no such kind of remark."""

    field = "kind"


class SourceRefused(TalkRefused):
    """The address of a source is none."""

    field = "source"


class AnchorRefused(TalkRefused):
    """What a note is to be on is not there."""

    field = "anchor"


class ParentRefused(TalkRefused):
    """What was to be answered cannot be."""

    field = "parent"


class VoteRefused(TalkRefused):
    """This vote cannot be cast."""

    field = "vote"


class OwnComment(VoteRefused):
    """Whether a comment is helpful, others say than its author."""

    status = 403


class ThreadClosed(TalkRefused):
    """Nothing more can be said about this film, or in this branch."""

    status = 409


class NoSuchFilm(TalkRefused):
    """There is no such film in public."""

    status = 404


class NoSuchComment(TalkRefused):
    """There is no such comment, or not any more."""

    status = 404


class NotAHead(TalkRefused):
    """This can be done only to a comment with which a branch begins, and only to so many."""

    status = 409


class NotYours(TalkRefused):
    """Only its author may do this to a comment."""

    status = 403


class TooLate(TalkRefused):
    """The time in which this could be done is over."""

    status = 409
